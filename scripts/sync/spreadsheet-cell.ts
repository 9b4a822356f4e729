// A spreadsheet runs a cell that begins like a formula; an apostrophe before it makes it text again.
// https://owasp.org/www-community/attacks/CSV_Injection

/** A value as it may stand in a CSV file that people open in a spreadsheet. */
export function spreadsheetCell(value: string): string {
  return /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}

/** The value of such a cell. */
export function cellValue(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
