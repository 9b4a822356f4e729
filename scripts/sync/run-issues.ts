import type { ReadSummary } from '../domain/facts.ts';
import type { Issue } from '../salesforce/columns.ts';
import type { PilotError } from '../salesforce/pilot-error.ts';
import type { AccountedRecord } from './account.ts';

/** Places that an issue names; the file of rejected rows names all. */
const NAMED_PLACES = 3;

/** One issue per source with rejected rows: how many, where the first ones are, and where all of them are listed. */
export function rejectedIssues(summaries: readonly ReadSummary[]): Issue[] {
  return summaries
    .filter((summary) => summary.rejected > 0)
    .map((summary) => {
      const [first] = summary.rejectedSample;
      const places = summary.rejectedSample
        .slice(0, NAMED_PLACES)
        .map(({ file, line, reason }) => `${file}:${line} ${reason}`);
      return {
        ...NOBODY,
        kind: 'Rejected event',
        source: summary.source,
        line: first?.line ?? null,
        code: 'ROWS_REJECTED',
        message: `${summary.rejected} of ${summary.read} rows could not be read. First: ${places.join('; ')}.`,
        fix: 'Correct the export; the file of rejected rows on the sync’s machine lists each with its line.',
      };
    });
}

/** Events that a metric names and that stopped coming, or never came: renamed, or mistyped in the configuration. */
export function missingEventIssues(summaries: readonly ReadSummary[]): Issue[] {
  return summaries.flatMap(({ source, missingEvents }) =>
    missingEvents.map(({ event, lastSeen }) => ({
      ...NOBODY,
      kind: 'Source' as const,
      about: event,
      source,
      code: 'EVENT_MISSING',
      message:
        lastSeen === null
          ? `${event} was never seen in ${source}.`
          : `${event} last seen ${lastSeen}; renamed?`,
      fix:
        lastSeen === null
          ? 'Compare its name in metrics: with the product. If it is right, nobody has done it yet and it counts as 0.'
          : 'Correct its name in metrics: of the configuration; its criteria keep their last values until then.',
    })),
  );
}

export function unreadableLinkIssues(summaries: readonly ReadSummary[]): Issue[] {
  return summaries.flatMap(({ source, unreadableLinks }) =>
    unreadableLinks.map(({ pilotId, key, reason }) => ({
      ...NOBODY,
      kind: 'Unknown key' as const,
      pilotId,
      about: `${pilotId}|${key}`,
      source,
      code: 'LINK_UNREADABLE',
      message: `The usage key ${key} cannot be applied: ${reason}.`,
      fix: 'Correct the filter of the usage key, or the time zone of the pilot.',
    })),
  );
}

export function sourceIssues(failures: ReadonlyMap<string, PilotError>): Issue[] {
  return [...failures].map(([source, error]) => {
    return {
      ...NOBODY,
      kind: 'Source',
      source,
      code: error.code,
      message: error.message,
      fix: error.actions.join(' '),
    };
  });
}

/** Keys that are linked and never occur in a source that does have events: mistyped, or nobody there yet. */
export function silentKeyIssues(
  silent: readonly {
    readonly pilotId: string;
    readonly pilot: string;
    readonly source: string;
    readonly key: string;
  }[],
): Issue[] {
  return silent.map(({ pilotId, pilot, source, key }) => ({
    ...NOBODY,
    kind: 'Unknown key',
    pilotId,
    about: `${pilotId}|${key}`,
    source,
    code: 'KEY_NOT_SEEN',
    message: `${source} has no event of ${key}, which is linked to ${pilot}.`,
    fix: 'Compare the key with the product, letter by letter (case matters). If it is right, nobody has used it yet.',
  }));
}

/** One issue per record that Salesforce refused; `pilotOf` tells by a row's key which pilot it belongs to. */
export function failedIssues(
  left: readonly AccountedRecord[],
  pilotOf: ReadonlyMap<string, string> = new Map(),
): Issue[] {
  return left.flatMap(({ object, key, name, outcome }) => {
    if (outcome.kind !== 'failed') return [];
    const message = `${object} ${name}: ${outcome.message}`;
    return [
      {
        ...NOBODY,
        kind: 'Failed record' as const,
        pilotId: object === 'Pilot__c' ? key : (pilotOf.get(key) ?? null),
        // Weeks are named by their own key, which is no record id.
        recordId: RECORD_ID.test(key) ? key : null,
        about: key,
        code: outcome.code,
        message,
        fix: outcome.fix,
      },
    ];
  });
}

const RECORD_ID = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/;
const NOBODY = { pilotId: null, recordId: null, source: null, line: null } as const;
