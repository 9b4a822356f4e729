// Values of a GraphQL node. A field that the reader may not see is absent from the answer and becomes null.

export type Node = Readonly<Record<string, unknown>>;

export interface Person {
  readonly id: string;
  /** Null when the reader may not see the person. */
  readonly name: string | null;
}

/** The nodes of a connection; null when there is none. */
export function nodesOf(connection: unknown): readonly Node[] | null {
  const edges = at(connection, 'edges');
  if (!Array.isArray(edges)) return null;
  return edges.map((edge) => at(edge, 'node')).filter(isNode);
}

export function text(node: unknown, field: string): string | null {
  const value = at(node, field, 'value');
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A picklist's label in the reader's language. */
export function label(node: unknown, field: string): string | null {
  const shown = at(node, field, 'label');
  return typeof shown === 'string' && shown !== '' ? shown : text(node, field);
}

export function number(node: unknown, field: string): number | null {
  const value = at(node, field, 'value');
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function flag(node: unknown, field: string): boolean | null {
  const value = at(node, field, 'value');
  return typeof value === 'boolean' ? value : null;
}

/** `YYYY-MM-DD` */
export function day(node: unknown, field: string): string | null {
  const value = text(node, field);
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}

/** A lookup `Field__c` with the name from `Field__r`. */
export function person(node: unknown, field: string): Person | null {
  const id = text(node, field);
  return id === null ? null : { id, name: text(at(node, field.replace(/__c$/, '__r')), 'Name') };
}

export function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | null {
  return allowed.find((one) => one === value) ?? null;
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isNode(inner) ? inner[key] : undefined), value);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
