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
}

const KEPT = 100;
/** "May be fewer than the batch size": seen by users as smaller pages of wide rows; the numbers are ours. */
const WIDE_ROW_CHARACTERS = 10_000;
const WIDE_ROWS = 250;

/**
 * Results of queries that did not fit in one page, by locator. A real org keeps them two days; this one keeps
 * the newest hundred, whatever their age.
 */
export class Cursors {
  readonly #store: Store;
  readonly #open = new Map<string, Cursor>();

  constructor(store: Store) {
    this.#store = store;
  }

  firstPage(version: string, userId: string, records: readonly QueryRecord[], pageSize: number): QueryPage {
    const rows = rowsOfPage(records, 0, pageSize);
    if (records.length <= rows) return { totalSize: records.length, done: true, records };
    const id = this.#store.mintId('01g');
    this.#open.set(id, { userId, records });
    const oldest = this.#open.keys().next().value;
    if (this.#open.size > KEPT && oldest !== undefined) this.#open.delete(oldest);
    return this.#page(version, id, records, 0, pageSize);
  }

  /** @param locator `<cursor id>-<offset>`, the last part of nextRecordsUrl. */
  nextPage(version: string, userId: string, locator: string, pageSize: number): QueryPage {
    const [, id = '', offset = ''] = /^(\w+)-(\d+)$/.exec(locator) ?? [];
    const cursor = this.#open.get(id);
    if (cursor === undefined || cursor.userId !== userId || Number(offset) >= cursor.records.length)
      throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return this.#page(version, id, cursor.records, Number(offset), pageSize);
  }

  #page(
    version: string,
    id: string,
    all: readonly QueryRecord[],
    offset: number,
    pageSize: number,
  ): QueryPage {
    const records = all.slice(offset, offset + rowsOfPage(all, offset, pageSize));
    const next = offset + records.length;
    if (next >= all.length) return { totalSize: all.length, done: true, records };
    return {
      totalSize: all.length,
      done: false,
      nextRecordsUrl: `/services/data/v${version}/query/${id}-${next}`,
      records,
    };
  }
}

function rowsOfPage(all: readonly QueryRecord[], offset: number, pageSize: number): number {
  const page = all.slice(offset, offset + pageSize);
  const isWide = page.length > WIDE_ROWS && page.some((record) => charactersOf(record) > WIDE_ROW_CHARACTERS);
  return isWide ? WIDE_ROWS : pageSize;
}

/** Of the record's own texts; other values are short. */
function charactersOf(record: QueryRecord): number {
  let sum = 0;
  for (const value of Object.values(record)) if (typeof value === 'string') sum += value.length;
  return sum;
}
