// Output types: records, their connections, their parents and one level of children.
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfig,
} from 'graphql';
import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { valueKind } from '../formula/formula-type.ts';
import { childReferences } from '../model-index.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { parentOf, type InputTypes } from './input-types.ts';
import type { Connection, NodeRecord } from './read-connection.ts';
import { valueOf } from './field-value.ts';
import { familyOf, valueType } from './value-types.ts';

/** What a field of a record type stands for, read by the access rule and when a selection becomes a query. */
export type FieldMeaning =
  | { readonly kind: 'field'; readonly object: ObjectModel; readonly field: FieldModel }
  | {
      readonly kind: 'parent';
      readonly object: ObjectModel;
      readonly field: FieldModel;
      readonly parent: ObjectModel;
    }
  | {
      readonly kind: 'children';
      readonly object: ObjectModel;
      readonly field: FieldModel;
      readonly child: ObjectModel;
    }
  | { readonly kind: 'records'; readonly object: ObjectModel };

export const PAGE_INFO = new GraphQLObjectType({
  name: 'PageInfo',
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    startCursor: { type: GraphQLString },
    endCursor: { type: GraphQLString },
  },
});

export interface NodeTypes {
  node(object: ObjectModel): GraphQLObjectType;
  connection(object: ObjectModel): GraphQLObjectType;
}

export const meaningOf = (extensions: unknown): FieldMeaning | null =>
  (extensions as { meaning?: FieldMeaning }).meaning ?? null;

export function createNodeTypes(model: OrgModel, inputs: InputTypes): NodeTypes {
  const nodes = new Map<string, GraphQLObjectType>();
  const connections = new Map<string, GraphQLObjectType>();
  const types: NodeTypes = {
    node(object) {
      const known = nodes.get(object.name);
      if (known) return known;
      const type = new GraphQLObjectType({
        name: object.name,
        fields: () => recordFields(object, model, inputs, types),
      });
      nodes.set(object.name, type);
      return type;
    },
    connection(object) {
      const known = connections.get(object.name);
      if (known) return known;
      const type = connectionType(object, types);
      connections.set(object.name, type);
      return type;
    },
  };
  return types;
}

function connectionType(object: ObjectModel, types: NodeTypes): GraphQLObjectType {
  return new GraphQLObjectType<Connection>({
    name: `${object.name}Connection`,
    fields: () => ({
      edges: {
        type: new GraphQLList(
          new GraphQLObjectType({
            name: `${object.name}Edge`,
            fields: {
              cursor: { type: new GraphQLNonNull(GraphQLString) },
              node: { type: types.node(object) },
            },
          }),
        ),
      },
      pageInfo: { type: new GraphQLNonNull(PAGE_INFO) },
      totalCount: { type: new GraphQLNonNull(GraphQLInt) },
      pageResultCount: { type: new GraphQLNonNull(GraphQLInt) },
    }),
  });
}

type Fields = Record<string, GraphQLFieldConfig<NodeRecord, GraphqlContext>>;

function recordFields(object: ObjectModel, model: OrgModel, inputs: InputTypes, types: NodeTypes): Fields {
  const fields: Fields = {
    Id: { type: new GraphQLNonNull(GraphQLID), resolve: ({ id }) => id },
    ApiName: { type: new GraphQLNonNull(GraphQLString), resolve: () => object.name },
  };
  for (const field of object.fields.values()) {
    const kind = valueKind(model, field);
    const family = familyOf(kind);
    if (!family || field.name === 'Id') continue;
    fields[field.name] = {
      type: valueType(family),
      extensions: { meaning: { kind: 'field', object, field } satisfies FieldMeaning },
      resolve: ({ values }, _, { query }) =>
        valueOf(values.get(field.name) ?? null, kind, field, query.viewer.timeZone),
    };
    const parent = parentOf(field, model);
    if (!parent || !field.reference) continue;
    const { parentName } = field.reference;
    fields[parentName] = {
      type: types.node(parent),
      extensions: { meaning: { kind: 'parent', object, field, parent } satisfies FieldMeaning },
      resolve: ({ parents }) => parents.get(parentName) ?? null,
    };
  }
  for (const { object: child, field } of childReferences(model, object.name)) {
    const childName = field.reference?.childName;
    if (!childName) continue;
    fields[childName] = {
      type: types.connection(child),
      args: connectionArguments(child, inputs),
      extensions: { meaning: { kind: 'children', object, field, child } satisfies FieldMeaning },
      resolve: ({ children }, _, __, { path }) => children.get(String(path.key)) ?? null,
    };
  }
  return fields;
}

export const connectionArguments = (object: ObjectModel, inputs: InputTypes) => ({
  first: { type: GraphQLInt },
  after: { type: GraphQLString },
  where: { type: inputs.filter(object) },
  orderBy: { type: inputs.orderBy(object) },
  upperBound: { type: GraphQLInt },
  scope: { type: GraphQLString },
});
