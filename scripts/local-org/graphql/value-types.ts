// Types of field values and the operators that filter them, named as a real org names them
// (schema of an org in forcedotcom/sf-skills, samples/ui-bundle-template-app-react-sample-b2x, graphql-operations-types.ts).
import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLString,
  type GraphQLInputType,
} from 'graphql';
import type { FieldKind } from '../../metadata/model.ts';
import { dateFunctionsOf } from './date-functions.ts';

const scalar = (name: string) => new GraphQLScalarType({ name });

export const ID_OR_REF = scalar('IdOrRef');
const DOUBLE = new GraphQLScalarType({ ...GraphQLFloat.toConfig(), name: 'Double' });

type Family =
  | 'String'
  | 'Double'
  | 'Currency'
  | 'Percent'
  | 'Boolean'
  | 'Date'
  | 'DateTime'
  | 'Picklist'
  | 'MultiPicklist'
  | 'TextArea'
  | 'LongTextArea'
  | 'EmailAddress'
  | 'PhoneNumber'
  | 'Url'
  | 'ID';

const FAMILIES: Readonly<Partial<Record<FieldKind, Family>>> = {
  Id: 'ID',
  Lookup: 'ID',
  MasterDetail: 'ID',
  MetadataRelationship: 'ID',
  Text: 'String',
  AutoNumber: 'String',
  TextArea: 'TextArea',
  LongTextArea: 'LongTextArea',
  Html: 'LongTextArea',
  Url: 'Url',
  Email: 'EmailAddress',
  Phone: 'PhoneNumber',
  Number: 'Double',
  Summary: 'Double',
  Currency: 'Currency',
  Percent: 'Percent',
  Checkbox: 'Boolean',
  Date: 'Date',
  DateTime: 'DateTime',
  Picklist: 'Picklist',
  MultiselectPicklist: 'MultiPicklist',
};

const SCALARS: Readonly<Record<Family, GraphQLScalarType>> = {
  String: GraphQLString,
  Boolean: GraphQLBoolean,
  ID: GraphQLID,
  Double: DOUBLE,
  Currency: scalar('Currency'),
  Percent: scalar('Percent'),
  Date: scalar('Date'),
  DateTime: scalar('DateTime'),
  Picklist: scalar('Picklist'),
  MultiPicklist: scalar('MultiPicklist'),
  TextArea: scalar('TextArea'),
  LongTextArea: scalar('LongTextArea'),
  EmailAddress: scalar('EmailAddress'),
  PhoneNumber: scalar('PhoneNumber'),
  Url: scalar('Url'),
};

/** The family of a kind of value; null for kinds the API does not serve (time of day). */
export const familyOf = (kind: FieldKind): Family | null => FAMILIES[kind] ?? null;

const build = <T>(make: (family: Family) => T): Readonly<Record<Family, T>> =>
  Object.fromEntries((Object.keys(SCALARS) as Family[]).map((family) => [family, make(family)])) as Record<
    Family,
    T
  >;

const VALUES = build((family) => {
  const hasLabel = family === 'Picklist' || family === 'MultiPicklist';
  const hasFormat = family === 'Date' || family === 'DateTime' || family === 'Currency';
  return new GraphQLObjectType({
    name: family === 'ID' ? 'IDValue' : `${family}Value`,
    fields: {
      value: { type: SCALARS[family] },
      displayValue: { type: GraphQLString },
      ...(hasLabel ? { label: { type: GraphQLString } } : {}),
      ...(hasFormat ? { format: { type: GraphQLString } } : {}),
    },
  });
});

const LONG = new GraphQLScalarType({ ...GraphQLFloat.toConfig(), name: 'Long' });
/** Of counts and parts of dates. */
export const LONG_VALUE = new GraphQLObjectType({
  name: 'LongValue',
  fields: { value: { type: LONG }, displayValue: { type: GraphQLString } },
});
export const DOUBLE_VALUE = VALUES.Double;
export const DATE_VALUE = VALUES.Date;

