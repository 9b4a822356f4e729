import { ApiError } from '../api-error.ts';

// https://developer.salesforce.com/docs/platform/api-asynch/guide/datafiles-prepare-csv.md
export const DELIMITERS = {
  BACKQUOTE: '`',
  CARET: '^',
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  TAB: '\t',
} as const;
export type DelimiterName = keyof typeof DELIMITERS;

/**
 * Reads CSV as RFC 4180 has it: quotes doubled inside quotes, line ends and delimiters allowed there; values
 * are not trimmed. Empty lines at the end do not count.
 * @throws ApiError for a quote that does not end, or text beside a closing quote
 */
export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, delimiter);
    row.push(cell.value);
    at = cell.end;
    const end = text[at];
    if (end === delimiter) {
      at += 1;
      if (at === text.length) row.push('');
      else continue;
    } else if (end !== undefined && end !== '\r' && end !== '\n') throw broken(rows.length + 1);
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  return rows;
}

interface Cell {
  readonly value: string;
  readonly end: number;
}

function readPlain(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end), end };
}

function readQuoted(text: string, start: number): Cell {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0)
      throw new ApiError(400, 'CLIENT_INPUT_ERROR', 'A quoted value does not end before the end of the data');
    if (text[quote + 1] !== '"')
      return { value: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    from = quote + 2;
  }
}

const broken = (row: number): ApiError =>
  new ApiError(400, 'CLIENT_INPUT_ERROR', `Row ${row} has text beside a closing quote`);

/** Every value quoted: some clients split an unquoted value at other delimiters than the job's. */
export const writeCsv = (rows: readonly (readonly string[])[], delimiter: string, lineEnd: string): string =>
  rows
    .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter) + lineEnd)
    .join('');
