const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;

/** DuckDB's own limit for a record; more is refused with the line, never cut. */
export const MAX_RECORD_BYTES = 2_000_000;

/** One record of a text file in a buffer. `problem` of kind quote means that its end cannot be trusted. */
export interface TextRecord {
  end: number;
  next: number;
  fields: number;
  lines: number;
  ending: 'lf' | 'crlf' | 'none';
  isPlainAscii: boolean;
  problem: null | { readonly kind: 'quote' | 'content'; readonly reason: string };
}

const PROBLEMS = {
  afterQuote: { kind: 'quote', reason: 'text after a closing quote' },
  inField: { kind: 'quote', reason: 'quote inside a field that is not quoted' },
  unclosed: { kind: 'quote', reason: 'quote is never closed' },
  tooLong: { kind: 'quote', reason: `record longer than ${MAX_RECORD_BYTES} bytes` },
  carriageReturn: { kind: 'content', reason: 'carriage return inside a field that is not quoted' },
  control: { kind: 'content', reason: 'control character in JSON' },
  nul: { kind: 'content', reason: 'NUL byte' },
} as const;

/**
 * Finds the record that starts at `from` (RFC 4180: quote doubled inside quotes, record ends with LF or CRLF).
 * Returns null when the buffer ends first and more data is to come.
 */
export function readCsvRecord(
  buffer: Buffer,
  from: number,
  delimiter: number,
  isLast: boolean,
): TextRecord | null {
  let problem: TextRecord['problem'] = null;
  let fields = 1;
  let lines = 0;
  let high = 0;
  let isInQuotes = false;
  let isFieldStart = true;
  const limit = Math.min(buffer.length, from + MAX_RECORD_BYTES + 1);
  for (let at = from; at < limit; at++) {
    const byte = buffer[at]!;
    high |= byte;
    if (isInQuotes) {
      if (byte === LF) lines++;
      if (byte !== QUOTE) continue;
      const after = buffer[at + 1];
      if (after === undefined && !isLast) return null;
      if (after === QUOTE) at++;
      else {
        isInQuotes = false;
        const isField = after === delimiter || after === LF || after === CR || after === undefined;
        if (!isField) problem ??= PROBLEMS.afterQuote;
      }
    } else if (byte === delimiter) {
      fields++;
      isFieldStart = true;
      continue;
    } else if (byte === LF) {
      return {
        end: at,
        next: at + 1,
        fields,
        lines: lines + 1,
        ending: 'lf',
        isPlainAscii: high < 0x80,
        problem,
      };
    } else if (byte === CR) {
      const after = buffer[at + 1];
      if (after === undefined && !isLast) return null;
      if (after === LF || after === undefined)
        return {
          end: at,
          next: at + 2,
          fields,
          lines: lines + 1,
          ending: 'crlf',
          isPlainAscii: high < 0x80,
          problem,
        };
      problem ??= PROBLEMS.carriageReturn;
    } else if (byte === QUOTE) {
      if (isFieldStart) isInQuotes = true;
      else problem ??= PROBLEMS.inField;
    } else if (byte === 0) problem ??= PROBLEMS.nul;
    isFieldStart = false;
  }
  const isTooLong = limit < buffer.length || limit - from > MAX_RECORD_BYTES;
  if (!isTooLong && !isLast) return null;
  if (isTooLong) problem = PROBLEMS.tooLong;
  else if (isInQuotes) problem ??= PROBLEMS.unclosed;
  return {
    end: limit,
    next: limit,
    fields,
    lines: lines + 1,
    ending: 'none',
    isPlainAscii: high < 0x80,
    problem,
  };
}

/** Finds the line that starts at `from`, as one record. JSON allows no raw control character but a tab. */
export function readLineRecord(buffer: Buffer, from: number, isLast: boolean): TextRecord | null {
  const newline = buffer.indexOf(LF, from);
  const limit = newline === -1 ? buffer.length : newline;
  const record = { fields: 1, lines: 1, isPlainAscii: false };
  if (limit - from > MAX_RECORD_BYTES)
    return { ...record, end: limit, next: limit, ending: 'none', problem: PROBLEMS.tooLong };
  if (newline === -1 && !isLast) return null;
  const isCrlf = limit > from && buffer[limit - 1] === CR;
  const end = isCrlf ? limit - 1 : limit;
  let problem: TextRecord['problem'] = null;
  for (let at = from; at < end; at++)
    if (buffer[at]! < 0x20 && buffer[at] !== TAB) problem = PROBLEMS.control;
  const ending = newline === -1 ? 'none' : isCrlf ? 'crlf' : 'lf';
  return { ...record, end, next: limit + 1, ending, problem };
}

/** The values of one well-formed CSV record. */
export function splitCsvRecord(record: string, delimiter: string): string[] {
  const values = [];
  let at = 0;
  for (;;) {
    const isQuoted = record[at] === '"';
    let end = isQuoted ? at + 1 : record.indexOf(delimiter, at);
    if (isQuoted) while (record[end] !== '"' || record[++end] === '"') end++;
    if (end === -1) end = record.length;
    const text = record.slice(at, end);
    values.push(isQuoted ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (end >= record.length) return values;
    at = end + 1;
  }
}
