// Types of aggregate queries: https://developer.salesforce.com/docs/platform/graphql/guide/aggregate-schema.md,
// …/aggregate-groupby-schema.md, …/aggregate-orderby-schema.html. The name of the order's type is ours: the guide gives it
// that of record queries, whose clauses a real org's schema shows without functions.
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfigMap,
  type GraphQLInputFieldConfigMap,
} from 'graphql';
import type { ObjectModel, OrgModel } from '../../metadata/model.ts';
import { valueKind } from '../formula/formula-type.ts';
import type { DateFunction } from '../soql/ast.ts';
import { aggregateValueType, isGroupable, NUMBERS } from './aggregate-values.ts';
import { DATE_FUNCTIONS } from './date-functions.ts';
import { NULL_ORDER, parentOf, remember, RESULT_ORDER, type InputTypes } from './input-types.ts';
import { PAGE_INFO, type FieldMeaning } from './node-types.ts';
import type { AggregateNode } from './read-aggregate.ts';
import { familyOf, type Family } from './value-types.ts';

const names = (...values: readonly string[]) => Object.fromEntries(values.map((value) => [value, {}]));
const GROUP_BY_TYPE = new GraphQLEnumType({
  name: 'GroupByType',
  values: names('GROUP_BY', 'ROLLUP', 'CUBE'),
});
const GROUP_BY_FUNCTION = new GraphQLEnumType({
  name: 'GroupByFunction',
  values: names(...(Object.keys(DATE_FUNCTIONS) as DateFunction[])),
});
const GROUP_BY_CLAUSE = new GraphQLInputObjectType({
  name: 'GroupByClause',
  fields: { group: { type: GraphQLBoolean } },
});
const GROUP_BY_DATE_FUNCTION = new GraphQLInputObjectType({
  name: 'GroupByDateFunction',
  fields: { group: { type: GraphQLBoolean }, function: { type: GROUP_BY_FUNCTION } },
});
const COUNTED = ['COUNT', 'COUNT_DISTINCT', 'MAX', 'MIN'];
const orderClause = (name: string, functions: readonly string[]) =>
  new GraphQLInputObjectType({
    name: `${name}Clause`,
    fields: {
      function: { type: new GraphQLEnumType({ name: `${name}Function`, values: names(...functions) }) },
      nulls: { type: NULL_ORDER },
      order: { type: RESULT_ORDER },
    },
  });
const STRING_ORDER = orderClause('AggregateOrderByString', COUNTED);
const NUMBER_ORDER = orderClause('AggregateOrderByNumber', ['AVG', ...COUNTED, 'SUM']);
const PLAIN_ORDER = new GraphQLInputObjectType({
  name: 'NoFunctionAggregateOrderByClause',
  fields: { nulls: { type: NULL_ORDER }, order: { type: RESULT_ORDER } },
});

/** The connection of each object below `uiapi.aggregate`, with its arguments. */
export function createAggregateTypes(model: OrgModel, inputs: InputTypes) {
  const nodes = new Map<string, GraphQLObjectType>();
  const groups = new Map<string, GraphQLInputObjectType>();
  const orders = new Map<string, GraphQLInputObjectType>();

  const node = (object: ObjectModel): GraphQLObjectType =>
    remember(nodes, object.name, () => {
      const fields = () => aggregateFields(object, model, node);
      return new GraphQLObjectType({ name: `${object.name}Aggregate`, fields });
    });
  const groupBy = (object: ObjectModel): GraphQLInputObjectType =>
    remember(groups, object.name, () => {
      const own = () => ({
        type: { type: GROUP_BY_TYPE },
        ...inputFields(object, model, groupClause, groupBy),
      });
      return new GraphQLInputObjectType({ name: `${object.name}_GroupBy`, fields: own });
    });
  const orderBy = (object: ObjectModel): GraphQLInputObjectType =>
    remember(orders, object.name, () => {
      const own = () => inputFields(object, model, orderClauseOf, orderBy);
      return new GraphQLInputObjectType({ name: `${object.name}_AggregateOrderBy`, fields: own });
    });
  return {
    connection: (object: ObjectModel) => connectionType(object, node(object)),
    arguments: (object: ObjectModel) => ({
      first: { type: GraphQLInt },
      after: { type: GraphQLString },
      groupBy: { type: groupBy(object) },
      orderBy: { type: orderBy(object) },
      scope: { type: GraphQLString },
      where: { type: inputs.filter(object) },
    }),
  };
}

function connectionType(object: ObjectModel, aggregate: GraphQLObjectType): GraphQLObjectType {
  const result = new GraphQLObjectType({
    name: `${object.name}Result`,
    fields: { aggregate: { type: aggregate, resolve: (node: AggregateNode) => node } },
  });
  const edge = new GraphQLObjectType({
    name: `${object.name}AggregateEdge`,
    fields: { cursor: { type: new GraphQLNonNull(GraphQLString) }, node: { type: result } },
  });
  return new GraphQLObjectType({
    name: `${object.name}AggregateConnection`,
    fields: {
      edges: { type: new GraphQLList(edge) },
      pageInfo: { type: new GraphQLNonNull(PAGE_INFO) },
      totalCount: { type: new GraphQLNonNull(GraphQLInt) },
    },
  });
}

function aggregateFields(
  object: ObjectModel,
  model: OrgModel,
  node: (parent: ObjectModel) => GraphQLObjectType,
): GraphQLFieldConfigMap<AggregateNode, unknown> {
  const fields: GraphQLFieldConfigMap<AggregateNode, unknown> = {};
  for (const field of object.fields.values()) {
    const kind = valueKind(model, field);
    const type = aggregateValueType(familyOf(kind));
    if (!type) continue;
    fields[field.name] = {
      type,
      extensions: { meaning: { kind: 'field', object, field } satisfies FieldMeaning },
      resolve: ({ row, path }) => ({ row, path: [...path, field.name], field, kind }),
    };
    const parent = parentOf(field, model);
    if (!parent || !field.reference) continue;
    const { parentName } = field.reference;
    fields[parentName] = {
      type: node(parent),
      extensions: { meaning: { kind: 'parent', object, field, parent } satisfies FieldMeaning },
      resolve: ({ row, path }) => ({ row, path: [...path, parentName] }),
    };
  }
  return fields;
}

function inputFields(
  object: ObjectModel,
  model: OrgModel,
  clause: (family: Family, isReference: boolean) => GraphQLInputObjectType | null,
  below: (parent: ObjectModel) => GraphQLInputObjectType,
): GraphQLInputFieldConfigMap {
  const fields: GraphQLInputFieldConfigMap = {};
  for (const field of object.fields.values()) {
    const family = familyOf(valueKind(model, field));
    const type = family && clause(family, field.reference !== null);
    if (type) fields[field.name] = { type };
    const parent = parentOf(field, model);
    if (parent && field.reference) fields[field.reference.parentName] = { type: below(parent) };
  }
  return fields;
}

function groupClause(family: Family): GraphQLInputObjectType | null {
  if (family === 'Date' || family === 'DateTime') return GROUP_BY_DATE_FUNCTION;
  return isGroupable(family) ? GROUP_BY_CLAUSE : null;
}

function orderClauseOf(family: Family, isReference: boolean): GraphQLInputObjectType | null {
  if (aggregateValueType(family) === null) return null;
  if (family === 'Boolean' || isReference) return PLAIN_ORDER;
  return NUMBERS.includes(family) ? NUMBER_ORDER : STRING_ORDER;
}
