import { FILES, type Mutation } from '../fixture/mutation.ts';
import { smallPackage } from '../fixture/small-package.ts';

const LOOKUPS = Array.from({ length: 16 }, (_, index) => index);
const OTHER_LOOKUPS = Object.fromEntries(
  LOOKUPS.map((index): [string, string] => [
    `objects/Deal__c/fields/L${index}__c.field-meta.xml`,
    `<CustomField><fullName>L${index}__c</fullName><label>L</label><referenceTo>Contact</referenceTo><relationshipName>R${index}</relationshipName><type>Lookup</type></CustomField>`,
  ]),
);

export const FORMULAS_MUTATIONS: readonly Mutation[] = [
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
  {
    name: 'a global nobody has',
    file: FILES.daysLeft,
    change: ['Ends_On__c - TODAY()', 'Ends_On__c - $Planet.Age'],
    rule: 'formulas/name',
  },
  {
    name: 'PRIORVALUE in a field',
    file: FILES.daysLeft,
    change: ['Ends_On__c - TODAY()', 'Ends_On__c - PRIORVALUE(Ends_On__c)'],
    rule: 'formulas/function',
  },
  {
    name: 'ISNEW in a field',
    file: FILES.daysLeft,
    change: ['ISPICKVAL(Status__c, "Open")', 'ISNEW()'],
    rule: 'formulas/function',
  },
  {
    name: 'REGEX in a field',
    file: FILES.daysLeft,
    change: ['ISPICKVAL(Status__c, "Open")', 'REGEX(Name, "a.*")'],
    rule: 'formulas/function',
  },
  {
    name: 'VLOOKUP in a field',
    file: FILES.daysLeft,
    change: ['Ends_On__c - TODAY()', 'VLOOKUP(Key__c, Key__c, Name)'],
    rule: 'formulas/function',
  },
  {
    name: 'formulas that reach 16 related objects',
    file: 'Account_Name__c.field-meta.xml',
    change: ['Opportunity__r.Account.Name', LOOKUPS.map((index) => `L${index}__r.LastName`).join(' &amp; ')],
    besides: OTHER_LOOKUPS,
    rule: 'formulas/related-objects',
  },
];
