import { FILES, type Mutation } from '../fixture/mutation.ts';

export const FIELDS_MUTATIONS: readonly Mutation[] = [
  { name: 'a field without type', file: FILES.key, change: ['<type>Text</type>', ''], rule: 'fields/type' },
  {
    name: 'a type nobody has',
    file: FILES.key,
    change: ['<type>Text<', '<type>String<'],
    rule: 'fields/type',
  },
  {
    name: 'a currency on custom metadata',
    file: 'PilotPolicy__mdt/fields/Days__c.field-meta.xml',
    change: ['<type>Number<', '<type>Currency<'],
    rule: 'fields/type',
  },
  {
    name: 'text without length',
    file: FILES.key,
    change: ['<length>40</length>', ''],
    rule: 'fields/length',
  },
  {
    name: 'text of 256 characters',
    file: FILES.key,
    change: ['<length>40<', '<length>256<'],
    rule: 'fields/length',
  },
  {
    name: 'long text of 255 characters',
    file: 'Notes__c.field-meta.xml',
    change: ['<length>1000<', '<length>255<'],
    rule: 'fields/length',
  },
  {
    name: 'long text without visible lines',
    file: 'Notes__c.field-meta.xml',
    change: ['<visibleLines>3</visibleLines>', ''],
    rule: 'fields/length',
  },
  {
    name: 'a number without precision',
    file: FILES.hours,
    change: ['<precision>6</precision>', ''],
    rule: 'fields/precision',
  },
  {
    name: 'a precision of 19',
    file: FILES.hours,
    change: ['<precision>6<', '<precision>19<'],
    rule: 'fields/precision',
  },
  {
    name: 'a checkbox without default',
    file: FILES.hours,
    change: ['<precision>6</precision>\n<scale>2</scale>\n<type>Number', '<type>Checkbox'],
    rule: 'fields/checkbox-default',
  },
  {
    name: 'an auto-number without {0}',
    file: FILES.deal,
    change: ['<type>Text</type>', '<displayFormat>D-</displayFormat>\n<type>AutoNumber</type>'],
    rule: 'fields/auto-number',
  },
  {
    name: 'an object without name field',
    file: FILES.deal,
    change: ['<nameField>\n<label>Deal Name</label>\n<type>Text</type>\n</nameField>', ''],
    rule: 'fields/name-field',
  },
  {
    name: 'a picklist value twice',
    file: FILES.status,
    change: ['<fullName>Done<', '<fullName>open<'],
    rule: 'fields/picklist',
  },
  {
    name: 'a unique date',
    file: 'Ends_On__c.field-meta.xml',
    change: ['<type>Date</type>', '<type>Date</type><unique>true</unique>'],
    rule: 'fields/unique',
  },
  {
    name: 'an external id on long text',
    file: 'Notes__c.field-meta.xml',
    change: ['<length>', '<externalId>true</externalId><length>'],
    rule: 'fields/unique',
  },
  {
    name: 'a field of an object nobody has',
    file: 'objects/Nowhere__c/fields/A__c.field-meta.xml',
    change: '<CustomField><fullName>A__c</fullName><label>A</label><type>Date</type></CustomField>',
    rule: 'fields/object-exists',
  },
  {
    name: 'history of an object that keeps none',
    file: FILES.deal,
    change: ['<enableHistory>true</enableHistory>', ''],
    rule: 'fields/history',
  },
  {
    name: 'history of a formula',
    file: FILES.daysLeft,
    change: ['<type>', '<trackHistory>true</trackHistory><type>'],
    rule: 'fields/history-kind',
  },
];
