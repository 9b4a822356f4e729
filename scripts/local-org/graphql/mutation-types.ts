// Create, update and delete of each object, chained by `@{alias}`.
// https://developer.salesforce.com/docs/platform/graphql/guide/mutations-use.html, …/mutations-references.md
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLFieldConfig,
  type GraphQLInputFieldConfig,
  type GraphQLResolveInfo,
} from 'graphql';
import type { ObjectModel, OrgModel } from '../../metadata/model.ts';
import { valueKind } from '../formula/formula-type.ts';
import type { GraphqlContext, MutationState } from './graphql-context.ts';
import { TypedGraphqlError } from './graphql-error.ts';
import type { NodeTypes } from './node-types.ts';
import type { NodeRecord } from './read-connection.ts';
import { readRecord } from './read-record.ts';
import { recordSelection } from './read-selection.ts';
import type { SaveStep } from './save-port.ts';
import { familyOf, ID_OR_REF, scalarType } from './value-types.ts';

type Fields = Readonly<Record<string, unknown>>;
type Field = GraphQLFieldConfig<unknown, GraphqlContext>;

const UIAPI_INPUT = new GraphQLInputObjectType({
  name: 'UIAPIMutationsInput',
  fields: { allOrNone: { type: GraphQLBoolean, defaultValue: true } },
});
const DELETE_INPUT = new GraphQLInputObjectType({
  name: 'RecordDeleteInput',
  fields: { Id: { type: new GraphQLNonNull(ID_OR_REF) } },
});
const DELETE_PAYLOAD = new GraphQLObjectType({
  name: 'RecordDeletePayload',
  fields: { Id: { type: GraphQLID } },
});

export function mutationType(
  objects: readonly ObjectModel[],
  model: OrgModel,
  nodes: NodeTypes,
): GraphQLObjectType {
  // An input type without fields is no valid schema: what nobody may set has no operation.
  const isSettable = (object: ObjectModel, operation: 'Create' | 'Update'): boolean =>
    writableFields(object, model, operation).length > 0;
  const operations = objects.flatMap((object): [string, Field][] => [
    ...(isSettable(object, 'Create')
      ? [[`${object.name}Create`, createField(object, model, nodes)] as [string, Field]]
      : []),
    ...(isSettable(object, 'Update')
      ? [[`${object.name}Update`, updateField(object, model, nodes)] as [string, Field]]
      : []),
    [`${object.name}Delete`, deleteField(object)],
  ]);
  const uiapi = new GraphQLObjectType({ name: 'UIAPIMutations', fields: Object.fromEntries(operations) });
  return new GraphQLObjectType({
    name: 'Mutation',
    fields: {
      uiapi: {
        type: new GraphQLNonNull(uiapi),
        args: { input: { type: UIAPI_INPUT } },
        resolve: (_, { input }: { input?: { allOrNone?: boolean } }, { mutation }: GraphqlContext) => {
          if (mutation) mutation.allOrNone = input?.allOrNone ?? true;
          return {};
        },
      },
    },
  });
}

function writableFields(
  object: ObjectModel,
  model: OrgModel,
  operation: 'Create' | 'Update',
): [string, GraphQLInputFieldConfig][] {
  return [...object.fields.values()].flatMap((field): [string, GraphQLInputFieldConfig][] => {
    const family = familyOf(valueKind(model, field));
    if (!family || field.name === 'Id' || field.formula || field.rollUp) return [];
    const isWritable = operation === 'Create' ? field.isCreateable : field.isUpdateable;
    return isWritable ? [[field.name, { type: field.reference ? ID_OR_REF : scalarType(family) }]] : [];
  });
}

function representation(
  object: ObjectModel,
  model: OrgModel,
  operation: 'Create' | 'Update',
): GraphQLInputObjectType {
  return new GraphQLInputObjectType({
    name: `${object.name}${operation}Representation`,
    fields: Object.fromEntries(writableFields(object, model, operation)),
  });
}

function createField(object: ObjectModel, model: OrgModel, nodes: NodeTypes): Field {
  const input = new GraphQLInputObjectType({
    name: `${object.name}CreateInput`,
    fields: { [object.name]: { type: new GraphQLNonNull(representation(object, model, 'Create')) } },
  });
  return {
    type: new GraphQLObjectType({
      name: `${object.name}CreatePayload`,
      fields: () => ({ Record: { type: nodes.node(object) } }),
    }),
    args: { input: { type: new GraphQLNonNull(input) } },
    resolve: (_, { input: given }: { input: Record<string, Fields> }, context, info) => {
      const fields = resolveReferences(given[object.name] ?? {}, stateOf(context));
      const id = save({ operation: 'create', object, fields }, context, info);
      return { Record: readSaved(id, object, context, info) };
    },
  };
}

