// What a user's schema would say: fields the caller may not see do not exist for it. A field marked @optional is then
// left out, any other fails the whole request before it runs.
import {
  GraphQLError,
  TypeInfo,
  parse,
  specifiedRules,
  validate,
  visit,
  visitWithTypeInfo,
  FieldsOnCorrectTypeRule,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
  type ValidationContext,
} from 'graphql';
import type { AccessView } from '../security/access-view.ts';
import { OPTIONAL_DIRECTIVE } from './build-schema.ts';
import { meaningOf } from './node-types.ts';

/** https://developer.salesforce.com/docs/platform/graphql/guide/query-limits.html */
const MAX_SUBQUERIES = 10;
const MAX_DEPTH = 40;

export interface PreparedDocument {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

export function prepareDocument(
  document: DocumentNode,
  schema: GraphQLSchema,
  access: AccessView,
): PreparedDocument {
  const pruned = withoutHiddenOptional(document, schema, access);
  // Dropping a field may leave a variable or fragment unused, which is no mistake of the caller.
  const replaced = [FieldsOnCorrectTypeRule, NoUnusedFragmentsRule, NoUnusedVariablesRule];
  const rules = specifiedRules.filter((rule) => !(replaced as readonly unknown[]).includes(rule));
  const errors = validate(schema, pruned, [...rules, visibleFields(access), subqueryLimit, depthLimit]);
  return { document: pruned, errors };
}

// Stands for a dropped field, so that a selection of nothing but hidden fields is still one.
const [NOTHING] = (parse('{ __typename @skip(if: true) }').definitions[0] as OperationDefinitionNode)
  .selectionSet.selections;

function withoutHiddenOptional(
  document: DocumentNode,
  schema: GraphQLSchema,
  access: AccessView,
): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const isOptional =
          node.directives?.some(({ name }) => name.value === OPTIONAL_DIRECTIVE.name) ?? false;
        const isHidden = isOptional && types.getParentType() && !isVisible(types.getFieldDef(), access);
        return isHidden ? NOTHING : undefined;
      },
    }),
  );
}

function isVisible(
  definition: GraphQLField<unknown, unknown> | null | undefined,
  access: AccessView,
): boolean {
  if (!definition) return false;
  const meaning = meaningOf(definition.extensions);
  switch (meaning?.kind) {
    case undefined:
      return true;
    case 'records':
      return access.canRead(meaning.object.name);
    case 'field':
      return access.canReadField(meaning.object.name, meaning.field.name);
    case 'parent':
      return (
        access.canReadField(meaning.object.name, meaning.field.name) && access.canRead(meaning.parent.name)
      );
    case 'children':
      return (
        access.canRead(meaning.child.name) && access.canReadField(meaning.child.name, meaning.field.name)
      );
  }
}

const visibleFields =
  (access: AccessView) =>
  (context: ValidationContext): ASTVisitor => ({
    Field(node) {
      const parent = context.getParentType();
      if (!parent || isVisible(context.getFieldDef(), access)) return;
      context.reportError(
        new GraphQLError(`Field '${node.name.value}' in type '${parent.name}' is undefined`, { nodes: node }),
      );
    },
  });

// Each records field and each child relationship is a subquery.
function subqueryLimit(context: ValidationContext): ASTVisitor {
  let count = 0;
  return {
    Field(node: FieldNode) {
      const definition = context.getFieldDef();
      const kind = definition && meaningOf(definition.extensions)?.kind;
      if (kind !== 'records' && kind !== 'children') return;
      count += 1;
      if (count === MAX_SUBQUERIES + 1) {
        context.reportError(
          new GraphQLError(`A request may hold at most ${MAX_SUBQUERIES} subqueries`, { nodes: node }),
        );
      }
    },
  };
}

function depthLimit(context: ValidationContext): ASTVisitor {
  let depth = 0;
  return {
    SelectionSet: {
      enter(node) {
        depth += 1;
        if (depth === MAX_DEPTH + 1)
          context.reportError(
            new GraphQLError(`The request is nested deeper than ${MAX_DEPTH} levels`, { nodes: node }),
          );
      },
      leave() {
        depth -= 1;
      },
    },
  };
}