/** `{ value displayValue … }` of a field. */
export const valueType = (family: Family): GraphQLObjectType => VALUES[family];
export const scalarType = (family: Family): GraphQLScalarType => SCALARS[family];

const UNITS = ['days', 'weeks', 'months', 'quarters', 'years', 'fiscal_quarters', 'fiscal_years'];
const LITERALS = [
  'YESTERDAY',
  'TODAY',
  'TOMORROW',
  'LAST_90_DAYS',
  'NEXT_90_DAYS',
  ...['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR'].flatMap((unit) =>
    ['LAST', 'THIS', 'NEXT'].map((which) => `${which}_${unit}`),
  ),
];
const DATE_LITERAL = new GraphQLEnumType({
  name: 'DateLiteral',
  values: Object.fromEntries(LITERALS.map((literal) => [literal, {}])),
});
const DATE_RANGE = new GraphQLInputObjectType({
  name: 'DateRange',
  fields: Object.fromEntries(
    UNITS.flatMap((unit) => [`last_n_${unit}`, `next_n_${unit}`, `n_${unit}_ago`]).map((range) => [
      range,
      { type: GraphQLInt },
    ]),
  ),
});
const momentInput = (family: 'Date' | 'DateTime') =>
  new GraphQLInputObjectType({
    name: `${family}Input`,
    fields: {
      value: { type: SCALARS[family] },
      literal: { type: DATE_LITERAL },
      range: { type: DATE_RANGE },
    },
  });
const OPERANDS: Readonly<Partial<Record<Family, GraphQLInputType>>> = {
  Date: momentInput('Date'),
  DateTime: momentInput('DateTime'),
};

const COMPARED = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'];
const entries = (names: readonly string[], type: GraphQLInputType) =>
  Object.fromEntries(names.map((name) => [name, { type }]));
const comparisons = (operand: GraphQLInputType) => ({
  ...entries(COMPARED, operand),
  ...entries(['in', 'nin'], new GraphQLList(operand)),
});
/** `CALENDAR_YEAR: { value: { eq: 2026 } }`, or `convertTimezoneValue` for the calendar of the viewer. */
const functionInput = (name: string, operand: GraphQLInputType, of: string) => {
  const operators = new GraphQLInputObjectType({ name: `${of}Operators`, fields: comparisons(operand) });
  return new GraphQLInputObjectType({ name, fields: entries(['value', 'convertTimezoneValue'], operators) });
};
const DATE_FUNCTION_INPUT = functionInput('DateFunctionInput', LONG, 'Long');
const DATE_TIME_FUNCTION_INPUT = functionInput('DateTimeFunctionInput', SCALARS.Date, 'DatePrimitive');
const dateFunctions = (family: Family) => ({
  ...entries(
    dateFunctionsOf(family).filter((name) => name !== 'DAY_ONLY'),
    DATE_FUNCTION_INPUT,
  ),
  ...(family === 'DateTime' ? { DAY_ONLY: { type: DATE_TIME_FUNCTION_INPUT } } : {}),
});

const PATTERNED: readonly Family[] = ['String', 'Picklist', 'TextArea', 'EmailAddress', 'PhoneNumber', 'Url'];

/** The operators of a family; `joins` adds the semi joins of ids. Long text has none: it cannot be filtered. */
export function operatorsType(family: Family, joins: () => GraphQLInputObjectType): GraphQLInputObjectType {
  const operand = OPERANDS[family] ?? SCALARS[family];
  return new GraphQLInputObjectType({
    name: family === 'ID' ? 'IdOperators' : `${family}Operators`,
    fields: () => {
      if (family === 'Boolean') return entries(['eq', 'ne'], operand);
      if (family === 'MultiPicklist')
        return {
          ...entries(['eq', 'ne'], operand),
          ...entries(['includes', 'excludes'], new GraphQLList(operand)),
        };
      return {
        ...comparisons(operand),
        ...dateFunctions(family),
        ...(PATTERNED.includes(family) ? entries(['like'], operand) : {}),
        ...(family === 'ID' ? entries(['inq', 'ninq'], joins()) : {}),
      };
    },
  });
}

export type { Family };
