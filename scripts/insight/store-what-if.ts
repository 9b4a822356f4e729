// What another policy would change, kept for the setup page: one record, replaced by the next.
import type { SalesforceClient } from '../salesforce/client.ts';
import { FatalError } from '../salesforce/pilot-error.ts';
import type { Language } from '../salesforce/told.ts';
import type { RowOutcome } from '../salesforce/write-rows.ts';
import { storeSetupRecord } from '../sync/setup-record.ts';
import type { WhatIf } from './what-if-result.ts';
import { whatIfSummary } from './what-if-text.ts';

/** Length of PilotSyncIssue__c.Message__c. */
const MESSAGE_LENGTH = 5_000;

const FIX: Readonly<Record<Language, string>> = {
  en: 'Enter the values in the override records of Pilot Policy to make it so.',
  es: 'Para que sea así, introduzca los valores en registros …_Override de la política de pilotos.',
};

/**
 * Writes the result in the org's language as the org's one record of kind Setup with code WHAT_IF. Rejects with a FatalError when the org
 * refuses it.
 */
export async function storeWhatIf(
  client: SalesforceClient,
  result: WhatIf,
  language: Language,
  now: Date,
): Promise<void> {
  const message = whatIfSummary(result, MESSAGE_LENGTH, language);
  const fix = FIX[language];
  const outcome = await storeSetupRecord(client, { code: 'WHAT_IF', message, fix }, now);
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
