/** Quotes a name for DuckDB; every identifier that comes from data or configuration passes here. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text for DuckDB, for the places where a value cannot be bound (table functions, settings). */
export function literal(text: string): string {
  if (text.includes('\0')) throw new RangeError('A NUL character cannot be part of SQL text.');
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list of texts in SQL, typed also when it is empty. */
export function literalList(texts: readonly string[]): string {
  return `[${texts.map(literal).join(', ')}]::VARCHAR[]`;
}
