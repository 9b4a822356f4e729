// RFC 4180 with line feeds, as Bulk API 2.0 takes and gives it.
// https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm

/** Every value is quoted: Salesforce trims nothing inside quotes, and no client has to guess. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`).join('');
}

/**
 * Rows of a CSV text. A text that ends inside a quoted value or in the middle of its last row is refused.
 * @throws RangeError naming the row
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const value = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let row: string[] = [];
  while (value.lastIndex < text.length || row.length > 0) {
    const match = value.exec(text);
    if (!match) throw new RangeError(`CSV row ${rows.length + 1} is damaged.`);
    const [, quoted, plain = '', end] = match;
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    if (row.length !== rows[0]!.length)
      throw new RangeError(
        `CSV row ${rows.length} has ${row.length} values, the header has ${rows[0]!.length}.`,
      );
    row = [];
  }
  return rows;
}
