import { whatIf } from '../insight/what-if.ts';
import { whatIfText } from '../insight/what-if-text.ts';
import { EXIT } from './exit-code.ts';
import { tellResult, type OrgCommandOptions } from './tell-result.ts';

export interface WhatIfCommandOptions extends OrgCommandOptions {
  readonly policy: string;
  readonly store?: boolean;
}

/** `pilot whatif --policy FILE`: which flags another policy would add or remove; writes only, with `--store`, that answer. */
export async function whatIfCommand(options: WhatIfCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions, secret) => {
    const isStored = options.store ?? false;
    const answer = await whatIf({ ...orgOptions, policyFile: options.policy, isStored, secret: secret() });
    return { result: answer, text: whatIfText(answer), exitCode: EXIT.good };
  });
}
