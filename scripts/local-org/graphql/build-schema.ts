import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLObjectType,
  GraphQLSchema,
  specifiedDirectives,
  type GraphQLFieldConfig,
} from 'graphql';
import type { ObjectModel, OrgModel } from '../../metadata/model.ts';
import type { QueryContext } from '../soql/query-context.ts';
import { createInputTypes, type InputTypes } from './input-types.ts';
import { mutationType, type MutationState } from './mutation-types.ts';
import { connectionArguments, createNodeTypes, type FieldMeaning, type NodeTypes } from './node-types.ts';
import { readConnection, type ConnectionArguments } from './read-connection.ts';
import { connectionSelection } from './read-selection.ts';

/** What resolvers get besides their arguments. */
export interface GraphqlContext {
  readonly query: QueryContext;
  readonly mutation: MutationState | null;
}

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
  const uiapi = new GraphQLObjectType({
    name: 'UIAPI',
    fields: { query: { type: records, resolve: () => ({}) } },
  });
  return new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { uiapi: { type: uiapi, resolve: () => ({}) } } }),
    mutation: mutationType(objects, model, nodes),
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
