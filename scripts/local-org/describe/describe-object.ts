import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { childReferences } from '../model-index.ts';
import type { Permissions } from '../security/permissions.ts';
import { describeField } from './describe-field.ts';

const urlsOf = (name: string, version: string) => {
  const root = `/services/data/v${version}/sobjects/${name}`;
  return { sobject: root, describe: `${root}/describe`, rowTemplate: `${root}/{ID}` };
};

/** An entry of the global describe. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_describeGlobal.htm */
export function describeBriefly(object: ObjectModel, permissions: Permissions, version: string) {
  const { create, edit, delete: remove } = permissions.access(object.name);
  const isData = object.kind !== 'customMetadata';
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.pluralLabel,
    keyPrefix: object.keyPrefix,
    custom: object.kind !== 'standard',
    customSetting: false,
    createable: create && isData,
    updateable: edit && isData,
    deletable: remove && isData,
    undeletable: false,
    queryable: true,
    retrieveable: true,
    searchable: false,
    layoutable: isData,
    urls: urlsOf(object.name, version),
  };
}

/** Only fields and children that the caller may read are named. */
export function describeObject(
  model: OrgModel,
  object: ObjectModel,
  permissions: Permissions,
  version: string,
) {
  const readable = [...object.fields.values()].filter((field) =>
    permissions.canReadField(object.name, field.name),
  );
  const relations = childReferences(model, object.name).filter((child) => isVisibleChild(child, permissions));
  return {
    ...describeBriefly(object, permissions, version),
    fields: readable.map((field) => describeField(model, object, field, permissions)),
    childRelationships: relations.map(({ object: child, field }) => ({
      childSObject: child.name,
      field: field.name,
      relationshipName: field.reference!.childName,
      cascadeDelete: field.reference!.onDelete === 'Cascade',
      restrictedDelete: field.reference!.onDelete === 'Restrict',
      deprecatedAndHidden: false,
      junctionIdListNames: [],
      junctionReferenceTo: [],
    })),
    recordTypeInfos: [],
  };
}

const isVisibleChild = (
  { object, field }: { object: ObjectModel; field: FieldModel },
  permissions: Permissions,
): boolean => permissions.canRead(object.name) && permissions.canReadField(object.name, field.name);
