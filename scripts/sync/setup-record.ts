import type { SalesforceClient } from '../salesforce/client.ts';
import { ISSUE_KEY, ISSUE_TIMES, issueCells, type Issue } from '../salesforce/columns.ts';
import { writeRows, type RowOutcome } from '../salesforce/write-rows.ts';
import { issueKey } from './plan-writes.ts';

/** What the setup page is told: its code says which of its parts shows it. */
export interface SetupRecord {
  readonly code: 'SETUP_CHECKED' | 'WHAT_IF';
  readonly message: string;
  readonly fix: string;
}

/** Key of the org's one record with this code. */
export function setupRecordKey(code: SetupRecord['code']): string {
  return issueKey(issueOf({ code, message: '', fix: '' }));
}

/**
 * Writes the org's one record of kind Setup with this code, in place of the one before. It is resolved from the start:
 * an answer, and nothing to put right.
 * @returns the outcome; undefined when none came
 */
export async function storeSetupRecord(
  client: SalesforceClient,
  record: SetupRecord,
  now: Date,
): Promise<RowOutcome | undefined> {
  const seen = now.toISOString();
  const { firstSeen, lastSeen, resolvedOn } = ISSUE_TIMES;
  const times = { [firstSeen]: seen, [lastSeen]: seen, [resolvedOn]: seen.slice(0, 10) };
  const row = { key: setupRecordKey(record.code), cells: { ...issueCells(issueOf(record)), ...times } };
  const outcomes: RowOutcome[] = [];
  const batch = { object: 'PilotSyncIssue__c', externalId: ISSUE_KEY, rows: [row] };
  await writeRows(client, batch, Infinity, (_key, outcome) => outcomes.push(outcome));
  return outcomes[0];
}

function issueOf(record: SetupRecord): Issue {
  const nothing = { pilotId: null, recordId: null, source: null, line: null };
  // In words that an issue of `pilot check` cannot begin with.
  const about = record.code === 'WHAT_IF' ? 'what-if' : 'checked';
  return { kind: 'Setup', ...nothing, about, ...record };
}
