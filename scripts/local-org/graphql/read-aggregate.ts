// `uiapi.aggregate` → one grouped SELECT: https://developer.salesforce.com/docs/platform/graphql/guide/aggregate-groupby.md
import { getNamedType, isObjectType, type FieldNode, type GraphQLObjectType } from 'graphql';
import type { ObjectModel } from '../../metadata/model.ts';
import { findField, findParentReference } from '../model-index.ts';
import type {
  AggregateFunction,
  FieldPath,
  Operand,
  Order,
  Query,
  Selection,
  Subtotals,
} from '../soql/ast.ts';
import type { QueryContext } from '../soql/query-context.ts';
import { countRows, selectRows } from '../soql/select-rows.ts';
import type { AggregateRow, OperandAt } from './aggregate-values.ts';
import { TypedGraphqlError } from './graphql-error.ts';
import { parentOf } from './input-types.ts';
import { meaningOf } from './node-types.ts';
import { cursorAt, filterOf, pageOf, type ConnectionArguments } from './read-connection.ts';
import { fieldsOf, type SelectionInfo } from './read-selection.ts';

/** Where in an aggregated row a record type stands. */
export interface AggregateNode {
  readonly row: AggregateRow;
  readonly path: FieldPath;
}

type Input = Readonly<Record<string, unknown>>;
export type AggregateArguments = Omit<ConnectionArguments, 'upperBound'> & {
  readonly groupBy?: Input | null;
};

/** Groups found, a page of them, each giving what was selected. Without `groupBy` all rows are one group. */
export function readAggregate(
  nodes: readonly FieldNode[],
  args: AggregateArguments,
  object: ObjectModel,
  type: GraphQLObjectType,
  info: SelectionInfo,
  context: QueryContext,
) {
  const page = pageOf(args);
  const { type: subtotals, ...groups } = args.groupBy ?? {};
  const groupBy = groupOperands(groups, object, context, []);
  const orderBy = args.orderBy ? aggregateOrders(args.orderBy, object, context, []) : [];
  if (orderBy.length > 0 && groupBy.length === 0)
    throw refused('orderBy in an aggregate query needs groupBy');
  const operands = selectedOperands(nodes, type, info);
  for (const operand of [...operands, ...orderBy.map((order) => order.operand)])
    requireGrouped(operand, groupBy);
  const shown = uniqueOperands([...groupBy, ...operands]);
  const query: Query = {
    object: object.name,
    selections: shown.map((operand): Selection => ({ kind: 'operand', operand, alias: null })),
    isCount: false,
    where: filterOf(args, object, context),
    groupBy,
    subtotals: subtotals === 'ROLLUP' || subtotals === 'CUBE' ? (subtotals satisfies Subtotals) : null,
    having: null,
    orderBy,
    limit: null,
    offset: 0,
  };
  const all = shown.length === 0 ? [] : selectRows(query, query.selections, object, context, null).rows;
  const rows = all.slice(page.start, page.start + page.first);
  const edges = rows.map((row, index) => ({
    cursor: cursorAt(page.start + index),
    node: {
      path: [],
      row: (operand: Operand) => row[shown.findIndex((one) => keyOf(one) === keyOf(operand))] ?? null,
    } satisfies AggregateNode,
  }));
  return {
    edges,
    // "The number of record aggregates"; without groups, "the total number of query results" (…/aggregate-examples.md).
    totalCount: groupBy.length > 0 ? all.length : countRows(query, object, context, null),
    pageInfo: {
      hasNextPage: page.start + rows.length < all.length,
      hasPreviousPage: page.start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const keyOf = (operand: Operand): string => JSON.stringify(operand);
const uniqueOperands = (operands: readonly Operand[]): Operand[] => [
  ...new Map(operands.map((operand) => [keyOf(operand), operand])).values(),
];

const refused = (message: string) => new TypedGraphqlError('DataFetchingException', message);

// The words of SOQL's own refusal: https://developer.salesforce.com/docs/platform/graphql/guide/aggregate-orderby.md
function requireGrouped(operand: Operand, groupBy: readonly Operand[]): void {
  if (operand.kind === 'aggregate') return;
  const grouped: Operand = operand.kind === 'grouping' ? { kind: 'field', path: operand.path } : operand;
  if (groupBy.some((group) => keyOf(group) === keyOf(grouped))) return;
  throw refused(`Field must be grouped or aggregated: ${operand.path.join('.')}`);
}

function groupOperands(input: Input, object: ObjectModel, context: QueryContext, path: FieldPath): Operand[] {
  return Object.entries(input).flatMap(([name, clause]): Operand[] => {
    if (clause === null || clause === undefined) return [];
    const parent = parentStep(object, name, context);
    if (parent) return groupOperands(clause as Input, parent, context, [...path, name]);
    const { group, function: fn } = clause as {
      group?: boolean;
      function?: (Operand & { kind: 'date' })['name'];
    };
    const steps = [...path, name];
    if (group === true && findField(object, name)?.kind === 'DateTime')
      throw refused(`${name} is a date/time: group it by a function, not by group: true`);
    return [
      ...(group === true ? [{ kind: 'field', path: steps } as const] : []),
      ...(fn ? [{ kind: 'date', name: fn, path: steps, isConverted: false } as const] : []),
    ];
  });
}

function aggregateOrders(input: Input, object: ObjectModel, context: QueryContext, path: FieldPath): Order[] {
  return Object.entries(input).flatMap(([name, clause]): Order[] => {
    if (clause === null || clause === undefined) return [];
    const parent = parentStep(object, name, context);
    if (parent) return aggregateOrders(clause as Input, parent, context, [...path, name]);
    const {
      function: fn,
      order,
      nulls,
    } = clause as {
      function?: AggregateFunction;
      order?: string;
      nulls?: 'FIRST' | 'LAST';
    };
    const steps = [...path, name];
    const operand: Operand = fn
      ? { kind: 'aggregate', name: fn, path: steps }
      : { kind: 'field', path: steps };
    return [{ operand, isDescending: order === 'DESC', nulls: nulls ?? 'FIRST' }];
  });
}

function parentStep(object: ObjectModel, name: string, { model }: QueryContext): ObjectModel | undefined {
  const reference = findParentReference(object, name);
  return reference && parentOf(reference, model);
}

/** Every operand below `edges.node.aggregate`. */
function selectedOperands(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  info: SelectionInfo,
): Operand[] {
  const below = (from: readonly FieldNode[], name: string) =>
    from.flatMap((node) => fieldsOf(node.selectionSet, info)).filter((field) => field.name.value === name);
  const aggregates = below(below(below(nodes, 'edges'), 'node'), 'aggregate');
  const walk = (from: readonly FieldNode[], record: GraphQLObjectType, path: FieldPath): Operand[] =>
    from
      .flatMap((node) => fieldsOf(node.selectionSet, info))
      .flatMap((field): Operand[] => {
        const definition = record.getFields()[field.name.value];
        const meaning = definition && meaningOf(definition.extensions);
        const named = definition && getNamedType(definition.type);
        if (!meaning || !isObjectType(named)) return [];
        const steps = [...path, field.name.value];
        if (meaning.kind === 'parent') return walk([field], named, steps);
        return fieldsOf(field.selectionSet, info).flatMap((call) => {
          const { operandAt } = (named.getFields()[call.name.value]?.extensions ?? {}) as {
            operandAt?: OperandAt;
          };
          return operandAt ? [operandAt(steps)] : [];
        });
      });
  return walk(aggregates, type, []);
}
