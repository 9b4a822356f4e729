import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { SalesforceClient } from '../salesforce/client.ts';
import { deleteRows } from '../salesforce/delete-rows.ts';
import { soql } from '../salesforce/soql.ts';
import { ROWS_PER_CALL, writeRows } from '../salesforce/write-rows.ts';
import { emptyUsageCache } from '../sources/cache/usage-cache.ts';
import { userHash } from '../sources/user-hash.ts';
import { forgetInFiles } from './forget-in-files.ts';
import { mentions } from './mentions.ts';
import { openOrg, type OrgOptions } from './open-org.ts';
import { cacheFolderOf } from './open-sources.ts';
import { takeMachineLock } from './take-machine-lock.ts';

/** Whom to forget: a person by the id that the source uses, or a workspace by its usage key. */
export type Forgettable = { readonly user: string } | { readonly key: string };

export interface ForgetOptions extends OrgOptions {
  readonly who: Forgettable;
  readonly secret: string;
  readonly isDryRun: boolean;
  /** Folder of the per-machine lock; the system's temporary folder unless a test says otherwise. */
  readonly lockFolder?: string;
}

export interface Forgotten {
  readonly isDryRun: boolean;
  /** What the person is called outside the source; null for a workspace. */
  readonly hash: string | null;
  /** Lines removed from files of rejected rows, by file. */
  readonly rejectedLines: Readonly<Record<string, number>>;
  /** Encrypted files of rows kept between runs, all of which were removed: the next run reads the sources anew. */
  readonly cachedFiles: number;
  /** Pilots whose Network__c named them and was emptied; the next sync writes it anew. */
  readonly networks: readonly { readonly id: string; readonly name: string }[];
  /** Issues that named them and were deleted. */
  readonly issues: readonly { readonly id: string; readonly name: string }[];
  /** What was found and not removed, and what to do about it. */
  readonly left: readonly string[];
}

const pilotRow = z.object({
  Id: z.string(),
  Name: z.string(),
  Network__c: z.string().nullable(),
  Signals__c: z.string().nullable(),
});
const issueRow = z.object({
  Id: z.string(),
  Name: z.string(),
  Issue_Key__c: z.string(),
  Message__c: z.string().nullable(),
  Fix__c: z.string().nullable(),
});
const keyRow = z.object({ Key__c: z.string().nullable(), Pilot__r: z.object({ Name: z.string() }) });

/**
 * Removes a person or a workspace from the files of rejected rows, from the rows kept between runs, from Network__c and
 * from the issues, and says what was there. Long texts cannot be searched by a query, so all pilots and issues are read.
 * @throws TransientError RUN_IN_PROGRESS while a sync on this machine works on the org
 */
export async function forget(options: ForgetOptions): Promise<Forgotten> {
  const { client, orgId } = await openOrg(options);
  if (options.isDryRun) return await forgetIn(client, options);
  const giveBack = await takeMachineLock(options.lockFolder ?? tmpdir(), orgId, client.instanceUrl);
  try {
    return await forgetIn(client, options);
  } finally {
    await giveBack().catch(() => undefined);
  }
}

async function forgetIn(client: SalesforceClient, options: ForgetOptions): Promise<Forgotten> {
  const { who, secret, config, isDryRun, progress } = options;
  // Sources trim what they read before it is hashed.
  const id = ('user' in who ? who.user : who.key).trim();
  const hash = 'user' in who ? userHash(secret)(id) : null;
  const ids = hash === null ? [id] : [id, hash];
  const pilots = await client.query(
    soql`SELECT Id, Name, Network__c, Signals__c FROM Pilot__c ORDER BY Id`,
    pilotRow,
    (rows, total) => progress.update(rows, total, 'pilots'),
  );
  const issueRows = await client.query(
    soql`SELECT Id, Name, Issue_Key__c, Message__c, Fix__c FROM PilotSyncIssue__c ORDER BY Id`,
    issueRow,
  );
  const networks = pilots.filter((row) => mentions(row.Network__c, ids));
  const issues = issueRows.filter((row) =>
    [row.Issue_Key__c, row.Message__c, row.Fix__c].some((text) => mentions(text, ids)),
  );
  const rejectedLines = await forgetInFiles(join(config.run.folder, 'rejected'), ids, isDryRun);
  const cache = cacheFolderOf(config);
  const cachedFiles = cache === null ? 0 : await emptyUsageCache(cache, isDryRun);
  const unwritten = isDryRun ? [] : await forgetInOrg(client, networks, issues, config.run.bulk_from_rows);
  return {
    isDryRun,
    hash,
    rejectedLines,
    cachedFiles,
    networks: networks.map(named),
    issues: issues.map(named),
    left: [
      ...unwritten,
      ...pilots
        .filter((row) => mentions(row.Signals__c, ids))
        .map((row) => `${row.Name} (${row.Id}): its signals name them until the next sync judges it.`),
      ...('key' in who ? await linkedTo(client, id) : []),
      'user' in who
        ? 'The source: it goes on delivering them. Delete them there, or add the id to sources[].exclude.users.'
        : 'The source: it goes on delivering the workspace. Delete it there.',
    ],
  };
}

function named({ Id, Name }: { readonly Id: string; readonly Name: string }) {
  return { id: Id, name: Name };
}

/** Answers what the org refused. */
async function forgetInOrg(
  client: SalesforceClient,
  networks: readonly { readonly Id: string }[],
  issues: readonly { readonly Id: string }[],
  bulkFromRows: number,
): Promise<string[]> {
  const refused: string[] = [];
  // Without its digest the next sync takes the network for one to write.
  const cells = { Network__c: null, Series_Digest__c: null };
  const rows = networks.map(({ Id }) => ({ key: Id, cells }));
  await writeRows(client, { object: 'Pilot__c', externalId: null, rows }, bulkFromRows, (key, outcome) => {
    if (outcome.kind === 'failed') refused.push(`NOT REMOVED: Network__c of ${key}: ${outcome.message}`);
    if (outcome.kind === 'skipped') refused.push(`NOT REMOVED: Network__c of ${key}: ${outcome.reason}`);
  });
  let gone = 0;
  for (let at = 0; at < issues.length; at += ROWS_PER_CALL) {
    const ids = issues.slice(at, at + ROWS_PER_CALL).map(({ Id }) => Id);
    gone += await deleteRows(client, soql`FROM PilotSyncIssue__c WHERE Id IN ${ids}`);
  }
  if (gone < issues.length) refused.push(`NOT REMOVED: ${issues.length - gone} of ${issues.length} issues.`);
  return refused;
}

async function linkedTo(client: SalesforceClient, key: string): Promise<string[]> {
  const rows = await client.query(
    soql`SELECT Key__c, Pilot__r.Name FROM PilotUsageKey__c WHERE Key__c = ${key} ORDER BY Id`,
    keyRow,
  );
  // The org compares without regard to case; a source does not.
  return rows
    .filter((row) => row.Key__c === key)
    .map((row) => `${row.Pilot__r.Name}: is linked to it; remove the usage key on the pilot.`);
}
