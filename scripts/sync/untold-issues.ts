import type { IssueRow } from '../salesforce/pilot-rows.ts';
import type { AccountedRecord } from './account.ts';
import { issueSubject } from './plan-writes.ts';

/** What a run did not try, and so cannot call solved. */
export interface NotTried {
  /** Pilots without a verdict in this run; none of their records was tried. */
  readonly pilots: ReadonlySet<string>;
  /** Records that did not get their value. */
  readonly left: readonly AccountedRecord[];
  /** Sources that could not be read. */
  readonly sources: ReadonlySet<string>;
}

/**
 * Keys of the open issues that this run can say nothing about: their record was skipped, or their source was not read.
 * Silence of a run that did not look is no sign that the trouble is over.
 */
export function untoldIssues(open: readonly IssueRow[], notTried: NotTried): ReadonlySet<string> {
  const skipped = new Set(
    notTried.left.filter(({ outcome }) => outcome.kind === 'skipped').map(({ key }) => key),
  );
  const isUntold = (row: IssueRow): boolean =>
    row.Kind__c === 'Failed record'
      ? skipped.has(issueSubject(row.Issue_Key__c)) || notTried.pilots.has(row.Pilot__c ?? '')
      : FROM_ROWS.has(row.Code__c ?? '') && notTried.sources.has(row.Source__c ?? '');
  return new Set(open.filter(isUntold).map((row) => row.Issue_Key__c));
}

/** Found in a source's rows; every other issue of a source is about reading it or about its configuration. */
const FROM_ROWS: ReadonlySet<string> = new Set([
  'ROWS_REJECTED',
  'EVENT_MISSING',
  'KEY_NOT_SEEN',
  'LINK_UNREADABLE',
]);
