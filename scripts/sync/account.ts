import type { RowOutcome } from '../salesforce/write-rows.ts';

export type RecordOutcome = RowOutcome | { readonly kind: 'unchanged' };

export interface AccountedRecord {
  readonly object: string;
  readonly key: string;
  readonly name: string;
  readonly outcome: RecordOutcome;
}

export type Totals = Readonly<Record<RecordOutcome['kind'], number>>;

/** What became of every record of a run. A record is entered exactly once; the sum over all kinds is the number read or made. */
export class Account {
  readonly #records = new Map<string, AccountedRecord>();

  enter(object: string, key: string, name: string, outcome: RecordOutcome): void {
    const id = `${object}/${key}`;
    if (this.#records.has(id)) throw new RangeError(`${id} is accounted for twice.`);
    this.#records.set(id, { object, key, name, outcome });
  }

  outcomeOf(object: string, key: string): RecordOutcome | null {
    return this.#records.get(`${object}/${key}`)?.outcome ?? null;
  }

  totals(object?: string): Totals {
    const totals = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
    for (const record of this.#records.values()) {
      if (object === undefined || record.object === object) totals[record.outcome.kind] += 1;
    }
    return totals;
  }

  objects(): string[] {
    return [...new Set([...this.#records.values()].map((record) => record.object))];
  }

  /** Records that did not get their value: skipped ones and failed ones. */
  left(): AccountedRecord[] {
    return [...this.#records.values()].filter(
      ({ outcome }) => outcome.kind === 'skipped' || outcome.kind === 'failed',
    );
  }
}
