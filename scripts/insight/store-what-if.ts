// What another policy would change, kept for the setup page: one record, replaced by the next.
import type { SalesforceClient } from '../salesforce/client.ts';
import { ISSUE_KEY, ISSUE_TIMES, issueCells, type Issue } from '../salesforce/columns.ts';
import { FatalError } from '../salesforce/pilot-error.ts';
import { writeRows, type RowOutcome } from '../salesforce/write-rows.ts';
import { issueKey } from '../sync/plan-writes.ts';
import type { WhatIf } from './what-if.ts';
import { whatIfSummary } from './what-if-text.ts';

/** Length of PilotSyncIssue__c.Message__c. */
const MESSAGE_LENGTH = 5_000;

/**
 * Writes the result as the org's one record of kind Setup with code WHAT_IF, resolved from the start: it is an answer
 * and nothing to put right. Rejects with a FatalError when the org refuses it.
 */
export async function storeWhatIf(client: SalesforceClient, result: WhatIf, now: Date): Promise<void> {
  const issue: Issue = {
    kind: 'Setup',
    pilotId: null,
    recordId: null,
    source: null,
    line: null,
    about: 'what-if',
    code: 'WHAT_IF',
    message: whatIfSummary(result, MESSAGE_LENGTH),
    fix: 'Enter the values in the override records of Pilot Policy to make it so.',
  };
  const seen = now.toISOString();
  const { firstSeen, lastSeen, resolvedOn } = ISSUE_TIMES;
  const times = { [firstSeen]: seen, [lastSeen]: seen, [resolvedOn]: seen.slice(0, 10) };
  const row = { key: issueKey(issue), cells: { ...issueCells(issue), ...times } };
  const outcomes: RowOutcome[] = [];
  const batch = { object: 'PilotSyncIssue__c', externalId: ISSUE_KEY, rows: [row] };
  await writeRows(client, batch, Infinity, (_key, outcome) => outcomes.push(outcome));
  const [outcome] = outcomes;
  if (outcome?.kind === 'created' || outcome?.kind === 'updated') return;
  throw refusal(outcome);
}

function refusal(outcome: RowOutcome | undefined): FatalError {
  const failed = outcome?.kind === 'failed' ? outcome : null;
  const reason = failed?.message ?? (outcome?.kind === 'skipped' ? outcome.reason : 'no answer came');
  return new FatalError(
    failed?.code ?? 'UNEXPECTED',
    `The result could not be stored in the org: ${reason}`,
    {
      actions: [failed?.fix ?? 'Run it without --store to see the result.'],
    },
  );
}
