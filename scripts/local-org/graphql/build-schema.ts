import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  specifiedDirectives,
  type GraphQLFieldConfig,
} from 'graphql';
import type { ObjectModel, OrgModel } from '../../metadata/model.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { createInputTypes, type InputTypes } from './input-types.ts';
import { mutationType } from './mutation-types.ts';
import { connectionArguments, createNodeTypes, type FieldMeaning, type NodeTypes } from './node-types.ts';
import { createAggregateTypes } from './aggregate-types.ts';
import { FIELD_TYPES, OBJECT_INFOS } from './object-info-types.ts';
import { readAggregate, type AggregateArguments } from './read-aggregate.ts';
import { readConnection, type ConnectionArguments } from './read-connection.ts';
import { readRecord } from './read-record.ts';
import { connectionSelection, recordSelection } from './read-selection.ts';

/** Drops a field the viewer may not see instead of failing (since API 65). */
export const OPTIONAL_DIRECTIVE = new GraphQLDirective({
  name: 'optional',
  locations: [DirectiveLocation.FIELD],
});

const schemas = new WeakMap<OrgModel, GraphQLSchema>();

/** The GraphQL schema of a model, generated once. Custom metadata types are not part of it (no evidence that UI API serves them). */
export function schemaOf(model: OrgModel): GraphQLSchema {
  const known = schemas.get(model) ?? build(model);
  schemas.set(model, known);
  return known;
}

function build(model: OrgModel): GraphQLSchema {
  const objects = [...model.objects.values()].filter(({ kind }) => kind !== 'customMetadata');
  const inputs = createInputTypes(model);
  const nodes = createNodeTypes(model, inputs);
  const records = new GraphQLObjectType({
    name: 'RecordQuery',
    fields: Object.fromEntries(objects.map((object) => [object.name, recordsField(object, inputs, nodes)])),
  });
  const aggregates = createAggregateTypes(model, inputs);
  const aggregate = new GraphQLObjectType({
    name: 'RecordQueryAggregate',
    fields: Object.fromEntries(objects.map((object) => [object.name, aggregateField(object, aggregates)])),
  });
  const uiapi = new GraphQLObjectType({
    name: 'UIAPI',
    fields: {
      query: { type: records, resolve: () => ({}) },
      aggregate: { type: new GraphQLNonNull(aggregate), resolve: () => ({}) },
      objectInfos: OBJECT_INFOS,
      ...currentUserField(model, nodes),
    },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { uiapi: { type: uiapi, resolve: () => ({}) } } }),
    mutation: mutationType(objects, model, nodes),
    types: FIELD_TYPES,
    directives: [...specifiedDirectives, OPTIONAL_DIRECTIVE],
  });
}

function recordsField(
  object: ObjectModel,
  inputs: InputTypes,
  nodes: NodeTypes,
): GraphQLFieldConfig<unknown, GraphqlContext> {
  return {
    type: nodes.connection(object),
    args: connectionArguments(object, inputs),
    extensions: { meaning: { kind: 'records', object } satisfies FieldMeaning },
    resolve: (_, args, { query }, info) =>
      readConnection(connectionSelection(info.fieldNodes, args as ConnectionArguments, object, info), query),
  };
}

const aggregateField = (
  object: ObjectModel,
  aggregates: ReturnType<typeof createAggregateTypes>,
): GraphQLFieldConfig<unknown, GraphqlContext> => ({
  type: aggregates.connection(object),
  args: aggregates.arguments(object),
  extensions: { meaning: { kind: 'records', object } satisfies FieldMeaning },
  resolve: (_, args, { query }, info) => {
    const type = info.schema.getType(`${object.name}Aggregate`) as GraphQLObjectType;
    return readAggregate(info.fieldNodes, args as AggregateArguments, object, type, info, query);
  },
});

/** https://developer.salesforce.com/docs/platform/graphql/guide/query-current-user-record.md */
function currentUserField(
  model: OrgModel,
  nodes: NodeTypes,
): Record<string, GraphQLFieldConfig<unknown, GraphqlContext>> {
  const object = model.objects.get('User');
  if (!object) return {};
  const type = nodes.node(object);
  return {
    currentUser: {
      type,
      extensions: { meaning: { kind: 'records', object } satisfies FieldMeaning },
      resolve: (_, __, { query }, info) => {
        const { paths } = recordSelection(info.fieldNodes, type, object, info, false);
        return readRecord(query.viewer.userId, object, paths, query);
      },
    },
  };
}
