import { acknowledgeIssues, readIssues, type OpenIssue } from '../sync/read-issues.ts';
import { EXIT } from './exit-code.ts';
import { tellResult, type OrgCommandOptions } from './tell-result.ts';

export interface IssuesCommandOptions extends OrgCommandOptions {
  readonly ack?: readonly string[];
}

/** `pilot issues`: what is open in the org, with what to do; `--ack` marks issues as known. */
export async function issuesCommand(options: IssuesCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions) => {
    if (options.ack === undefined) {
      const issues = await readIssues(orgOptions);
      return { result: issues, text: issuesText(issues), exitCode: EXIT.good };
    }
    const done = await acknowledgeIssues(orgOptions, options.ack);
    const refused = done.failures.map((failure) => `not acknowledged: ${failure}\n`).join('');
    const known = done.acknowledged.filter(({ acknowledgedOn }) => acknowledgedOn !== null);
    const text = known.map((issue) => `${issue.name} ${issue.code ?? ''}: acknowledged\n`).join('') + refused;
    return { result: done, text, exitCode: done.failures.length > 0 ? EXIT.someFailed : EXIT.good };
  });
}

function issuesText(issues: readonly OpenIssue[]): string {
  if (issues.length === 0) return 'No open issues.\n';
  const blocks = issues.map((issue) => {
    const since = issue.firstSeen === null ? '' : `, since ${issue.firstSeen.slice(0, 10)}`;
    const tried = issue.attempts === null ? '' : `, tried ${issue.attempts} times`;
    const known = issue.acknowledgedOn === null ? '' : `, acknowledged on ${issue.acknowledgedOn}`;
    return [
      `${issue.name}  ${issue.code ?? ''} (${issue.kind ?? 'no kind'}${since}${tried}${known})`,
      `  ${issue.message ?? ''}`,
      ...(issue.fix === null ? [] : [`  → ${issue.fix}`]),
      `  ${issue.link}`,
    ].join('\n');
  });
  const news = issues.filter(({ acknowledgedOn }) => acknowledgedOn === null).length;
  return `${blocks.join('\n')}\n${issues.length} open, ${issues.length - news} of them acknowledged\n`;
}
