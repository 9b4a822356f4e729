/** A piece of SQL with the values it binds, in order. */
export interface Sql {
  readonly text: string;
  readonly params: readonly SqlParameter[];
}

export type SqlParameter = string | number | null;

/** Builds SQL from a template: pieces are inserted, plain values are bound. Names go through `name`. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlParameter)[]): Sql {
  let text = strings[0] ?? '';
  const params: SqlParameter[] = [];
  parts.forEach((part, index) => {
    const isPiece = typeof part === 'object' && part !== null;
    text += (isPiece ? part.text : '?') + (strings[index + 1] ?? '');
    if (isPiece) params.push(...part.params);
    else params.push(part);
  });
  return { text, params };
}

/** A quoted identifier, or several joined by dots. */
export const name = (...steps: readonly string[]): Sql => ({
  text: steps.map((step) => `"${step.replaceAll('"', '""')}"`).join('.'),
  params: [],
});

export const joinSql = (pieces: readonly Sql[], separator: string): Sql => ({
  text: pieces.map(({ text }) => text).join(separator),
  params: pieces.flatMap(({ params }) => params),
});
