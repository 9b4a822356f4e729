import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FILES, testMutations, type Mutation } from '../fixture/mutation.ts';
import { smallPackage } from '../fixture/small-package.ts';
import { readPackage } from '../read-package.ts';
import { FORMULA_RULES } from './formulas.ts';

const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a formula over 3,900 characters',
    file: FILES.daysLeft,
    change: ['TODAY()', `TODAY() + ${'1 + '.repeat(1000)}1`],
    rule: 'formulas/length',
  },
  {
    name: 'a function nobody has',
    file: FILES.daysLeft,
    change: ['TODAY()', 'YESTERDAY()'],
    rule: 'formulas/function',
  },
  {
    name: 'ISCHANGED in a field',
    file: FILES.isDone,
    change: ['ISBLANK(', 'ISCHANGED('],
    rule: 'formulas/function',
  },
  { name: 'a bracket too few', file: FILES.isDone, change: ['))<', ')<'], rule: 'formulas/brackets' },
  {
    name: 'a field nobody has',
    file: FILES.daysLeft,
    change: ['Ends_On__c', 'End_On__c'],
    rule: 'formulas/name',
  },
  {
    name: 'a parent nobody has',
    file: 'Account_Name__c.field-meta.xml',
    change: ['Opportunity__r', 'Opp__r'],
    rule: 'formulas/name',
  },
  {
    name: 'a permission nobody has',
    file: FILES.rule,
    change: ['Move_End', 'Moves_End'],
    rule: 'formulas/name',
  },
  {
    name: 'a policy record nobody has',
    file: FILES.record,
    change: null,
    rule: 'formulas/name',
    blamed: FILES.daysLeft,
  },
  {
    name: 'long text in a formula',
    file: FILES.daysLeft,
    change: ['TODAY()', 'LEN(Notes__c)'],
    rule: 'formulas/name',
  },
  {
    name: 'a formula of type picklist',
    file: FILES.isDone,
    change: ['<type>Checkbox', '<type>Picklist'],
    rule: 'formulas/result',
  },
  {
    name: 'a formula that reads itself',
    file: FILES.daysLeft,
    change: ['TODAY()', 'Days_Left__c'],
    rule: 'formulas/cycle',
  },
  {
    name: 'a rule that marks a missing field',
    file: FILES.rule,
    change: ['<errorDisplayField>Ends_On__c', '<errorDisplayField>Gone__c'],
    rule: 'validation-rules/error-field',
  },
  {
    name: 'a rule without formula',
    file: FILES.rule,
    change: [
      /<errorConditionFormula>.*?<\/errorConditionFormula>/.exec(
        smallPackage().get(`force-app/main/default/objects/Deal__c/validationRules/${FILES.rule}`)!,
      )![0],
      '',
    ],
    rule: 'validation-rules/complete',
  },
];

testMutations('formulas', FORMULA_RULES, MUTATIONS, ['formulas/related-objects']);

it('refuses formulas that reach more than 15 related objects', () => {
  const files = smallPackage();
  for (let index = 0; index < 16; index += 1) {
    const lookup = `<fullName>L${index}__c</fullName><label>L</label><referenceTo>Contact</referenceTo><relationshipName>R${index}</relationshipName><type>Lookup</type>`;
    files.set(`objects/Deal__c/fields/L${index}__c.field-meta.xml`, `<CustomField>${lookup}</CustomField>`);
  }
  const reach = (count: number) =>
    Array.from({ length: count }, (_, index) => `L${index}__r.LastName`).join(' &amp; ');
  const rulesAt = (count: number) => {
    const path = 'force-app/main/default/objects/Deal__c/fields/Account_Name__c.field-meta.xml';
    const text = smallPackage().get(path)!.replace('Opportunity__r.Account.Name', reach(count));
    return readPackage(new Map(files).set(path, text)).problems.map((each) => each.rule);
  };
  assert.deepEqual(rulesAt(15), []);
  assert.deepEqual(rulesAt(16), ['formulas/related-objects']);
});
