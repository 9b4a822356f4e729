/** The ids of the rows that a viewer sees: a SELECT of one column, to be used as `"Id" IN (<sql>)`. */
export interface RowFilter {
  readonly sql: string;
  readonly params: readonly (string | number | null)[];
}

/**
 * What one user may see. Names are API names in canonical case.
 * Query, GraphQL and describe ask here and nowhere else.
 */
export interface AccessView {
  canRead(object: string): boolean;
  /** Id, audit fields, names, required and master-detail fields are readable with the object. */
  canReadField(object: string, field: string): boolean;
  /** Null when the viewer sees every row of the object. */
  rowFilter(object: string): RowFilter | null;
}
