import { explainPilot } from '../insight/explain.ts';
import { EXIT } from './exit-code.ts';
import { explainText } from './explain-text.ts';
import { tellResult, type OrgCommandOptions } from './tell-result.ts';

/** `pilot explain PILOT`: why a pilot has its verdict; writes nothing. */
export async function explainCommand(pilot: string, options: OrgCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions, secret) => {
    const explanation = await explainPilot({ ...orgOptions, pilot, secret: secret() });
    return { result: explanation, text: explainText(explanation), exitCode: EXIT.good };
  });
}
