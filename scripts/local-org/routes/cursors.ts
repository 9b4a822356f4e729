import { ApiError } from '../api-error.ts';
import type { Store } from '../store/store.ts';

type QueryRecord = Readonly<Record<string, unknown>>;

export interface QueryPage {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly QueryRecord[];
}

interface Cursor {
  readonly userId: string;
  readonly records: readonly QueryRecord[];
  /** How many custom long text fields the query selects. */
  readonly longTexts: number;
}

const KEPT = 100;
/**
 * "If the SOQL statement selects two or more custom fields of type long text, the batch size can't be greater than 200
 * records": https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/api/sforce_api_calls_soql_changing_batch_size.htm
 */
const LONG_TEXT_ROWS = 200;
/** Documented is that size and complexity of the rows make pages smaller; the numbers are ours. */
const WIDE_ROW_CHARACTERS = 10_000;
const WIDE_ROWS = 250;

/**
 * Pages of query results. "Child objects count toward the number of records for the batch size":
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_queryoptions.htm
 * Seen in orgs: 199 of 257 children where a page holds 200, the rest at an address of their own
 * (https://github.com/jsforce/jsforce/pull/1752), and 499 of more (https://github.com/jetstreamapp/jetstream/pull/1966).
 *
 * Results of queries that did not fit in one page, by locator. A real org keeps them two days; this one keeps
 * the newest hundred, whatever their age.
 */
export class Cursors {
  readonly #store: Store;
  readonly #open = new Map<string, Cursor>();

  constructor(store: Store) {
    this.#store = store;
  }

  firstPage(version: string, cursor: Cursor, pageSize: number): QueryPage {
    const records = this.#rows(version, cursor, 0, pageSize);
    const totalSize = cursor.records.length;
    if (records.length === totalSize) return { totalSize, done: true, records };
    const id = this.#keep(cursor);
    return { totalSize, done: false, nextRecordsUrl: address(version, id, records.length), records };
  }

  /** @param locator `<cursor id>-<offset>`, the last part of nextRecordsUrl. */
  nextPage(version: string, userId: string, locator: string, pageSize: number): QueryPage {
    const [, id = '', offset = ''] = /^(\w+)-(\d+)$/.exec(locator) ?? [];
    const cursor = this.#open.get(id);
    if (cursor === undefined || cursor.userId !== userId || Number(offset) >= cursor.records.length)
      throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    const records = this.#rows(version, cursor, Number(offset), pageSize);
    const next = Number(offset) + records.length;
    const totalSize = cursor.records.length;
    if (next >= totalSize) return { totalSize, done: true, records };
    return { totalSize, done: false, nextRecordsUrl: address(version, id, next), records };
  }

  #keep(cursor: Cursor): string {
    const id = this.#store.mintId('01g');
    this.#open.set(id, cursor);
    const oldest = this.#open.keys().next().value;
    if (this.#open.size > KEPT && oldest !== undefined) this.#open.delete(oldest);
    return id;
  }

  /** The rows of the page that begins at `offset`; rows of children count towards its size. */
  #rows(version: string, cursor: Cursor, offset: number, pageSize: number): QueryRecord[] {
    const rows: QueryRecord[] = [];
    const most = mostRows(cursor, offset, pageSize);
    let room = most;
    for (const record of cursor.records.slice(offset, offset + most)) {
      const children = childResults(record).reduce((sum, [, { records }]) => sum + records.length, 0);
      if (children >= room && rows.length > 0) break;
      rows.push(children < room ? record : this.#cut(version, cursor, record, room - 1));
      room -= 1 + children;
      if (room <= 0) break;
    }
    return rows;
  }

  /** A record with more children than a page holds: those that fit, and where the rest of them is. */
  #cut(version: string, { userId }: Cursor, record: QueryRecord, most: number): QueryRecord {
    let room = most;
    const cut = childResults(record).map(([name, { totalSize, records }]) => {
      const kept = records.slice(0, room);
      room -= kept.length;
      if (kept.length === records.length) return [name, record[name]] as const;
      const id = this.#keep({ userId, records, longTexts: 0 });
      const nextRecordsUrl = address(version, id, kept.length);
      return [name, { totalSize, done: false, nextRecordsUrl, records: kept }] as const;
    });
    return { ...record, ...Object.fromEntries(cut) };
  }
}

const address = (version: string, id: string, offset: number): string =>
  `/services/data/v${version}/query/${id}-${offset}`;

function mostRows({ records, longTexts }: Cursor, offset: number, pageSize: number): number {
  const most = longTexts >= 2 ? Math.min(pageSize, LONG_TEXT_ROWS) : pageSize;
  const page = records.slice(offset, offset + most);
  const isWide = page.length > WIDE_ROWS && page.some((record) => charactersOf(record) > WIDE_ROW_CHARACTERS);
  return isWide ? WIDE_ROWS : most;
}

/** Of the record's own texts; other values are short. */
function charactersOf(record: QueryRecord): number {
  let sum = 0;
  for (const value of Object.values(record)) if (typeof value === 'string') sum += value.length;
  return sum;
}

interface ChildResult {
  readonly totalSize: number;
  readonly records: readonly QueryRecord[];
}

function childResults(record: QueryRecord): [string, ChildResult][] {
  return Object.entries(record).filter(
    (entry): entry is [string, ChildResult] =>
      typeof entry[1] === 'object' && entry[1] !== null && 'totalSize' in entry[1],
  );
}
