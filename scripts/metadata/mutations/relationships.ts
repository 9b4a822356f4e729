import { FILES, type Mutation } from '../fixture/mutation.ts';

const masterTo = (master: string) =>
  `<CustomField><fullName>Up__c</fullName><label>Up</label><referenceTo>${master}</referenceTo><relationshipName>Below</relationshipName><relationshipOrder>0</relationshipOrder><type>MasterDetail</type></CustomField>`;
const detail = (label: string) =>
  `<CustomObject><label>${label}</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>${label}s</pluralLabel><sharingModel>ControlledByParent</sharingModel></CustomObject>`;

export const RELATIONSHIPS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a lookup to nowhere',
    file: FILES.sponsor,
    change: ['>Contact<', '>Contract__c<'],
    rule: 'relationships/target',
  },
  {
    name: 'a master without relationship name',
    file: FILES.toDeal,
    change: ['<relationshipName>Steps</relationshipName>', ''],
    rule: 'relationships/name',
  },
  {
    name: 'a relationship name a standard child has',
    file: FILES.toOpportunity,
    change: ['<relationshipName>Deals<', '<relationshipName>Tasks<'],
    rule: 'relationships/name',
    blamed: 'fields/Opportunity__c.field-meta.xml',
  },
  {
    name: 'a required master',
    file: FILES.toDeal,
    change: ['<type>', '<required>true</required><type>'],
    rule: 'relationships/master-detail',
  },
  {
    name: 'a master with delete constraint',
    file: FILES.toDeal,
    change: ['<referenceTo>', '<deleteConstraint>Cascade</deleteConstraint><referenceTo>'],
    rule: 'relationships/master-detail',
  },
  {
    name: 'a detail that decides its own sharing',
    file: FILES.deal,
    change: ['ControlledByParent', 'Private'],
    rule: 'relationships/master-detail',
    blamed: 'fields/Opportunity__c.field-meta.xml',
  },
  {
    name: 'a standard object as detail',
    file: 'Lead_Deal__c.field-meta.xml',
    change: ['<type>Lookup', '<relationshipOrder>0</relationshipOrder><type>MasterDetail'],
    rule: 'relationships/master-detail',
  },
  {
    name: 'a chain of masters that closes',
    file: FILES.toOpportunity,
    change: ['<referenceTo>Opportunity<', '<referenceTo>Step__c<'],
    rule: 'relationships/master-detail',
  },
  {
    name: 'a detail without master',
    file: FILES.toDeal,
    change: null,
    rule: 'relationships/sharing',
    blamed: 'Step__c.object-meta.xml',
  },
  {
    name: 'a required lookup that is cleared',
    file: FILES.sponsor,
    change: ['<type>', '<required>true</required><type>'],
    rule: 'relationships/lookup',
  },
  {
    name: 'a lookup with a master’s element',
    file: FILES.sponsor,
    change: [
      '<type>Lookup</type>',
      '<type>Lookup</type><writeRequiresMasterRead>true</writeRequiresMasterRead>',
    ],
    rule: 'relationships/lookup',
  },
  {
    name: 'a lookup filter on a missing field',
    file: FILES.sponsor,
    change: ['Contact.AccountId', 'Contact.CustomerId'],
    rule: 'relationships/lookup-filter',
  },
  {
    name: 'a lookup filter that compares with a missing field',
    file: FILES.sponsor,
    change: ['$Source.Opportunity__r', '$Source.Deal__r'],
    rule: 'relationships/lookup-filter',
  },
  {
    name: 'a master-detail with a third order',
    file: FILES.toDeal,
    change: ['<relationshipOrder>0', '<relationshipOrder>2'],
    rule: 'relationships/master-detail',
  },
  {
    name: 'a required master-detail',
    file: FILES.toDeal,
    change: ['<referenceTo>', '<required>true</required><referenceTo>'],
    rule: 'relationships/master-detail',
  },
  {
    name: 'a lookup with a name standard children have',
    file: FILES.sponsor,
    change: ['Deals_Sponsored', 'OpportunityContactRoles'],
    rule: 'relationships/name',
  },
  {
    name: 'two fields of one relationship name',
    file: 'objects/Step__c/fields/Parent__c.field-meta.xml',
    change:
      '<CustomField><fullName>Parent__c</fullName><description>Entered by the rep: x.</description><inlineHelpText>x</inlineHelpText><label>X</label><referenceTo>Opportunity</referenceTo><relationshipName>Deals</relationshipName><type>Lookup</type></CustomField>',
    rule: 'relationships/name',
  },
  {
    name: 'a fourth level of details',
    file: 'objects/Note__c/fields/Up__c.field-meta.xml',
    change: masterTo('Part__c'),
    besides: {
      'objects/Part__c/Part__c.object-meta.xml': detail('Part'),
      'objects/Part__c/fields/Up__c.field-meta.xml': masterTo('Step__c'),
      'objects/Note__c/Note__c.object-meta.xml': detail('Note'),
    },
    rule: 'relationships/master-detail',
  },
  {
    name: 'two masters of one order',
    file: 'objects/Step__c/fields/Second__c.field-meta.xml',
    change:
      '<CustomField><fullName>Second__c</fullName><description>Entered by the rep: x.</description><inlineHelpText>x</inlineHelpText><label>X</label><referenceTo>Account</referenceTo><relationshipName>Steps_Of_It</relationshipName><relationshipOrder>0</relationshipOrder><type>MasterDetail</type><writeRequiresMasterRead>true</writeRequiresMasterRead></CustomField>',
    rule: 'relationships/master-detail',
  },
];
