/** What a file format offers to the event table: a FROM item with one row per record, all values as text. */
export interface Relation {
  /** Yields `filename` and the format's columns, in the order of the records. */
  readonly from: string;
  /** Columns that exist, or null where every record has its own (NDJSON). */
  readonly columns: readonly string[] | null;
  /** SQL of a column's text. */
  value(column: string): string;
  /** SQL of why the record as a whole is unusable, or null. */
  readonly problem: string | null;
}

/** No records at all, for the types of what would be read. */
export const NO_RECORDS: Relation = {
  from: '(SELECT NULL::VARCHAR AS filename LIMIT 0)',
  columns: [],
  value: () => 'NULL::VARCHAR',
  problem: null,
};
