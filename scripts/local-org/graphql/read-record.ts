import type { ObjectModel } from '../../metadata/model.ts';
import type { FieldPath, Query, Selection } from '../soql/ast.ts';
import type { QueryContext } from '../soql/query-context.ts';
import { selectRows } from '../soql/select-rows.ts';
import { recordNode, type NodeRecord } from './read-connection.ts';

/** One record by id with the fields at these paths; null when the viewer cannot see it. */
export function readRecord(
  id: string,
  object: ObjectModel,
  paths: readonly FieldPath[],
  context: QueryContext,
): NodeRecord | null {
  const selections = paths.map((path): Selection => ({
    kind: 'operand',
    operand: { kind: 'field', path },
    alias: null,
  }));
  const query: Query = {
    object: object.name,
    selections,
    isCount: false,
    where: {
      kind: 'compare',
      operand: { kind: 'field', path: ['Id'] },
      operator: '=',
      literal: { kind: 'text', value: id },
    },
    groupBy: [],
    subtotals: null,
    having: null,
    orderBy: [],
    limit: 1,
    offset: 0,
  };
  const selected = selectRows(query, selections, object, context, null);
  const [row] = selected.rows;
  return row ? recordNode(row, selected, new Map()) : null;
}
