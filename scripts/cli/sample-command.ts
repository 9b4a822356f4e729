import { enterSample } from '../sample/sample-org.ts';
import { hasSample, removeSample } from '../sample/remove-sample.ts';
import { SAMPLE_ROLES, type SampleRole } from '../sample/sample-users.ts';
import { makeSampleUsage } from '../sample/sample-usage.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import type { Login } from '../salesforce/connect.ts';
import { adminLogin, openAdminOrg, type AdminOrg } from './admin-org.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { sampleClient } from './sample-client.ts';

export interface SampleOptions {
  readonly targetOrg?: string;
}

/** Where the shipped configuration reads usage. */
const USAGE_FOLDER = '.pilot/sample/usage';

type Say = (line: string) => void;

/** `pilot sample add`: made-up customers with deals and pilots, and the usage that belongs to them. */
export async function addSampleCommand(options: SampleOptions): Promise<void> {
  await run(options, (org, login, say) => addSample(org, login, new Date(), USAGE_FOLDER, say));
}

/** `pilot sample remove`: all of it, and what was entered on it; nothing else. */
export async function removeSampleCommand(options: SampleOptions): Promise<void> {
  await run(options, (org, _login, say) => dropSample(org, say));
}

async function run(
  { targetOrg }: SampleOptions,
  work: (org: AdminOrg, login: Login, say: Say) => Promise<void>,
): Promise<void> {
  try {
    const login = await adminLogin(targetOrg, process.env);
    await work(await openAdminOrg(login), login, (line) => process.stdout.write(`${line}\n`));
    process.exitCode = EXIT.good;
  } catch (error) {
    process.exitCode = fail(error);
  }
}

/** Makes no user: whoever runs it is rep, manager and engineer of every deal. */
export async function addSample(
  org: AdminOrg,
  login: Login,
  now: Date,
  usageFolder: string,
  say: Say,
): Promise<void> {
  if (await hasSample(org))
    throw new ConfigError('SAMPLE_STOPPED', 'This org holds sample data already; nothing was added.', {
      actions: ['Take it out first: npx pilot sample remove --target-org …'],
    });
  const me = await org.userId();
  const users = Object.fromEntries(SAMPLE_ROLES.map((role) => [role, me])) as Record<SampleRole, string>;
  const deals = await enterSample(sampleClient(login), { today: now.toISOString().slice(0, 10), users });
  await makeSampleUsage({ seed: '1', now, folder: usageFolder });
  say(
    `${deals.length} sample deals with their pilots are in ${org.instanceUrl}; their usage is in ${usageFolder}.`,
  );
  say('Judge them: npx pilot sync --target-org … (the shipped config/sync.yaml reads that folder)');
}

/** Throws SAMPLE_STOPPED, with nothing removed, when something of the org's own hangs on a sample account. */
export async function dropSample(org: AdminOrg, say: Say): Promise<void> {
  const { foreign, counts } = await removeSample(org);
  if (foreign.length > 0)
    throw new ConfigError(
      'SAMPLE_STOPPED',
      `Not of the sample, but on a sample account: ${foreign.join(', ')}. Nothing was removed.`,
      { actions: ['Move them to another account, then run the command again.'] },
    );
  if (counts['Account'] === 0) return say('This org holds no sample data.');
  say(
    `Removed: ${Object.entries(counts)
      .map(([object, count]) => `${count} ${object}`)
      .join(', ')}.`,
  );
  say('Deals took their pilots along. Runs of the sync stay as its history.');
}
