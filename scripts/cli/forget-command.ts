import { ConfigError } from '../salesforce/pilot-error.ts';
import { forget, type Forgettable, type Forgotten } from '../sync/forget.ts';
import { EXIT } from './exit-code.ts';
import { tellResult, type OrgCommandOptions } from './tell-result.ts';

export interface ForgetCommandOptions extends OrgCommandOptions {
  readonly user?: string;
  readonly key?: string;
  readonly dryRun?: boolean;
}

/** `pilot forget`: removes a person or a workspace from what the sync keeps, and prints what was removed. */
export async function forgetCommand(options: ForgetCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions, secret) => {
    const who = whoOf(options);
    const done = await forget({
      ...orgOptions,
      who,
      // A workspace is not hashed; a person without the secret could not be found.
      secret: 'user' in who ? secret() : '',
      isDryRun: options.dryRun ?? false,
    });
    const isWhole = !done.left.some((line) => line.startsWith('NOT REMOVED'));
    return { result: done, text: forgottenText(done), exitCode: isWhole ? EXIT.good : EXIT.someFailed };
  });
}

function whoOf({ user, key }: ForgetCommandOptions): Forgettable {
  if (user?.trim() && key === undefined) return { user };
  if (key?.trim() && user === undefined) return { key };
  throw new ConfigError('BAD_OPTION', 'Say whom to forget: either --user or --key, not blank.', {
    actions: [
      'A person, by the id that the source uses: npx pilot forget --user u-4711',
      'A workspace, by its usage key: npx pilot forget --key acme-eu',
    ],
  });
}

function forgottenText(forgotten: Forgotten): string {
  const { isDryRun, hash, rejectedLines, cachedFiles, networks, issues, left } = forgotten;
  const would = isDryRun ? 'would be removed' : 'removed';
  const names = (rows: readonly { readonly name: string }[]): string =>
    rows.length === 0 ? '' : `: ${rows.map(({ name }) => name).join(', ')}`;
  const lines = Object.values(rejectedLines).reduce((sum, count) => sum + count, 0);
  return [
    ...(hash === null ? [] : [`Known outside the source as ${hash}.`]),
    `Files of rejected rows: ${lines} lines ${would}${names(Object.keys(rejectedLines).map((name) => ({ name })))}`,
    `Rows kept between runs: ${cachedFiles} files ${would}, of everybody; the next run reads its sources anew`,
    `Networks of pilots: ${networks.length} ${would}${names(networks)}`,
    `Issues: ${issues.length} ${would}${names(issues)}`,
    'Not touched:',
    ...left.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
