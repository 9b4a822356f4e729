import { z } from 'zod';
import type { SalesforceClient } from '../salesforce/client.ts';
import type { Issue } from '../salesforce/columns.ts';
import { issueRow } from '../salesforce/pilot-rows.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import type { PreflightFinding } from '../salesforce/preflight.ts';
import { selectOf } from '../salesforce/select-of.ts';
import { soql } from '../salesforce/soql.ts';
import type { Language, Told } from '../salesforce/told.ts';
import { writeRows, type RowOutcome } from '../salesforce/write-rows.ts';
import { issueSubject, planIssues } from './plan-writes.ts';
import { setupRecordKey, storeSetupRecord } from './setup-record.ts';

/** Something that a check found wrong. */
export interface SetupFinding {
  readonly code: string;
  /** What it is about, the same in every check: a field, a source, the login. */
  readonly about: string;
  readonly told: Told;
  /** Path of the page in the org on which it is solved. */
  readonly page: string | null;
}

const openRow = issueRow.extend({ Link__c: z.string().nullable() });
/** Parts issues of `pilot check` from those that the notice flow writes with the same kind. */
const MARK = 'check ';

/**
 * Stores what a check found as issues of kind Setup, for the setup page and the list views; what is no longer found is
 * resolved. Writes only what changed.
 * @returns the outcome of every row that was written
 * @throws ConfigError PREFLIGHT when the org shows this user no issues
 */
export async function storeSetupIssues(
  client: SalesforceClient,
  findings: readonly SetupFinding[],
  language: Language,
  now: Date,
): Promise<readonly RowOutcome[]> {
  const description = await client.describe('PilotSyncIssue__c');
  if (!description)
    throw new ConfigError(
      'PREFLIGHT',
      'Nothing was stored: the integration user does not see PilotSyncIssue__c.',
      {
        actions: ['Assign the permission set Pilot Sync to the integration user, then check again.'],
      },
    );
  const stored = await client.query(
    soql`SELECT ${selectOf(openRow)} FROM PilotSyncIssue__c WHERE Kind__c = ${'Setup'} AND Resolved_On__c = null ORDER BY Issue_Key__c`,
    openRow,
  );
  const open = stored.filter((row) => issueSubject(row.Issue_Key__c).startsWith(MARK));
  const issues = findings.map((finding) => setupIssue(finding, language, client.instanceUrl));
  const plan = planIssues(description, open, issues, now);
  const outcomes: RowOutcome[] = [];
  await writeRows(client, plan, Infinity, (_key, outcome) => outcomes.push(outcome));
  return outcomes;
}

const checkedRow = z.object({ Id: z.string(), Last_Seen__c: z.string().nullable() });

/**
 * Leaves the one trace of a check that found nothing: when that was. A second check on the same day (UTC) writes nothing.
 * @returns the outcome, undefined when nothing had to be written
 */
export async function storeCleanCheck(
  client: SalesforceClient,
  language: Language,
  now: Date,
): Promise<RowOutcome | undefined> {
  const [stored] = await client.query(
    soql`SELECT ${selectOf(checkedRow)} FROM PilotSyncIssue__c WHERE Issue_Key__c = ${setupRecordKey('SETUP_CHECKED')}`,
    checkedRow,
  );
  if (stored?.Last_Seen__c?.slice(0, 10) === now.toISOString().slice(0, 10)) return undefined;
  return storeSetupRecord(client, { code: 'SETUP_CHECKED', message: ALL_THERE[language], fix: '' }, now);
}

const ALL_THERE: Readonly<Record<Language, string>> = {
  en: 'Everything the sync needs was there.',
  es: 'Estaba todo lo que la sincronización necesita.',
};

function setupIssue(
  { code, about, told, page }: SetupFinding,
  language: Language,
  instanceUrl: string,
): Issue {
  const link = page === null ? {} : { link: new URL(page, instanceUrl).href };
  const nothing = { pilotId: null, recordId: null, source: null, line: null };
  return { kind: 'Setup', ...nothing, about: `${MARK}${about}`, code, ...told[language], ...link };
}

// Addresses of Setup in Lightning, as its own menu shows them.
const PERMISSION_SETS = '/lightning/setup/PermSets/home';
const PAGE: Readonly<Record<PreflightFinding['code'], (object: string) => string | null>> = {
  OBJECT_MISSING: () => PERMISSION_SETS,
  FIELD_MISSING: () => PERMISSION_SETS,
  NO_PERMISSION: () => PERMISSION_SETS,
  FIELD_TYPE: fieldsOf,
  FIELD_LENGTH: fieldsOf,
  PICKLIST_VALUE: fieldsOf,
  CLOCK_SKEW: () => null,
};

function fieldsOf(object: string): string {
  return `/lightning/setup/ObjectManager/${object}/FieldsAndRelationships/view`;
}

/** A finding of the preflight with the page where it is put right. */
export function setupFinding(finding: PreflightFinding): SetupFinding {
  const { code, object, field, told } = finding;
  // Of one picklist several values may be missing.
  const value = code === 'PICKLIST_VALUE' ? ` ${/"(.*)"/.exec(told.en.message)?.[1] ?? ''}` : '';
  const about = `${object}${field === null ? '' : `.${field}`}${value}`;
  return { code, about, told, page: PAGE[code](object) };
}
