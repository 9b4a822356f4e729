// The selection of a GraphQL operation as what to read from the store.
import {
  getDirectiveValues,
  getNamedType,
  getArgumentValues,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionSetNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
} from 'graphql';
import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { TypedGraphqlError } from './graphql-error.ts';
import { meaningOf } from './node-types.ts';
import type { ConnectionArguments, ConnectionSelection, RecordSelection } from './read-connection.ts';

/** What reading a selection needs of the operation. */
export type SelectionInfo = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues' | 'schema'>;

/** What a connection field of the answer asks for, children included (one level, as the wire adapter allows). */
export function connectionSelection(
  nodes: readonly FieldNode[],
  args: ConnectionArguments,
  object: ObjectModel,
  info: SelectionInfo,
  foreignKey: FieldModel | null = null,
): ConnectionSelection {
  const fields = nodes.flatMap((node) => fieldsOf(node.selectionSet, info));
  const named = (name: string, from: readonly FieldNode[]) =>
    from.filter((field) => field.name.value === name);
  const edges = named('edges', fields).flatMap((edge) => fieldsOf(edge.selectionSet, info));
  const recordNodes = named('node', edges);
  const type = info.schema.getType(object.name) as GraphQLObjectType;
  const [first] = nodes as [FieldNode];
  return {
    key: (first.alias ?? first.name).value,
    args,
    wantsTotal: named('totalCount', fields).length > 0,
    record: recordSelection(recordNodes, type, object, info, foreignKey === null),
    foreignKey,
  };
}

/** Fields, parents and children asked of a record. */
export function recordSelection(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  object: ObjectModel,
  info: SelectionInfo,
  mayHaveChildren: boolean,
): RecordSelection {
  const paths = new Map<string, readonly string[]>();
  const children: ConnectionSelection[] = [];
  const walk = (
    from: readonly FieldNode[],
    recordType: GraphQLObjectType,
    prefix: readonly string[],
  ): void => {
    const byKey = Map.groupBy(
      from.flatMap((node) => fieldsOf(node.selectionSet, info)),
      (field) => (field.alias ?? field.name).value,
    );
    for (const same of byKey.values()) {
      const [field] = same as [FieldNode];
      const definition = recordType.getFields()[field.name.value];
      const meaning = definition && meaningOf(definition.extensions);
      if (meaning?.kind === 'field')
        paths.set([...prefix, meaning.field.name].join('.'), [...prefix, meaning.field.name]);
      if (meaning?.kind === 'parent') {
        const named = getNamedType(definition?.type);
        const steps = [...prefix, meaning.field.reference?.parentName ?? ''];
        // The parent's id tells that it exists, even when nothing but ApiName is asked of it.
        paths.set([...steps, 'Id'].join('.'), [...steps, 'Id']);
        if (isObjectType(named)) walk(same, named, steps);
      }
      if (meaning?.kind === 'children' && definition) {
        if (!mayHaveChildren || prefix.length > 0) throw tooDeep(field.name.value);
        children.push(
          connectionSelection(
            same,
            getArgumentValues(definition, field, info.variableValues),
            meaning.child,
            info,
            meaning.field,
          ),
        );
      }
    }
  };
  walk(nodes, type, []);
  return { object, paths: [...paths.values()], children };
}

// https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-relationships.html
const tooDeep = (name: string) =>
  new TypedGraphqlError(
    'OperationNotSupported',
    `${name}: only one level of child relationships is supported`,
  );

/** The fields of a selection, fragments opened and @skip and @include obeyed. */
export function fieldsOf(selections: SelectionSetNode | undefined, info: SelectionInfo): FieldNode[] {
  return (selections?.selections ?? []).flatMap((selection): FieldNode[] => {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
    if (skip?.['if'] === true || include?.['if'] === false) return [];
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, info);
    const fragment: FragmentDefinitionNode | undefined = info.fragments[selection.name.value];
    return fieldsOf(fragment?.selectionSet, info);
  });
}
