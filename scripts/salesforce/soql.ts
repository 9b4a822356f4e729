// SOQL is only ever written through this template, so that no value can end its literal.

const PATH = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*){0,5}$/;

/** A query text that came out of the template; nothing else is accepted by the client. */
export class Soql {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type SoqlValue = string | number | boolean | null | Date | Soql | readonly string[];

/**
 * Writes a query with every value as a literal: text is quoted and escaped, a `Date` becomes a date/time,
 * an array becomes an IN list. Calendar days go through `soqlDay`, field and object names through `soqlNames`.
 */
export function soql(parts: TemplateStringsArray, ...values: readonly SoqlValue[]): Soql {
  return new Soql(
    parts.map((part, index) => part + (index < values.length ? literal(values[index]!) : '')).join(''),
  );
}

/** Field, object or relationship paths, comma separated; a name that is not an identifier is refused. */
export function soqlNames(...names: readonly string[]): Soql {
  for (const name of names)
    if (!PATH.test(name)) throw new TypeError(`"${name}" is not a field or object name.`);
  return new Soql(names.join(', '));
}

/** A calendar day `YYYY-MM-DD`, which SOQL writes without quotes. */
export function soqlDay(day: string): Soql {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new TypeError(`"${day}" is not a day like 2026-11-22.`);
  return new Soql(day);
}

function literal(value: SoqlValue): string {
  if (value instanceof Soql) return value.text;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return list(value as readonly string[]);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`${value} has no SOQL literal.`);
  return String(value);
}

function list(values: readonly string[]): string {
  // `IN ()` is a syntax error at Salesforce; the caller has nothing to ask for.
  if (values.length === 0) throw new TypeError('An IN list needs at least one value.');
  return `(${values.map(quoted).join(', ')})`;
}

// Backslash first, otherwise the backslashes that escape the quotes would be escaped themselves.
// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\b', '\\b')
    .replaceAll('\f', '\\f');
  return `'${escaped}'`;
}
