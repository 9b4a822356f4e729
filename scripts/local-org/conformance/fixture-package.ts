// A package small enough to know by heart: Widget__c below Account, Part__c below Widget__c.

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const xml = (root: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${XMLNS}>\n${body}\n</${root}>\n`;

const element = (name: string, value: string | number | boolean): string => `<${name}>${value}</${name}>`;

function field(
  name: string,
  type: string,
  rest: Readonly<Record<string, string | number | boolean>> = {},
): string {
  const parts = { fullName: name, label: name.replace('__c', '').replaceAll('_', ' '), type, ...rest };
  return `<fields>${Object.entries(parts)
    .map(([key, value]) => element(key, value))
    .join('')}</fields>`;
}

function picklist(name: string, type: 'Picklist' | 'MultiselectPicklist', values: readonly string[]): string {
  const listed = values.map(
    (value) => `<value><fullName>${value}</fullName><default>false</default><label>${value}</label></value>`,
  );
  const definition = `<restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${listed.join('')}</valueSetDefinition>`;
  const lines = type === 'MultiselectPicklist' ? '<visibleLines>4</visibleLines>' : '';
  return `<fields><fullName>${name}</fullName><label>${name.replace('__c', '')}</label><type>${type}</type><valueSet>${definition}</valueSet>${lines}</fields>`;
}

function rule(name: string, formula: string, message: string, errorField?: string): string {
  const shown = errorField === undefined ? '' : element('errorDisplayField', errorField);
  return `<validationRules><fullName>${name}</fullName><active>true</active><errorConditionFormula>${formula}</errorConditionFormula>${shown}<errorMessage>${message}</errorMessage></validationRules>`;
}

const object = (label: string, parts: readonly string[]): string =>
  xml(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus>${parts.filter((part) => part.startsWith('<fields>')).join('\n')}
<label>${label}</label>
<nameField><label>Name</label><type>Text</type></nameField>
<pluralLabel>${label}s</pluralLabel>
<sharingModel>ControlledByParent</sharingModel>
${parts.filter((part) => part.startsWith('<validationRules>')).join('\n')}`,
  );

const MASTER = { reparentableMasterDetail: false, writeRequiresMasterRead: true, relationshipOrder: 0 };

const WIDGET = object('Widget', [
  field('Account__c', 'MasterDetail', {
    referenceTo: 'Account',
    relationshipLabel: 'Widgets',
    relationshipName: 'Widgets',
    ...MASTER,
  }),
  field('Title__c', 'Text', { length: 10 }),
  field('Amount__c', 'Number', { precision: 7, scale: 2 }),
  field('Share__c', 'Percent', { precision: 5, scale: 1 }),
  field('Flag__c', 'Checkbox', { defaultValue: false }),
  field('Day__c', 'Date'),
  field('Moment__c', 'DateTime'),
  field('Mail__c', 'Email'),
  field('Notes__c', 'LongTextArea', { length: 1000, visibleLines: 3 }),
  field('Story__c', 'LongTextArea', { length: 1000, visibleLines: 3 }),
  field('Key__c', 'Text', { length: 20, externalId: true, unique: true, caseSensitive: false }),
  field('Code__c', 'Text', { length: 20, externalId: true }),
  field('Contact__c', 'Lookup', {
    referenceTo: 'Contact',
    relationshipLabel: 'Widgets',
    relationshipName: 'Contact_Widgets',
    deleteConstraint: 'SetNull',
  }),
  picklist('Kind__c', 'Picklist', ['Red', 'Blue']),
  picklist('Kinds__c', 'MultiselectPicklist', ['One', 'Two', 'Three']),
  field('Twice__c', 'Number', {
    precision: 18,
    scale: 2,
    formula: 'Amount__c * 2',
    formulaTreatBlanksAs: 'BlankAsBlank',
  }),
  field('Parts__c', 'Summary', { summaryForeignKey: 'Part__c.Widget__c', summaryOperation: 'count' }),
  field('Total__c', 'Summary', {
    summarizedField: 'Part__c.Price__c',
    summaryForeignKey: 'Part__c.Widget__c',
    summaryOperation: 'sum',
  }),
  rule('Amount_Not_Negative', 'Amount__c &lt; 0', 'The amount is negative.', 'Amount__c'),
  rule(
    'At_Most_Three_Parts',
    'AND(ISCHANGED(Parts__c), Parts__c &gt; 3)',
    'A widget has at most three parts.',
  ),
]);

const PART = object('Part', [
  field('Widget__c', 'MasterDetail', {
    referenceTo: 'Widget__c',
    relationshipLabel: 'Parts',
    relationshipName: 'Parts',
    ...MASTER,
  }),
  field('Price__c', 'Number', { precision: 9, scale: 2 }),
]);

const WIDGET_FIELDS = [
  'Title__c',
  'Amount__c',
  'Share__c',
  'Flag__c',
  'Day__c',
  'Moment__c',
  'Mail__c',
  'Notes__c',
  'Story__c',
  'Key__c',
  'Code__c',
  'Contact__c',
  'Kind__c',
  'Kinds__c',
  'Twice__c',
  'Parts__c',
  'Total__c',
];
const COMPUTED = ['Twice__c', 'Parts__c', 'Total__c'];

function permissionSet(label: string, canEdit: boolean): string {
  const fields = [...WIDGET_FIELDS.map((name) => `Widget__c.${name}`), 'Part__c.Price__c'].map((name) => {
    const isEditable = canEdit && !COMPUTED.some((computed) => name.endsWith(computed));
    return `<fieldPermissions><editable>${isEditable}</editable><field>${name}</field><readable>true</readable></fieldPermissions>`;
  });
  const objects = ['Account', 'Contact', 'Part__c', 'Widget__c'].map((name) => {
    const edit = canEdit && name.endsWith('__c');
    return `<objectPermissions><allowCreate>${edit}</allowCreate><allowDelete>${edit}</allowDelete><allowEdit>${edit}</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${name}</object><viewAllRecords>false</viewAllRecords></objectPermissions>`;
  });
  return xml('PermissionSet', [...fields, `<label>${label}</label>`, ...objects].join('\n'));
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  CustomObject: ['Part__c', 'Widget__c'],
  PermissionSet: ['Widget_Reader', 'Widget_User'],
};
const manifest = Object.entries(MEMBERS).map(
  ([name, members]) =>
    `<types>${members.map((member) => element('members', member)).join('')}<name>${name}</name></types>`,
);

/** The files of the deploy zip. */
export const FIXTURE_PACKAGE: Readonly<Record<string, string>> = {
  'package.xml': xml('Package', `${manifest.join('\n')}\n<version>67.0</version>`),
  'objects/Widget__c.object': WIDGET,
  'objects/Part__c.object': PART,
  'permissionsets/Widget_User.permissionset': permissionSet('Widget User', true),
  'permissionsets/Widget_Reader.permissionset': permissionSet('Widget Reader', false),
};
