// RFC 4180 with line feeds, as Bulk API 2.0 takes and gives it.
// https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm

/** Every value is quoted: Salesforce trims nothing inside quotes, and no client has to guess. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`).join('');
}

/** A text that does not hold all it should: what was cut on its way, and may arrive whole the next time. */
export class IncompleteText extends RangeError {}

/**
 * Rows of a CSV text. A text that ends inside a quoted value or in the middle of its last row is refused.
 * @throws IncompleteText naming the row
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length || row.length > 0;) {
    const end = text[at] === '"' ? endOfQuoted(text, at, rows.length + 1) : endOfPlain(text, at);
    const raw = text.slice(at, end);
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    if (text[end] === ',') continue;
    if (end < text.length && text[end] !== '\n' && !text.startsWith('\r\n', end))
      throw new IncompleteText(`CSV row ${rows.length + 1} is damaged.`);
    rows.push(row);
    if (row.length !== rows[0]!.length)
      throw new IncompleteText(
        `CSV row ${rows.length} has ${row.length} values, the header has ${rows[0]!.length}.`,
      );
    row = [];
  }
  return rows;
}

// By hand: a regular expression over a quoted value of some megabytes ends in "Maximum call stack size exceeded".
function endOfQuoted(text: string, start: number, row: number): number {
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) throw new IncompleteText(`CSV row ${row} is damaged.`);
    if (text[quote + 1] !== '"') return quote + 1;
    at = quote + 2;
  }
}

function endOfPlain(text: string, start: number): number {
  const end = /[",\r\n]/g;
  end.lastIndex = start;
  return end.exec(text)?.index ?? text.length;
}
