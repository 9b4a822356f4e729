import { FILES, type Mutation } from '../fixture/mutation.ts';

const count = (name: string) =>
  `<CustomField><fullName>${name}</fullName><label>R</label><summaryForeignKey>Step__c.Deal__c</summaryForeignKey><summaryOperation>count</summaryOperation><type>Summary</type></CustomField>`;
// With the two that the small package has, 25: as many as an object may have.
const OTHER_COUNTS = Object.fromEntries(
  Array.from({ length: 23 }, (_, index): [string, string] => [
    `objects/Deal__c/fields/R${index}__c.field-meta.xml`,
    count(`R${index}__c`),
  ]),
);

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
  {
    name: 'a sum of dates',
    file: FILES.totalHours,
    change: ['Step__c.Hours__c', 'Step__c.CreatedDate'],
    rule: 'roll-ups/field',
  },
  {
    name: 'an operation that roll-ups lack',
    file: FILES.totalHours,
    change: ['<summaryOperation>sum', '<summaryOperation>average'],
    rule: 'roll-ups/field',
  },
  {
    name: 'a sum of a formula by the clock',
    file: FILES.hours,
    change:
      '<CustomField><fullName>Hours__c</fullName><formula>TODAY() - DATE(2026, 1, 1)</formula><formulaTreatBlanksAs>BlankAsBlank</formulaTreatBlanksAs><label>Hours</label><precision>18</precision><scale>0</scale><type>Number</type></CustomField>',
    rule: 'roll-ups/field',
    blamed: FILES.totalHours,
  },
  {
    name: 'a sum of a formula over the master',
    file: FILES.hours,
    change:
      '<CustomField><fullName>Hours__c</fullName><formula>Deal__r.Ends_On__c - DATE(2026, 1, 1)</formula><formulaTreatBlanksAs>BlankAsBlank</formulaTreatBlanksAs><label>Hours</label><precision>18</precision><scale>0</scale><type>Number</type></CustomField>',
    rule: 'roll-ups/field',
    blamed: FILES.totalHours,
  },
  {
    name: 'a filter on a value that is none',
    file: FILES.doneSteps,
    change: ['<value>True</value>', '<value>Maybe</value>'],
    rule: 'roll-ups/filter',
  },
  {
    name: 'a 26th roll-up',
    file: 'objects/Deal__c/fields/R26__c.field-meta.xml',
    change: count('R26__c'),
    besides: OTHER_COUNTS,
    rule: 'roll-ups/limit',
    blamed: 'Deal__c.object-meta.xml',
  },
];
