import { FILES, type Mutation } from '../fixture/mutation.ts';

export const PERMISSION_SETS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a grant on a missing field',
    file: FILES.rep,
    change: ['Deal__c.Sponsor__c', 'Deal__c.Gone__c'],
    rule: 'permission-sets/field',
  },
  {
    name: 'a grant on a master',
    file: FILES.rep,
    change: ['Deal__c.Sponsor__c', 'Deal__c.Opportunity__c'],
    rule: 'permission-sets/field',
  },
  {
    name: 'an editable formula',
    file: FILES.rep,
    change: ['Deal__c.Sponsor__c', 'Deal__c.Days_Left__c'],
    rule: 'permission-sets/field',
  },
  {
    name: 'editable but not readable',
    file: FILES.rep,
    change: [
      '<field>Deal__c.Sponsor__c</field>\n<readable>true',
      '<field>Deal__c.Sponsor__c</field>\n<readable>false',
    ],
    rule: 'permission-sets/field',
  },
  {
    name: 'a grant on a part of an address',
    file: FILES.rep,
    change: ['Deal__c.Sponsor__c', 'Account.BillingCity'],
    rule: 'permission-sets/field',
  },
  {
    name: 'a field granted twice',
    file: FILES.rep,
    change: ['Deal__c.Sponsor__c', 'Deal__c.Notes__c'],
    rule: 'permission-sets/duplicate',
  },
  {
    name: 'rights on a missing object',
    file: FILES.rep,
    change: ['<object>Account<', '<object>Accounts__c<'],
    rule: 'permission-sets/object',
  },
  {
    name: 'edit without read',
    file: FILES.rep,
    change: [
      '<allowRead>true</allowRead>\n<modifyAllRecords>false</modifyAllRecords>\n<object>Step__c',
      '<allowRead>false</allowRead>\n<modifyAllRecords>false</modifyAllRecords>\n<object>Step__c',
    ],
    rule: 'permission-sets/object',
  },
  {
    name: 'a detail without its master',
    file: FILES.rep,
    change: ['<object>Opportunity<', '<object>Contact<'],
    rule: 'permission-sets/object',
  },
  {
    name: 'object rights on custom metadata',
    file: FILES.rep,
    change: ['<object>Account<', '<object>PilotPolicy__mdt<'],
    rule: 'permission-sets/object',
  },
  {
    name: 'a custom permission nobody has',
    file: 'Move_End.customPermission-meta.xml',
    change: null,
    rule: 'permission-sets/reference',
    blamed: FILES.rep,
  },
  {
    name: 'a tab nobody has',
    file: 'Deal__c.tab-meta.xml',
    change: null,
    rule: 'permission-sets/reference',
    blamed: FILES.rep,
  },
];
