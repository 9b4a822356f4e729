// Reads nodes of a GraphQL answer, believed field by field: what the reader may not see is null, never zero.

export type GraphqlNode = Readonly<Record<string, unknown>>;

/** The nodes of `data.uiapi.query.<name>`; null when the answer has no such list. */
export function queryNodes(data: unknown, name: string): GraphqlNode[] | null {
  const uiapi = isNode(data) ? data['uiapi'] : undefined;
  const query = isNode(uiapi) ? uiapi['query'] : undefined;
  return nodesOf(isNode(query) ? query[name] : undefined);
}

/** The nodes of a connection; null when it is absent. */
export function nodesOf(connection: unknown): GraphqlNode[] | null {
  const edges = isNode(connection) ? connection['edges'] : undefined;
  return Array.isArray(edges) ? edges.map((edge: GraphqlNode) => edge['node']).filter(isNode) : null;
}

export function valueOf(node: GraphqlNode, field: string): unknown {
  const held = node[field];
  return isNode(held) ? held['value'] : undefined;
}

export function textOf(node: GraphqlNode, field: string): string | null {
  const value = valueOf(node, field);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The picklist label in the reader's language. */
export function labelOf(node: GraphqlNode, field: string): string | null {
  const held = node[field];
  const shown = isNode(held) ? held['label'] : undefined;
  return typeof shown === 'string' && shown !== '' ? shown : textOf(node, field);
}

export function numberOf(node: GraphqlNode, field: string): number | null {
  const value = valueOf(node, field);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A field of a record that this one looks up to. */
export function parentText(node: GraphqlNode, parent: string, field: string): string | null {
  const record = node[parent];
  return isNode(record) ? textOf(record, field) : null;
}

export function isNode(value: unknown): value is GraphqlNode {
  return typeof value === 'object' && value !== null;
}
