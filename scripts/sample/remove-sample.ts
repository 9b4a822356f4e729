// The sample out of an org again: what carries its mark, and what was entered on that.
import { SAMPLE_MARK, SAMPLE_NOTE } from '../../force-app/main/default/lwc/pilotSample/sampleMark.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the removal asks of an org. */
export interface SampleRemoval {
  query(soql: string): Promise<Row[]>;
  /** Deletes rows of one object by id. */
  remove(object: string, ids: readonly string[]): Promise<void>;
}

export interface Removed {
  /** Deals and contacts on a sample account that are not of the sample; nothing is removed while there are any. */
  readonly foreign: readonly string[];
  /** Object → rows removed. */
  readonly counts: Readonly<Record<string, number>>;
}

const OF_SAMPLE = `Account.AccountNumber = '${SAMPLE_MARK}'`;
// An issue outlives its pilot, so it goes first; a deal takes its pilots, their details and its activities along.
const OBJECTS: readonly (readonly [object: string, where: string])[] = [
  ['PilotSyncIssue__c', `Pilot__r.Opportunity__r.${OF_SAMPLE}`],
  ['Opportunity', OF_SAMPLE],
  ['Contact', OF_SAMPLE],
  ['Account', `AccountNumber = '${SAMPLE_MARK}'`],
];

/** True when the org holds sample accounts. */
export async function hasSample(org: SampleRemoval): Promise<boolean> {
  return (
    (await org.query(`SELECT Id FROM Account WHERE AccountNumber = '${SAMPLE_MARK}' LIMIT 1`)).length > 0
  );
}

/** Removes every sample row, or none when something else hangs on a sample account. */
export async function removeSample(org: SampleRemoval): Promise<Removed> {
  const marked = await Promise.all(
    ['Opportunity', 'Contact'].map((name) =>
      org.query(`SELECT Name, Description FROM ${name} WHERE ${OF_SAMPLE}`),
    ),
  );
  const foreign = marked
    .flat()
    .filter((row) => row['Description'] !== SAMPLE_NOTE)
    .map((row) => String(row['Name']));
  if (foreign.length > 0) return { foreign, counts: {} };
  const counts: Record<string, number> = {};
  for (const [object, where] of OBJECTS) {
    const rows = await org.query(`SELECT Id FROM ${object} WHERE ${where}`);
    await org.remove(
      object,
      rows.map((row) => String(row['Id'])),
    );
    counts[object] = rows.length;
  }
  return { foreign, counts };
}
