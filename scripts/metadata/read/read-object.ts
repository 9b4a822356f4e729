import type { FieldModel, ObjectModel, ValidationRule } from '../model.ts';
import { text } from '../standard/standard-field.ts';
import { child, flagOf, textOf, type XmlNode } from '../xml.ts';

/** What an object's own element says, without fields and rules. */
export type ObjectHeader = Pick<ObjectModel, 'label' | 'pluralLabel' | 'kind' | 'sharing'> & {
  readonly nameField: FieldModel | null;
  readonly allowsActivities: boolean;
};

const SHARING: readonly ObjectModel['sharing'][] = ['Private', 'Read', 'ReadWrite', 'ControlledByParent'];

/** Kind of an object by its API name. */
export function objectKind(name: string): ObjectModel['kind'] {
  return name.endsWith('__mdt') ? 'customMetadata' : name.endsWith('__c') ? 'custom' : 'standard';
}

/** Reads a `<CustomObject>` element; parts of it (fields, rules …) are components of their own. */
export function readObjectHeader(name: string, node: XmlNode): ObjectHeader {
  const label = textOf(node, 'label') ?? name;
  const sharing = SHARING.find((each) => each === textOf(node, 'sharingModel'));
  const nameNode = child(node, 'nameField');
  return {
    label,
    pluralLabel: textOf(node, 'pluralLabel') ?? label,
    kind: objectKind(name),
    sharing: sharing ?? (objectKind(name) === 'customMetadata' ? 'Read' : 'ReadWrite'),
    nameField: nameNode ? readNameField(nameNode) : null,
    allowsActivities: flagOf(node, 'enableActivities'),
  };
}

// The name of a record: text of 80 characters or an auto-number.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm
function readNameField(node: XmlNode): FieldModel {
  const isNumbered = textOf(node, 'type') === 'AutoNumber';
  const plain = text('Name', textOf(node, 'label') ?? 'Name', 80, {
    description: null,
    trackHistory: flagOf(node, 'trackHistory'),
    // Left out of an insert, a text name becomes the record's id.
    isRequired: false,
  });
  if (!isNumbered) return plain;
  return {
    ...plain,
    kind: 'AutoNumber',
    displayFormat: textOf(node, 'displayFormat'),
    isCreateable: false,
    isUpdateable: false,
  };
}

/** Reads a `<ValidationRule>` (or `<validationRules>`) element. */
export function readValidationRule(name: string, node: XmlNode): ValidationRule {
  return {
    name,
    isActive: flagOf(node, 'active'),
    formula: textOf(node, 'errorConditionFormula') ?? '',
    message: textOf(node, 'errorMessage') ?? '',
    errorField: textOf(node, 'errorDisplayField'),
  };
}
