import { learnFromOrg } from '../insight/learn.ts';
import { EXIT } from './exit-code.ts';
import { learnText } from './learn-text.ts';
import { tellResult, type OrgCommandOptions } from './tell-result.ts';

/** `pilot learn`: which pilots converted, by what they have in common; writes nothing. */
export async function learnCommand(options: OrgCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions) => {
    const learning = await learnFromOrg(orgOptions);
    return { result: learning, text: learnText(learning), exitCode: EXIT.good };
  });
}
