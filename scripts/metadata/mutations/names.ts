import { FILES, type Mutation } from '../fixture/mutation.ts';
import { smallPackage } from '../fixture/small-package.ts';

const long = (length: number) => 'x'.repeat(length);

export const NAMES_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a name with two underscores',
    file: FILES.key,
    change: ['<fullName>Key__c', '<fullName>My__Key__c'],
    rule: 'names/api-name',
  },
  {
    name: 'a name that is too long',
    file: FILES.rule,
    change: ['<fullName>End_Stays', `<fullName>${long(41)}`],
    rule: 'names/api-name',
  },
  {
    name: 'a field without __c',
    file: FILES.key,
    change: ['<fullName>Key__c', '<fullName>Key'],
    rule: 'names/custom-suffix',
  },
  {
    name: 'a file named otherwise',
    file: FILES.key,
    change: ['<fullName>Key__c', '<fullName>Other__c'],
    rule: 'names/file-name',
  },
  {
    name: 'one name in two cases',
    file: 'objects/Deal__c/fields/KEY__c.field-meta.xml',
    change: smallPackage()
      .get(`force-app/main/default/objects/Deal__c/${FILES.key}`)!
      .replace('Key__c', 'KEY__c'),
    rule: 'names/unique',
    blamed: 'fields/Key__c.field-meta.xml',
  },
  {
    name: 'a label over 40 characters',
    file: FILES.key,
    change: ['<label>Key', `<label>${long(41)}`],
    rule: 'names/text',
  },
  {
    name: 'help over 510 characters',
    file: FILES.key,
    change: ['Help on Key.', long(511)],
    rule: 'names/text',
  },
  {
    name: 'a description over 1000 characters',
    file: FILES.key,
    change: ['Written by the sync: key.', long(1001)],
    rule: 'names/text',
  },
  {
    name: 'an error message over 255 characters',
    file: FILES.rule,
    change: ['The end stays.', long(256)],
    rule: 'names/text',
  },
  {
    name: 'an object without plural',
    file: FILES.deal,
    change: ['<pluralLabel>Deals</pluralLabel>', ''],
    rule: 'names/object-label',
  },
  {
    name: 'a label over 1000 characters',
    file: 'CustomLabels.labels-meta.xml',
    change: ['Hello &amp; welcome', long(1001)],
    rule: 'names/custom-label',
  },
  {
    name: 'a custom metadata label over 40 characters',
    file: FILES.record,
    change: ['<label>Default', `<label>${long(41)}`],
    rule: 'names/text',
  },
  {
    name: 'a name that ends with an underscore',
    file: FILES.rule,
    change: ['<fullName>End_Stays', '<fullName>End_Stays_'],
    rule: 'names/api-name',
  },
  {
    name: 'a name that begins with a digit',
    file: FILES.rule,
    change: ['<fullName>End_Stays', '<fullName>1_End_Stays'],
    rule: 'names/api-name',
  },
  {
    name: 'a plural label over 40 characters',
    file: FILES.deal,
    change: ['<pluralLabel>Deals', `<pluralLabel>${long(41)}`],
    rule: 'names/object-label',
  },
  {
    name: 'a rule without message',
    file: FILES.rule,
    change: ['<errorMessage>The end stays.</errorMessage>', ''],
    rule: 'names/text',
  },
  {
    name: 'a custom label over 1000 characters',
    file: 'CustomLabels.labels-meta.xml',
    change: ['Hello &amp; welcome', long(1001)],
    rule: 'names/custom-label',
  },
  {
    name: 'a label name over 80 characters',
    file: 'CustomLabels.labels-meta.xml',
    change: ['<fullName>Hello', `<fullName>${long(81)}`],
    rule: 'names/custom-label',
  },
  {
    name: 'a record label over 40 characters',
    file: FILES.record,
    change: ['<label>Default', `<label>${long(41)}`],
    rule: 'names/text',
  },
  {
    name: 'a permission set label over 80 characters',
    file: FILES.rep,
    change: ['<label>Pilot Rep', `<label>${long(81)}`],
    rule: 'names/text',
  },
  {
    name: 'a list view label over 40 characters',
    file: 'All.listView-meta.xml',
    change: ['<label>All Deals', `<label>${long(41)}`],
    rule: 'names/text',
  },
  {
    name: 'a name with a hyphen',
    file: FILES.key,
    change: ['<fullName>Key__c', '<fullName>Ke-y__c'],
    rule: 'names/api-name',
  },
  {
    name: 'a record name over 40 characters',
    file: `customMetadata/PilotPolicy.${'R'.repeat(41)}.md-meta.xml`,
    change: '<CustomMetadata><label>R</label><protected>false</protected></CustomMetadata>',
    rule: 'names/api-name',
  },
];
