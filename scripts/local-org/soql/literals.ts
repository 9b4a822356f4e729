import { isCivilDate } from '../formula/civil-date.ts';
import type { Literal } from './ast.ts';
import { located, queryError } from './soql-error.ts';

// https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-quotedstringescapes.html
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  N: '\n',
  r: '\r',
  R: '\r',
  t: '\t',
  T: '\t',
  b: '\b',
  B: '\b',
  f: '\f',
  F: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
};
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,3}))?(Z|[+-]\d{2}:?\d{2})$/i;

// soql-parser-js 6.3 ends a literal at U+2028 and U+2029, which Salesforce takes for text like any other. It reads a
// stand-in of the same length instead: half of a surrogate pair, which no text decoded from UTF-8 can hold.
const STAND_INS: readonly (readonly [separator: string, standIn: string])[] = [
  ['\u2028', '\uDC28'],
  ['\u2029', '\uDC29'],
];

/** The query as the parser can read it; `unescapeText` puts the separators back. */
export function withoutSeparators(source: string): string {
  return STAND_INS.reduce((text, [separator, standIn]) => text.replaceAll(separator, standIn), source);
}

/**
 * The characters a quoted text stands for. In a LIKE pattern `\%` and `\_` (and `\\`) stay escaped for the matcher.
 * @throws ApiError MALFORMED_QUERY for any other backslash
 */
export function unescapeText(quoted: string, source: string, isLike: boolean): string {
  const whole = STAND_INS.reduce((text, [separator, standIn]) => text.replaceAll(standIn, separator), quoted);
  return whole.replace(/\\(u[0-9a-fA-F]{4}|[^])?/g, (sequence, letter: string | undefined) => {
    if (isLike && (letter === '%' || letter === '_' || letter === '\\')) return sequence;
    if (letter && letter.length === 5) return String.fromCharCode(Number.parseInt(letter.slice(1), 16));
    const plain = letter === undefined ? undefined : ESCAPES[letter];
    if (plain !== undefined) return plain;
    throw queryError(
      'MALFORMED_QUERY',
      `Invalid string literal '${quoted}'. Illegal character sequence '${sequence}' in string literal.`,
      located(source, sequence),
    );
  });
}

/** A date, or a date/time as ISO text in UTC with milliseconds. */
export function readDateTime(text: string, isDate: boolean, source: string): Literal {
  if (isDate && isCivilDate(text)) return { kind: 'date', value: text };
  const [, date = '', time = '', fraction = '', zone = ''] = DATE_TIME.exec(text) ?? [];
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  const instant = Date.parse(`${date}T${time}.${fraction.padEnd(3, '0')}${offset}`);
  if (!isDate && isCivilDate(date) && !Number.isNaN(instant))
    return { kind: 'datetime', value: new Date(instant).toISOString() };
  throw queryError(
    'MALFORMED_QUERY',
    `invalid ${isDate ? 'date' : 'dateTime'}: ${text}`,
    located(source, text),
  );
}
