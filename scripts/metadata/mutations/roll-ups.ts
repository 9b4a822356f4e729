import { FILES, type Mutation } from '../fixture/mutation.ts';

export const ROLL_UPS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a roll-up over no master-detail',
    file: FILES.doneSteps,
    change: ['Step__c.Deal__c', 'Step__c.Hours__c'],
    rule: 'roll-ups/key',
  },
  {
    name: 'a count of a field',
    file: FILES.doneSteps,
    change: ['<summaryForeignKey>', '<summarizedField>Step__c.Hours__c</summarizedField><summaryForeignKey>'],
    rule: 'roll-ups/field',
  },
  {
    name: 'a sum of nothing',
    file: FILES.totalHours,
    change: ['<summarizedField>Step__c.Hours__c</summarizedField>', ''],
    rule: 'roll-ups/field',
  },
  {
    name: 'a sum of a checkbox',
    file: FILES.totalHours,
    change: ['Step__c.Hours__c', 'Step__c.Is_Done__c'],
    rule: 'roll-ups/field',
  },
  {
    name: 'a filter on a clock formula',
    file: FILES.isDone,
    change: ['NOT(ISBLANK(Hours__c))', 'TODAY() > DATE(2026, 1, 1)'],
    rule: 'roll-ups/filter',
    blamed: FILES.doneSteps,
  },
  {
    name: 'a filter on a parent’s field',
    file: FILES.isDone,
    change: ['NOT(ISBLANK(Hours__c))', 'ISPICKVAL(Deal__r.Status__c, "Open")'],
    rule: 'roll-ups/filter',
    blamed: FILES.doneSteps,
  },
  {
    name: 'a filter on a missing field',
    file: FILES.doneSteps,
    change: ['Step__c.Is_Done__c', 'Step__c.Is_Gone__c'],
    rule: 'roll-ups/filter',
  },
];
