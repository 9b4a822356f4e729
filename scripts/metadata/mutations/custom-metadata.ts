import { FILES, type Mutation } from '../fixture/mutation.ts';

export const CUSTOM_METADATA_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a metadata value of a missing field',
    file: FILES.record,
    change: ['<field>Days__c', '<field>Weeks__c'],
    rule: 'custom-metadata/record',
  },
  {
    name: 'a metadata value of a wrong type',
    file: FILES.record,
    change: ['xsd:double', 'xsd:string'],
    rule: 'custom-metadata/record',
  },
  {
    name: 'a metadata number with too many digits',
    file: FILES.record,
    change: ['>14<', '>1414<'],
    rule: 'custom-metadata/record',
  },
  {
    name: 'a record of a missing type',
    file: 'customMetadata/Gone.Default.md-meta.xml',
    change: '<CustomMetadata><label>x</label><protected>false</protected></CustomMetadata>',
    rule: 'custom-metadata/record',
  },
  {
    name: 'a notification without channel',
    file: 'Stall.notiftype-meta.xml',
    change: [
      '<desktop>true</desktop>\n<masterLabel>Stall</masterLabel>\n<mobile>true',
      '<desktop>false</desktop>\n<masterLabel>Stall</masterLabel>\n<mobile>false',
    ],
    rule: 'notification-types/channel',
  },
  {
    name: 'a record that does not say whether it is protected',
    file: FILES.record,
    change: ['<protected>false</protected>\n', ''],
    rule: 'custom-metadata/record',
  },
];
