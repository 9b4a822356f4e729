import { FILES, type Mutation } from '../metadata/fixture/mutation.ts';

export const HOUSE_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a field that says nobody writes it',
    file: FILES.key,
    change: ['Written by the sync: key.', 'The key.'],
    rule: 'house/field-words',
  },
  {
    name: 'a stored field called formula',
    file: FILES.key,
    change: ['Written by the sync: key.', 'Formula: key.'],
    rule: 'house/field-words',
  },
  {
    name: 'a field without help',
    file: FILES.key,
    change: ['<inlineHelpText>Help on Key.</inlineHelpText>', ''],
    rule: 'house/field-words',
  },
  {
    name: 'a required field',
    file: FILES.key,
    change: ['<type>', '<required>true</required><type>'],
    rule: 'house/not-required',
  },
  {
    name: 'a formula that treats blanks as zero',
    file: FILES.daysLeft,
    change: ['BlankAsBlank', 'BlankAsZero'],
    rule: 'house/blanks',
  },
  {
    name: 'a formula that leaves blanks to the platform',
    file: FILES.daysLeft,
    change: ['<formulaTreatBlanksAs>BlankAsBlank</formulaTreatBlanksAs>', ''],
    rule: 'house/blanks',
  },
  {
    name: 'an open picklist',
    file: FILES.status,
    change: ['<restricted>true', '<restricted>false'],
    rule: 'house/restricted-picklist',
  },
  {
    name: 'a detail that needs edit on its master',
    file: FILES.toDeal,
    change: ['<writeRequiresMasterRead>true', '<writeRequiresMasterRead>false'],
    rule: 'house/master-read',
  },
  {
    name: 'history of what the sync writes',
    file: FILES.key,
    change: ['<type>', '<trackHistory>true</trackHistory><type>'],
    rule: 'house/history',
  },
  {
    name: 'a rule on a state',
    file: FILES.rule,
    change: ['ISCHANGED(Ends_On__c)', 'ISBLANK(Ends_On__c)'],
    rule: 'house/transition',
  },
  {
    name: 'a permission set with a licence',
    file: FILES.rep,
    change: ['<label>', '<license>Salesforce</license><label>'],
    rule: 'house/no-license',
  },
  {
    name: 'a function in lower case',
    file: FILES.daysLeft,
    change: ['TODAY()', 'today()'],
    rule: 'house/formula-style',
  },
  {
    name: 'a field in another case',
    file: FILES.daysLeft,
    change: ['Ends_On__c', 'ends_on__c'],
    rule: 'house/formula-style',
  },
  {
    name: 'a picklist text nobody has',
    file: FILES.daysLeft,
    change: ['"Open"', '"Opened"'],
    rule: 'house/picklist-literal',
  },
  {
    name: 'a flow of another version',
    file: FILES.flow,
    change: ['<apiVersion>67.0', '<apiVersion>66.0'],
    rule: 'house/api-version',
  },
  {
    name: 'an object nobody describes',
    file: 'Step__c.object-meta.xml',
    change: ['<description>Steps of the fixture.</description>', ''],
    rule: 'house/object-words',
  },
  {
    name: 'a rep who edits the sync’s field',
    file: FILES.rep,
    change: [
      '<editable>false</editable>\n<field>Deal__c.Key__c',
      '<editable>true</editable>\n<field>Deal__c.Key__c',
    ],
    rule: 'house/field-permission',
  },
  {
    name: 'a sync that cannot write its field',
    file: FILES.sync,
    change: [
      '<editable>true</editable>\n<field>Deal__c.Key__c',
      '<editable>false</editable>\n<field>Deal__c.Key__c',
    ],
    rule: 'house/field-permission',
  },
  {
    name: 'a field no set shows',
    file: FILES.rep,
    change: [
      '<fieldPermissions>\n<editable>false</editable>\n<field>Deal__c.Days_Left__c</field>\n<readable>true</readable>\n</fieldPermissions>\n',
      '',
    ],
    rule: 'house/field-visible',
    blamed: FILES.daysLeft,
  },

  {
    name: 'an element nobody knows',
    file: FILES.key,
    change: ['<type>', '<colour>red</colour><type>'],
    rule: 'schema/shape',
  },
  {
    name: 'an element twice',
    file: FILES.key,
    change: ['<type>', '<length>40</length><type>'],
    rule: 'schema/shape',
  },
  {
    name: 'a flag that is neither true nor false',
    file: FILES.key,
    change: ['<unique>true', '<unique>yes'],
    rule: 'schema/shape',
  },
  {
    name: 'a number that is none',
    file: FILES.key,
    change: ['<length>40', '<length>forty'],
    rule: 'schema/shape',
  },
  {
    name: 'an enum value nobody has',
    file: FILES.flow,
    change: ['RecordBeforeSave', 'RecordBeforeSaving'],
    rule: 'schema/shape',
  },
  {
    name: 'a missing element',
    file: FILES.rep,
    change: ['<label>Pilot Rep</label>', ''],
    rule: 'schema/shape',
  },
  {
    name: 'elements of one kind apart',
    file: FILES.flow,
    change: [
      '<status>',
      '<formulas>\n<name>Later</name>\n<dataType>Date</dataType>\n<expression>TODAY()</expression>\n</formulas>\n<status>',
    ],
    rule: 'schema/shape',
  },
  {
    name: 'another root',
    file: 'Move_End.customPermission-meta.xml',
    change: ['<isLicensed>', '<isLicenced>true</isLicenced><isLicensed>'],
    rule: 'schema/shape',
  },
];
