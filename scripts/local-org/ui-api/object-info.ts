import type { FieldKind, FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { describeField } from '../describe/describe-field.ts';
import { childReferences, findObject } from '../model-index.ts';
import type { Permissions } from '../security/permissions.ts';
import { valueKind } from '../formula/formula-type.ts';

/** The record type of objects that have none. */
export const MASTER_RECORD_TYPE = '012000000000000AAA';

// https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_responses_field.htm
const DATA_TYPES: Readonly<Partial<Record<FieldKind, string>>> = {
  Id: 'Reference',
  Text: 'String',
  AutoNumber: 'String',
  LongTextArea: 'TextArea',
  Html: 'TextArea',
  Number: 'Double',
  Summary: 'Double',
  Checkbox: 'Boolean',
  MultiselectPicklist: 'MultiPicklist',
  Lookup: 'Reference',
  MasterDetail: 'Reference',
  MetadataRelationship: 'Reference',
};

export type ObjectInfo = ReturnType<typeof objectInfo>;

/** What a page may know of an object. https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_responses_object_info.htm */
export function objectInfo(model: OrgModel, object: ObjectModel, permissions: Permissions) {
  const { create, edit, delete: remove } = permissions.access(object.name);
  const readable = [...object.fields.values()].filter(({ name }) =>
    permissions.canReadField(object.name, name),
  );
  const children = childReferences(model, object.name).filter(
    ({ object: child, field }) =>
      permissions.canRead(child.name) && permissions.canReadField(child.name, field.name),
  );
  return {
    apiName: object.name,
    childRelationships: children.map(({ object: child, field }) => ({
      childObjectApiName: child.name,
      fieldName: field.name,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: field.reference!.childName,
    })),
    createable: create,
    custom: object.kind !== 'standard',
    defaultRecordTypeId: MASTER_RECORD_TYPE,
    deletable: remove,
    dependentFields: {},
    feedEnabled: false,
    fields: Object.fromEntries(
      readable.map((field) => [field.name, fieldInfo(model, object, field, permissions)]),
    ),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.pluralLabel,
    layoutable: object.kind !== 'customMetadata',
    mruEnabled: false,
    nameFields: object.fields.has('Name') ? ['Name'] : [],
    queryable: true,
    recordTypeInfos: {
      [MASTER_RECORD_TYPE]: {
        available: true,
        defaultRecordTypeMapping: true,
        master: true,
        name: 'Master',
        recordTypeId: MASTER_RECORD_TYPE,
      },
    },
    searchable: false,
    updateable: edit,
  };
}

function fieldInfo(model: OrgModel, object: ObjectModel, field: FieldModel, permissions: Permissions) {
  const known = describeField(model, object, field, permissions);
  const kind = valueKind(model, field);
  return {
    apiName: field.name,
    calculated: known.calculated,
    compound: false,
    controllerName: null,
    controllingFields: [],
    createable: known.createable,
    custom: known.custom,
    dataType: DATA_TYPES[kind] ?? kind,
    externalId: known.externalId,
    filterable: known.filterable,
    htmlFormatted: known.htmlFormatted,
    inlineHelpText: known.inlineHelpText,
    label: field.label,
    length: known.length,
    nameField: known.nameField,
    polymorphicForeignKey: known.polymorphicForeignKey,
    precision: known.precision,
    reference: field.reference !== null,
    referenceToInfos: known.referenceTo.map((apiName) => ({
      apiName,
      nameFields: findObject(model, apiName)?.fields.has('Name') === true ? ['Name'] : [],
    })),
    relationshipName: known.relationshipName,
    required: !known.nillable && !known.defaultedOnCreate && !known.calculated,
    scale: known.scale,
    sortable: known.sortable,
    unique: known.unique,
    updateable: known.updateable,
  };
}

/** Values that a picklist offers. Recorded: trailheadapps/lwc-recipes, wireGetPicklistValues/__tests__/data */
export function picklistValues(object: ObjectModel, field: FieldModel, version: string) {
  const active = field.picklist?.values.filter(({ isActive }) => isActive) ?? [];
  const values = active.map(({ label, value }) => ({ attributes: null, label, validFor: [], value }));
  const standard = active.findIndex(({ isDefault }) => isDefault);
  return {
    controllerValues: {},
    defaultValue: values[standard] ?? null,
    url: `/services/data/v${version}/ui-api/object-info/${object.name}/picklist-values/${MASTER_RECORD_TYPE}/${field.name}`,
    values,
  };
}
