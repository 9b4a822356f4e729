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
  {
    name: 'a grant on the name',
    file: FILES.rep,
    change: [
      '<fieldPermissions>',
      '<fieldPermissions>\n<editable>true</editable>\n<field>Deal__c.Name</field>\n<readable>true</readable>\n</fieldPermissions>\n<fieldPermissions>',
    ],
    rule: 'permission-sets/field',
  },
  {
    name: 'an editable roll-up',
    file: FILES.rep,
    change: [/<editable>false(<\/editable>\n<field>Deal__c.Done_Steps__c)/, '<editable>true$1'],
    rule: 'permission-sets/field',
  },
  {
    name: 'delete without edit',
    file: FILES.sync,
    change: [/<allowDelete>false(<\/allowDelete>\n<allowEdit>)true/, '<allowDelete>true$1false'],
    rule: 'permission-sets/object',
  },
  {
    name: 'modify all without delete',
    file: FILES.sync,
    change: ['<modifyAllRecords>false', '<modifyAllRecords>true'],
    rule: 'permission-sets/object',
  },
  {
    name: 'create without read',
    file: FILES.rep,
    change: [/<allowCreate>false([\s\S]*?)<allowRead>true/, '<allowCreate>true$1<allowRead>false'],
    rule: 'permission-sets/object',
  },
  {
    name: 'an app nobody has',
    file: FILES.rep,
    change: [
      '<customMetadataTypeAccesses>',
      '<applicationVisibilities>\n<application>Gone</application>\n<visible>true</visible>\n</applicationVisibilities>\n<customMetadataTypeAccesses>',
    ],
    rule: 'permission-sets/reference',
  },
  {
    name: 'a flow nobody has',
    file: FILES.rep,
    change: [
      '<hasActivationRequired>',
      '<flowAccesses>\n<enabled>true</enabled>\n<flow>Gone</flow>\n</flowAccesses>\n<hasActivationRequired>',
    ],
    rule: 'permission-sets/reference',
  },
  {
    name: 'a type access nobody has',
    file: FILES.rep,
    change: ['<name>PilotPolicy__mdt', '<name>Gone__mdt'],
    rule: 'permission-sets/reference',
  },
  {
    name: 'an object granted twice',
    file: FILES.rep,
    change: [/(<objectPermissions>[\s\S]*?<\/objectPermissions>)/, '$1\n$1'],
    rule: 'permission-sets/duplicate',
  },
];
