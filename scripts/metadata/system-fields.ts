// Fields that every record has without anybody defining them.
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/system_fields.htm
import type { FieldModel, ObjectModel } from './model.ts';
import { checkbox, dateTime, id, lookup, READ_ONLY, text } from './standard/standard-field.ts';

/** Id, audit fields and the deleted flag: of every object except custom metadata types. */
export function auditFields(): FieldModel[] {
  return [
    id(),
    checkbox('IsDeleted', 'Deleted', READ_ONLY),
    dateTime('CreatedDate', 'Created Date', READ_ONLY),
    lookup('CreatedById', 'Created By ID', ['User'], null, READ_ONLY),
    dateTime('LastModifiedDate', 'Last Modified Date', READ_ONLY),
    lookup('LastModifiedById', 'Last Modified By ID', ['User'], null, READ_ONLY),
    dateTime('SystemModstamp', 'System Modstamp', READ_ONLY),
  ];
}

/** Owner of a custom record; details of a master have none. */
function customOwner(): FieldModel {
  return lookup('OwnerId', 'Owner ID', ['Group', 'User'], null, {
    isRequired: true,
    defaultValue: '$User.Id',
  });
}

/** Names of a custom metadata record. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_custommetadatatype__mdt.htm */
function customMetadataFields(): FieldModel[] {
  return [
    id(),
    text('DeveloperName', 'Custom Metadata Record Name', 40, { isRequired: true, ...READ_ONLY }),
    text('MasterLabel', 'Label', 40, { isRequired: true, ...READ_ONLY }),
    text('Label', 'Label', 40, READ_ONLY),
    text('Language', 'Master Language', 40, READ_ONLY),
    text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
    text('QualifiedApiName', 'Qualified API Name', 70, READ_ONLY),
    dateTime('SystemModstamp', 'System Modstamp', READ_ONLY),
  ];
}

/** Gives a custom object the fields the platform adds, after its own are known. */
export function withSystemFields(object: ObjectModel): ObjectModel {
  if (object.kind === 'standard') return object;
  const isDetail = [...object.fields.values()].some((field) => field.kind === 'MasterDetail');
  const system =
    object.kind === 'customMetadata'
      ? customMetadataFields()
      : isDetail
        ? auditFields()
        : [...auditFields(), customOwner()];
  const fields = new Map(system.map((field) => [field.name, field]));
  for (const [name, field] of object.fields) if (name !== 'OwnerId' || !isDetail) fields.set(name, field);
  return { ...object, fields };
}

/** Owner of a standard record that only people may own. */
export function ownerUser(): FieldModel {
  return lookup('OwnerId', 'Owner ID', ['User'], null, { isRequired: true, defaultValue: '$User.Id' });
}
