import assert from 'node:assert/strict';
import { it } from 'node:test';
import { testMutations } from '../fixture/test-mutations.ts';
import { ROLL_UPS_MUTATIONS } from '../mutations/roll-ups.ts';
import { smallPackage } from '../fixture/small-package.ts';
import { readPackage } from '../read-package.ts';
import { ROLL_UP_RULES } from './roll-ups.ts';

testMutations('roll ups', ROLL_UP_RULES, ROLL_UPS_MUTATIONS);

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
