import assert from 'node:assert/strict';
import { it } from 'node:test';
import { testMutations } from '../fixture/test-mutations.ts';
import { FORMULAS_MUTATIONS } from '../mutations/formulas.ts';
import { smallPackage } from '../fixture/small-package.ts';
import { readPackage } from '../read-package.ts';
import { FORMULA_RULES } from './formulas.ts';

testMutations('formulas', FORMULA_RULES, FORMULAS_MUTATIONS);

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
