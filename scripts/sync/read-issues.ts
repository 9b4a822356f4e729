import { z } from 'zod';
import type { SalesforceClient } from '../salesforce/client.ts';
import { ISSUE_ACKNOWLEDGED } from '../salesforce/columns.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { issueRow } from '../salesforce/pilot-rows.ts';
import { selectOf } from '../salesforce/select-of.ts';
import { soql } from '../salesforce/soql.ts';
import { writeRows } from '../salesforce/write-rows.ts';
import { openOrg, type OrgOptions } from './open-org.ts';

const text = z.string().nullable();
const openIssueRow = issueRow.extend({
  Id: z.string(),
  Name: z.string(),
  Link__c: text,
  First_Seen__c: text,
  Last_Seen__c: text,
});
type OpenIssueRow = z.infer<typeof openIssueRow>;

/** An issue that is not resolved. */
export interface OpenIssue {
  readonly id: string;
  /** Its number, e.g. SI-000012. */
  readonly name: string;
  readonly kind: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly fix: string | null;
  /** How many runs in a row tried the record and failed; null where nothing is tried. */
  readonly attempts: number | null;
  /** Where to solve it: the page that the issue names, else its record, its pilot or itself. */
  readonly link: string;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Day on which somebody said that it is known; null for news. */
  readonly acknowledgedOn: string | null;
}

/** Open issues, news first, in the order of their numbers. */
export async function readIssues(options: OrgOptions): Promise<OpenIssue[]> {
  const { client } = await openOrg(options);
  return await openIssues(client);
}

/**
 * Marks open issues as known, by record id or number: a record failing for one of them no longer changes the
 * exit code. The mark ends when the issue is resolved. Answers the open issues as they are then.
 * @throws ConfigError ISSUE_UNKNOWN before anything is written when one of them is not open
 */
export async function acknowledgeIssues(
  options: OrgOptions,
  names: readonly string[],
): Promise<{ readonly acknowledged: OpenIssue[]; readonly failures: readonly string[] }> {
  const { client } = await openOrg(options);
  const open = await openIssues(client);
  const chosen = names.map((name) => findIssue(open, name));
  const failures: string[] = [];
  const today = options.now.toISOString().slice(0, 10);
  const rows = chosen
    .filter((issue, index) => issue.acknowledgedOn === null && chosen.indexOf(issue) === index)
    .map(({ id }) => ({ key: id, cells: { [ISSUE_ACKNOWLEDGED]: today } }));
  const batch = { object: 'PilotSyncIssue__c', externalId: null, rows };
  await writeRows(client, batch, options.config.run.bulk_from_rows, (key, outcome) => {
    if (outcome.kind === 'failed') failures.push(`${key}: ${outcome.message} → ${outcome.fix}`);
    if (outcome.kind === 'skipped') failures.push(`${key}: ${outcome.reason}`);
  });
  const ids = new Set(chosen.map(({ id }) => id));
  return { acknowledged: (await openIssues(client)).filter(({ id }) => ids.has(id)), failures };
}

function findIssue(open: readonly OpenIssue[], name: string): OpenIssue {
  const found = open.find((issue) => issue.name === name || issue.id.slice(0, 15) === name.slice(0, 15));
  if (found) return found;
  throw new ConfigError('ISSUE_UNKNOWN', `No open issue has the number or id ${name}; nothing was changed.`, {
    actions: ['List the open ones: npx pilot issues', 'A resolved issue needs no acknowledgement.'],
  });
}

async function openIssues(client: SalesforceClient): Promise<OpenIssue[]> {
  const rows = await client.query(
    soql`SELECT ${selectOf(openIssueRow)} FROM PilotSyncIssue__c WHERE Resolved_On__c = null ORDER BY Name`,
    openIssueRow,
  );
  const issues = rows.map((row) => openIssue(row, client.instanceUrl));
  return issues.toSorted((a, b) => Number(a.acknowledgedOn !== null) - Number(b.acknowledgedOn !== null));
}

function openIssue(row: OpenIssueRow, instanceUrl: string): OpenIssue {
  const record = row.Record_Id__c ?? row.Pilot__c ?? row.Id;
  return {
    id: row.Id,
    name: row.Name,
    kind: row.Kind__c,
    code: row.Code__c,
    message: row.Message__c,
    fix: row.Fix__c,
    attempts: row.Attempts__c,
    link: row.Link__c ?? new URL(`/${record}`, instanceUrl).href,
    firstSeen: row.First_Seen__c,
    lastSeen: row.Last_Seen__c,
    acknowledgedOn: row.Acknowledged_On__c,
  };
}
