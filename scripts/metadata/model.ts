// What a deployed org knows of its schema. Read from Salesforce metadata XML by `read-package.ts`;
// a platform rule that needs metadata works on these types alone.

export type FieldKind =
  | 'Id'
  | 'Text'
  | 'TextArea'
  | 'LongTextArea'
  | 'Html'
  | 'Url'
  | 'Email'
  | 'Phone'
  | 'Number'
  | 'Currency'
  | 'Percent'
  | 'Checkbox'
  | 'Date'
  | 'DateTime'
  | 'Time'
  | 'Picklist'
  | 'MultiselectPicklist'
  | 'Lookup'
  | 'MasterDetail'
  | 'AutoNumber'
  | 'Summary'
  | 'MetadataRelationship';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
  readonly isActive: boolean;
}

export interface Reference {
  /** Objects this field may point to (standard fields may have several). */
  readonly to: readonly string[];
  /** Name used in SOQL to reach the parent: `Pilot__r`, `Account`. */
  readonly parentName: string;
  /** Name used in SOQL to reach the children, with `__r` where custom; null when the parent exposes none. */
  readonly childName: string | null;
  readonly onDelete: 'Cascade' | 'SetNull' | 'Restrict';
  /** Master-detail only: 0 or 1; null for lookups. */
  readonly masterOrder: 0 | 1 | null;
  readonly isReparentable: boolean;
  readonly writeRequiresMasterRead: boolean;
}

export interface RollUp {
  readonly operation: 'count' | 'sum' | 'min' | 'max';
  readonly childObject: string;
  /** The master-detail field of the child that points here. */
  readonly childKey: string;
  /** The child's summarized field; null for count. */
  readonly field: string | null;
  readonly filters: readonly { readonly field: string; readonly operation: string; readonly value: string }[];
}

export interface FieldModel {
  readonly name: string;
  readonly label: string;
  /** For a formula the kind of its result. */
  readonly kind: FieldKind;
  readonly description: string | null;
  readonly helpText: string | null;
  /** Characters, for text kinds. */
  readonly length: number | null;
  /** Total digits, for numeric kinds. */
  readonly precision: number | null;
  /** Digits after the decimal point, for numeric kinds. */
  readonly scale: number | null;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly isCaseSensitive: boolean;
  readonly isExternalId: boolean;
  readonly isCustom: boolean;
  /** False for system fields (CreatedDate …) that no API caller may set. */
  readonly isCreateable: boolean;
  readonly isUpdateable: boolean;
  readonly defaultValue: string | null;
  readonly picklist: { readonly values: readonly PicklistValue[]; readonly isRestricted: boolean } | null;
  readonly reference: Reference | null;
  readonly formula: { readonly source: string; readonly blanks: 'BlankAsBlank' | 'BlankAsZero' } | null;
  readonly rollUp: RollUp | null;
  readonly displayFormat: string | null;
  readonly trackHistory: boolean;
}

export interface ValidationRule {
  readonly name: string;
  readonly isActive: boolean;
  readonly formula: string;
  readonly message: string;
  /** Field that shows the message; null puts it at the top of the page. */
  readonly errorField: string | null;
}

export interface ObjectModel {
  readonly name: string;
  readonly label: string;
  readonly pluralLabel: string;
  readonly kind: 'standard' | 'custom' | 'customMetadata';
  /** Three characters, the start of every record id. Given to custom objects by the org at deploy. */
  readonly keyPrefix: string | null;
  readonly sharing: 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent';
  readonly fields: ReadonlyMap<string, FieldModel>;
  readonly validationRules: readonly ValidationRule[];
}

export type ObjectAccess = Readonly<
  Record<'read' | 'create' | 'edit' | 'delete' | 'viewAll' | 'modifyAll', boolean>
>;

export interface PermissionSetModel {
  readonly name: string;
  readonly label: string;
  readonly objects: ReadonlyMap<string, ObjectAccess>;
  /** Key `Object.Field`. */
  readonly fields: ReadonlyMap<string, { readonly isReadable: boolean; readonly isEditable: boolean }>;
  readonly customPermissions: ReadonlySet<string>;
  readonly userPermissions: ReadonlySet<string>;
}

export interface CustomMetadataRecord {
  readonly type: string;
  readonly name: string;
  readonly label: string;
  readonly values: ReadonlyMap<string, string | number | boolean | null>;
}

/** Metadata that the model keeps whole for the part that needs it (flows, flexipages, lwc, layouts …). */
export interface OtherComponent {
  readonly type: string;
  readonly fullName: string;
  readonly path: string;
  readonly xml: string;
}

export interface OrgModel {
  readonly apiVersion: string;
  readonly objects: ReadonlyMap<string, ObjectModel>;
  readonly permissionSets: ReadonlyMap<string, PermissionSetModel>;
  readonly customPermissions: ReadonlySet<string>;
  readonly customMetadata: ReadonlyMap<string, CustomMetadataRecord>;
  /** Label name → text, in the default language. */
  readonly labels: ReadonlyMap<string, string>;
  readonly others: readonly OtherComponent[];
}
