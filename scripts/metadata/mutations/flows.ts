import { FILES, type Mutation } from '../fixture/mutation.ts';

export const FLOWS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'two elements of one name',
    file: FILES.flow,
    change: ['<name>Today', '<name>Stamp'],
    rule: 'flows/name',
  },
  {
    name: 'a connector to nowhere',
    file: FILES.flow,
    change: ['<targetReference>Stamp', '<targetReference>Gone'],
    rule: 'flows/connector',
  },
  {
    name: 'a flow on a missing object',
    file: FILES.flow,
    change: ['<object>Deal__c', '<object>Gone__c'],
    rule: 'flows/start',
  },
  {
    name: 'a flow that writes a missing field',
    file: FILES.flow,
    change: ['$Record.Ends_On__c', '$Record.End_On__c'],
    rule: 'flows/reference',
  },
  {
    name: 'a flow that reads a missing resource',
    file: FILES.flow,
    change: ['<elementReference>Today', '<elementReference>Tomorrow'],
    rule: 'flows/reference',
  },
  {
    name: 'a lookup by a missing field',
    file: FILES.flow,
    change: [
      '<start>',
      '<recordLookups>\n<name>Find</name>\n<object>Deal__c</object>\n<filters>\n<field>Gone__c</field>\n</filters>\n</recordLookups>\n<start>',
    ],
    rule: 'flows/field',
  },
  {
    name: 'a notification type nobody has',
    file: FILES.flow,
    change: [
      '<start>',
      '<recordLookups>\n<name>Find</name>\n<object>CustomNotificationType</object>\n<filters>\n<field>DeveloperName</field>\n<value>\n<stringValue>Gone</stringValue>\n</value>\n</filters>\n</recordLookups>\n<start>',
    ],
    rule: 'flows/notification',
  },
];
