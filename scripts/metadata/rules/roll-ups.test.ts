import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FILES, testMutations, type Mutation } from '../fixture/mutation.ts';
import { smallPackage } from '../fixture/small-package.ts';
import { readPackage } from '../read-package.ts';
import { ROLL_UP_RULES } from './roll-ups.ts';

const MUTATIONS: readonly Mutation[] = [
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

testMutations('roll ups', ROLL_UP_RULES, MUTATIONS, ['roll-ups/limit']);

it('refuses a 26th roll-up', () => {
  const files = smallPackage();
  const rollUp = (name: string) =>
    `<CustomField><fullName>${name}</fullName><label>R</label><summaryForeignKey>Step__c.Deal__c</summaryForeignKey><summaryOperation>count</summaryOperation><type>Summary</type></CustomField>`;
  for (let index = 3; index <= 25; index += 1)
    files.set(`objects/Deal__c/fields/R${index}__c.field-meta.xml`, rollUp(`R${index}__c`));
  assert.deepEqual(readPackage(files).problems, []);
  files.set('objects/Deal__c/fields/R26__c.field-meta.xml', rollUp('R26__c'));
  assert.deepEqual(
    readPackage(files).problems.map((each) => each.rule),
    ['roll-ups/limit'],
  );
});
