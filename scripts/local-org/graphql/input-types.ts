// Filters and orders of each object, generated from the model.
import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLString,
  type GraphQLInputFieldConfig,
} from 'graphql';
import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { valueKind } from '../formula/formula-type.ts';
import { familyOf, operatorsType, type Family } from './value-types.ts';

export const RESULT_ORDER = new GraphQLEnumType({ name: 'ResultOrder', values: { ASC: {}, DESC: {} } });
export const NULL_ORDER = new GraphQLEnumType({ name: 'NullOrder', values: { FIRST: {}, LAST: {} } });
const ORDER_CLAUSE = new GraphQLInputObjectType({
  name: 'OrderByClause',
  fields: { order: { type: RESULT_ORDER }, nulls: { type: NULL_ORDER } },
});

export interface InputTypes {
  filter(object: ObjectModel): GraphQLInputObjectType;
  orderBy(object: ObjectModel): GraphQLInputObjectType;
}

/** Input types of a model, each made once. Field extensions name the field or the parent they stand for. */
export function createInputTypes(model: OrgModel): InputTypes {
  const operators = new Map<Family, GraphQLInputObjectType>();
  const filters = new Map<string, GraphQLInputObjectType>();
  const orders = new Map<string, GraphQLInputObjectType>();

  // `{ Child__c: { …filter }, ApiName: "Pilot__c" }`: rows of another object and the field that holds the id.
  const join = once(
    () =>
      new GraphQLInputObjectType({
        name: 'JoinInput',
        fields: () => ({
          ApiName: { type: GraphQLString },
          ...Object.fromEntries(
            [...model.objects.values()].map((object) => [object.name, { type: types.filter(object) }]),
          ),
        }),
      }),
  );
  const operatorsOf = (family: Family) => remember(operators, family, () => operatorsType(family, join));
  const parents = (object: ObjectModel, make: (parent: ObjectModel) => GraphQLInputObjectType) =>
    [...object.fields.values()].flatMap((field): [string, GraphQLInputFieldConfig][] => {
      const parent = parentOf(field, model);
      return parent && field.reference
        ? [[field.reference.parentName, { type: make(parent), extensions: { reference: field } }]]
        : [];
    });
  const own = (
    object: ObjectModel,
    isFit: (family: Family) => boolean,
    make: (family: Family) => GraphQLInputObjectType,
  ) =>
    [...object.fields.values()].flatMap((field): [string, GraphQLInputFieldConfig][] => {
      const family = familyOf(valueKind(model, field));
      return family && isFit(family) ? [[field.name, { type: make(family), extensions: { field } }]] : [];
    });

  const types: InputTypes = {
    filter: (object) =>
      remember(filters, object.name, () => {
        const type: GraphQLInputObjectType = new GraphQLInputObjectType({
          name: `${object.name}_Filter`,
          extensions: { object },
          fields: () => ({
            ...Object.fromEntries(own(object, (family) => family !== 'LongTextArea', operatorsOf)),
            ...Object.fromEntries(parents(object, types.filter)),
            and: { type: new GraphQLList(type) },
            or: { type: new GraphQLList(type) },
            not: { type },
          }),
        });
        return type;
      }),
    orderBy: (object) =>
      remember(
        orders,
        object.name,
        () =>
          new GraphQLInputObjectType({
            name: `${object.name}_OrderBy`,
            extensions: { object },
            fields: () => ({
              ...Object.fromEntries(
                own(
                  object,
                  (family) => family !== 'LongTextArea' && family !== 'MultiPicklist',
                  () => ORDER_CLAUSE,
                ),
              ),
              ...Object.fromEntries(parents(object, types.orderBy)),
            }),
          }),
      ),
  };
  return types;
}

/** The object behind a relationship; of owners the user, none for other polymorphic fields. */
export function parentOf({ reference }: FieldModel, model: OrgModel): ObjectModel | undefined {
  const targets = reference?.to ?? [];
  const target = targets.includes('User') ? 'User' : targets.length === 1 ? targets[0] : undefined;
  return target === undefined ? undefined : model.objects.get(target);
}

/** The value kept for a key, made when it is first asked for. */
export function remember<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