function updateField(object: ObjectModel, model: OrgModel, nodes: NodeTypes): Field {
  const input = new GraphQLInputObjectType({
    name: `${object.name}UpdateInput`,
    fields: {
      Id: { type: new GraphQLNonNull(ID_OR_REF) },
      [object.name]: { type: new GraphQLNonNull(representation(object, model, 'Update')) },
    },
  });
  // The guide knows `success` only, the schema in use also `Record`: both are answered.
  const payload = new GraphQLObjectType({
    name: `${object.name}UpdatePayload`,
    fields: () => ({ success: { type: GraphQLBoolean }, Record: { type: nodes.node(object) } }),
  });
  return {
    type: payload,
    args: { input: { type: new GraphQLNonNull(input) } },
    resolve: (
      _,
      { input: { Id, ...given } }: { input: { Id: string } & Record<string, Fields | string> },
      context,
      info,
    ) => {
      const state = stateOf(context);
      const fields = resolveReferences((given[object.name] ?? {}) as Fields, state);
      const id = save(
        { operation: 'update', object, id: resolveReference(Id, state), fields },
        context,
        info,
      );
      return { success: true, Record: readSaved(id, object, context, info) };
    },
  };
}

const deleteField = (object: ObjectModel): Field => ({
  type: DELETE_PAYLOAD,
  args: { input: { type: new GraphQLNonNull(DELETE_INPUT) } },
  resolve: (_, { input }: { input: { Id: string } }, context, info) => ({
    Id: save(
      { operation: 'delete', object, id: resolveReference(input.Id, stateOf(context)) },
      context,
      info,
    ),
  }),
});

function stateOf({ mutation }: GraphqlContext): MutationState {
  if (!mutation) throw new TypedGraphqlError('OperationNotSupported', 'Mutations are not available here');
  if (mutation.allOrNone && mutation.hasFailed) {
    throw new TypedGraphqlError(
      'ExecutionAborted',
      'The operation was not run because an earlier one failed and allOrNone is true',
    );
  }
  return mutation;
}

function save(step: SaveStep, { mutation }: GraphqlContext, { path }: GraphQLResolveInfo): string {
  if (!mutation) throw new TypedGraphqlError('OperationNotSupported', 'Mutations are not available here');
  const outcome = mutation.port.save(step);
  if ('errors' in outcome) {
    mutation.hasFailed = true;
    throw new TypedGraphqlError(
      'DataFetchingException',
      outcome.errors.map(({ message }) => message).join('\n'),
    );
  }
  mutation.done.set(String(path.key), { operation: step.operation, id: outcome.id, object: step.object });
  return outcome.id;
}

const resolveReferences = (fields: Fields, state: MutationState): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? resolveReference(value, state) : value,
    ]),
  );

// `@{alias}` and `@{alias.Record.Id}` stand for the id of an earlier create or delete.
function resolveReference(value: string, state: MutationState): string {
  const [, alias, rest] = /^@\{(\w+)((?:\.\w+)*)\}$/.exec(value) ?? [];
  if (alias === undefined) return value;
  const earlier = state.done.get(alias);
  if (!earlier || earlier.operation === 'update') {
    state.hasFailed = true;
    throw new TypedGraphqlError(
      'DataFetchingException',
      `${value} does not refer to an earlier create or delete of this request`,
    );
  }
  if (rest && rest !== '.Record.Id') {
    state.hasFailed = true;
    throw new TypedGraphqlError(
      'OperationNotSupported',
      `The local org does not answer the reference ${value}`,
    );
  }
  return earlier.id;
}

/** The saved record with the fields asked for; other records cannot be reached from it. */
function readSaved(
  id: string,
  object: ObjectModel,
  { query }: GraphqlContext,
  info: GraphQLResolveInfo,
): NodeRecord | null {
  const payload = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  const records = payload.flatMap((node) =>
    node.kind === 'Field' && node.name.value === 'Record' ? [node] : [],
  );
  if (records.length === 0) return null;
  const type = info.schema.getType(object.name) as GraphQLObjectType;
  const { paths, children } = recordSelection(records, type, object, info, true);
  const beyond = paths.find((path) => path.length > 1)?.[0] ?? children[0]?.key;
  if (beyond)
    throw new TypedGraphqlError(
      'OperationNotSupported',
      `${beyond} is not currently available in mutation results`,
    );
  return readRecord(id, object, paths, query);
}
