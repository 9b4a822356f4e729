// `uiapi.objectInfos`: https://developer.salesforce.com/docs/platform/graphql/guide/query-objectinfo.md,
// …/query-objectinfo-examples.md. The same facts as the UI API's object info, fields as a list.
import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLOutputType,
} from 'graphql';
import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { findObject } from '../model-index.ts';
import { toId18 } from '../store/record-id.ts';
import { MASTER_RECORD_TYPE, picklistValues, type ObjectInfo } from '../ui-api/object-info.ts';
import type { GraphqlContext } from './graphql-context.ts';
import { TypedGraphqlError } from './graphql-error.ts';

type FieldInfo = ObjectInfo['fields'][string] & { readonly source: FieldModel; readonly object: ObjectModel };

const all = (type: GraphQLOutputType, names: string): GraphQLFieldConfigMap<unknown, GraphqlContext> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { type }]));
const apiName = { ApiName: { type: GraphQLString, resolve: (info: { apiName: string }) => info.apiName } };
const texts = new GraphQLList(GraphQLString);

const REFERENCE_TO = new GraphQLObjectType({
  name: 'ReferenceToInfo',
  fields: { ...apiName, nameFields: { type: texts } },
});
const FIELD_INFO = {
  ...apiName,
  ...all(GraphQLString, 'controllerName dataType inlineHelpText label relationshipName'),
  ...all(
    GraphQLBoolean,
    'calculated compound createable custom filterable htmlFormatted nameField polymorphicForeignKey reference required sortable unique updateable',
  ),
  ...all(GraphQLInt, 'length precision scale'),
  controllingFields: { type: texts },
  referenceToInfos: { type: new GraphQLList(REFERENCE_TO) },
};
const FIELD = new GraphQLInterfaceType({
  name: 'Field',
  fields: FIELD_INFO,
  resolveType: (info: FieldInfo) => (info.source.picklist === null ? 'StandardField' : 'PicklistField'),
});
const STANDARD_FIELD = new GraphQLObjectType({
  name: 'StandardField',
  interfaces: [FIELD],
  fields: FIELD_INFO,
});
const PICKLIST_ENTRY = new GraphQLObjectType({
  name: 'PicklistEntry',
  fields: all(GraphQLString, 'label value'),
});
const PICKLIST_VALUES = new GraphQLObjectType({
  name: 'PicklistValues',
  fields: {
    recordTypeID: { type: GraphQLID, resolve: () => MASTER_RECORD_TYPE },
    defaultValue: { type: PICKLIST_ENTRY },
    picklistValues: { type: new GraphQLList(PICKLIST_ENTRY), resolve: ({ values }) => values as unknown },
  },
});
const PICKLIST_FIELD = new GraphQLObjectType<FieldInfo, GraphqlContext>({
  name: 'PicklistField',
  interfaces: [FIELD],
  fields: {
    ...FIELD_INFO,
    picklistValuesByRecordTypeIDs: {
      type: new GraphQLList(PICKLIST_VALUES),
      resolve: ({ object, source }, _, { query }) => [picklistValues(object, source, query.apiVersion)],
    },
  },
});
const CHILD = new GraphQLObjectType({
  name: 'ChildRelationship',
  fields: {
    ...all(GraphQLString, 'childObjectApiName fieldName relationshipName'),
    ...all(texts, 'junctionIdListNames junctionReferenceTo'),
  },
});
const RECORD_TYPE = new GraphQLObjectType({
  name: 'RecordTypeInfo',
  fields: {
    ...all(GraphQLBoolean, 'available defaultRecordTypeMapping master'),
    ...all(GraphQLString, 'name recordTypeId'),
  },
});
const OBJECT_INFO = new GraphQLObjectType<ObjectInfo & { readonly object: ObjectModel }, GraphqlContext>({
  name: 'ObjectInfo',
  fields: {
    ...apiName,
    ...all(GraphQLString, 'defaultRecordTypeId keyPrefix label labelPlural'),
    ...all(
      GraphQLBoolean,
      'custom deletable feedEnabled layoutable mruEnabled queryable searchable updateable',
    ),
    // Spelled so by https://developer.salesforce.com/docs/platform/graphql/guide/query-objectinfo.html, other than in the UI API.
    creatable: { type: GraphQLBoolean, resolve: (info) => info.createable },
    nameFields: { type: texts },
    childRelationships: { type: new GraphQLList(CHILD) },
    recordTypeInfos: {
      type: new GraphQLList(RECORD_TYPE),
      resolve: (info) => Object.values(info.recordTypeInfos),
    },
    fields: {
      type: new GraphQLList(FIELD),
      resolve: ({ fields, object }) =>
        Object.entries(fields).map(([name, info]) => ({ ...info, object, source: object.fields.get(name) })),
    },
  },
});
const INPUT = new GraphQLInputObjectType({
  name: 'ObjectInfoInput',
  fields: {
    apiName: { type: new GraphQLNonNull(GraphQLString) },
    recordTypeIds: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)) },
    fieldNames: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
  },
});

interface Asked {
  readonly apiName: string;
  readonly recordTypeIds?: readonly string[] | null;
  readonly fieldNames?: readonly string[] | null;
}

/** Types that no field of the schema names but through the interface. */
export const FIELD_TYPES = [STANDARD_FIELD, PICKLIST_FIELD];

export const OBJECT_INFOS: GraphQLFieldConfig<unknown, GraphqlContext> = {
  type: new GraphQLList(OBJECT_INFO),
  args: {
    apiNames: { type: texts },
    locale: { type: GraphQLString },
    objectInfoInputs: { type: new GraphQLList(new GraphQLNonNull(INPUT)) },
  },
  resolve: (_, args, context) => {
    const { apiNames, objectInfoInputs, locale } = args as {
      apiNames?: readonly string[] | null;
      objectInfoInputs?: readonly Asked[] | null;
      locale?: string | null;
    };
    if (locale) throw unknown(`labels in the locale ${locale}`);
    if (Boolean(apiNames) === Boolean(objectInfoInputs))
      throw new TypedGraphqlError(
        'DataFetchingException',
        'objectInfos takes either apiNames or objectInfoInputs',
      );
    const asked: readonly Asked[] = objectInfoInputs ?? (apiNames ?? []).map((apiName) => ({ apiName }));
    return asked.map((one) => describe(one, context));
  },
};

const unknown = (what: string) =>
  new TypedGraphqlError('OperationNotSupported', `The local org does not answer ${what}`);

function describe(
  { apiName: asked, recordTypeIds, fieldNames }: Asked,
  { query, objectInfo }: GraphqlContext,
): ObjectInfo & { readonly object: ObjectModel } {
  const other = recordTypeIds?.find((id) => toId18(id) !== MASTER_RECORD_TYPE);
  if (other !== undefined) throw unknown(`the record type ${other}`);
  if (fieldNames) throw unknown('fieldNames of objectInfoInputs');
  if (!objectInfo) throw unknown('objectInfos here');
  const object = findObject(query.model, asked);
  if (!object || !query.access.canRead(object.name))
    throw new TypedGraphqlError('DataFetchingException', `Object ${asked} not found`);
  return { ...objectInfo(object), object };
}
