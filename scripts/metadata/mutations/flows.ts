import { FILES, type Mutation } from '../fixture/mutation.ts';

const AFTER = 'Deal_After_Save.flow-meta.xml';

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
  {
    name: 'an element name over 80 characters',
    file: AFTER,
    change: [/Keep_Fault/g, 'x'.repeat(81)],
    rule: 'flows/name',
  },
  {
    name: 'an element that is never reached',
    file: AFTER,
    change: ['<targetReference>Count_Step', '<targetReference>Keep_Fault'],
    rule: 'flows/connector',
  },
  {
    name: 'an after-save flow on a missing object',
    file: AFTER,
    change: ['<object>Deal__c', '<object>Gone__c'],
    rule: 'flows/start',
  },
  {
    name: 'a record-triggered flow that does not say when',
    file: AFTER,
    change: ['<recordTriggerType>Update</recordTriggerType>', ''],
    rule: 'flows/start',
  },
  {
    name: 'a text with a reference nobody has',
    file: AFTER,
    change: ['$Flow.FaultMessage', '$Folw.FaultMessage'],
    rule: 'flows/reference',
  },
  {
    name: 'a record field nobody has',
    file: AFTER,
    change: ['$Record__Prior.Status__c', '$Record__Prior.State__c'],
    rule: 'flows/reference',
  },
  {
    name: 'a filter field nobody has',
    file: AFTER,
    change: ['<field>Deal__c', '<field>Pilot__c'],
    rule: 'flows/field',
  },
  {
    name: 'a prior value on creation',
    file: AFTER,
    change: ['<recordTriggerType>Update', '<recordTriggerType>Create'],
    rule: 'flows/prior',
  },
  {
    name: 'a scheduled flow without schedule',
    file: AFTER,
    change: ['<triggerType>RecordAfterSave', '<triggerType>Scheduled'],
    rule: 'flows/schedule',
  },
  {
    name: 'a picklist text in a condition that nobody has',
    file: AFTER,
    change: ['<stringValue>Open', '<stringValue>Opened'],
    rule: 'flows/value',
  },
  {
    name: 'a number assigned a text',
    file: AFTER,
    change: ['<numberValue>1.0</numberValue>', '<stringValue>one</stringValue>'],
    rule: 'flows/value',
  },
  {
    name: 'an action before the save',
    file: FILES.flow,
    change: [
      '</Flow>',
      '<actionCalls>\n<name>Post</name>\n<label>Post</label>\n<locationX>0</locationX>\n<locationY>0</locationY>\n<actionName>chatterPost</actionName>\n<actionType>chatterPost</actionType>\n</actionCalls>\n</Flow>',
    ],
    rule: 'flows/start',
  },
  {
    name: 'a record made before the save',
    file: FILES.flow,
    change: [
      '</Flow>',
      '<recordCreates>\n<name>Make</name>\n<label>Make</label>\n<locationX>0</locationX>\n<locationY>0</locationY>\n<object>Step__c</object>\n</recordCreates>\n</Flow>',
    ],
    rule: 'flows/start',
  },
  {
    name: 'another record updated before the save',
    file: FILES.flow,
    change: [
      '</Flow>',
      '<recordUpdates>\n<name>Touch</name>\n<label>Touch</label>\n<locationX>0</locationX>\n<locationY>0</locationY>\n<object>Step__c</object>\n</recordUpdates>\n</Flow>',
    ],
    rule: 'flows/start',
  },
  {
    name: 'a formula with a reference nobody has',
    file: FILES.flow,
    change: ['<expression>TODAY()', '<expression>TODAY() + {!Days}'],
    rule: 'flows/reference',
  },
  {
    name: 'a formula with a record field nobody has',
    file: FILES.flow,
    change: ['<expression>TODAY()', '<expression>{!$Record.End_On__c}'],
    rule: 'flows/reference',
  },
  {
    name: 'an assignment to nothing',
    file: AFTER,
    change: ['<assignToReference>stepCount', '<assignToReference>stepsCount'],
    rule: 'flows/reference',
  },
  {
    name: 'a fault that leads nowhere',
    file: AFTER,
    change: [
      '<faultConnector>\n<targetReference>Keep_Fault',
      '<faultConnector>\n<targetReference>Keep_Faults',
    ],
    rule: 'flows/connector',
  },
  {
    name: 'a queried field nobody has',
    file: AFTER,
    change: ['<queriedFields>Hours__c', '<queriedFields>Hour__c'],
    rule: 'flows/field',
  },
  {
    name: 'a sort by a field nobody has',
    file: AFTER,
    change: ['<storeOutputAutomatically>', '<sortField>Hour__c</sortField>\n<storeOutputAutomatically>'],
    rule: 'flows/field',
  },
  {
    name: 'a filter by a number that is a text',
    file: AFTER,
    change: [
      '<filters>\n<field>Deal__c</field>\n<operator>EqualTo</operator>\n<value>\n<elementReference>$Record.Id</elementReference>',
      '<filters>\n<field>Hours__c</field>\n<operator>EqualTo</operator>\n<value>\n<stringValue>two</stringValue>',
    ],
    rule: 'flows/value',
  },
];
