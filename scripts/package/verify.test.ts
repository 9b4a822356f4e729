import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mutated } from '../metadata/fixture/mutation.ts';
import { smallPackage } from '../metadata/fixture/small-package.ts';
import { testMutations } from '../metadata/fixture/test-mutations.ts';
import { COMPONENT_CODE_RULES } from './component-code.ts';
import { HOUSE_MUTATIONS } from './house-mutations.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { ALL_MUTATIONS, survivors } from './print-survivors.ts';
import { formatProblem, verifyPackage } from './verify-package.ts';
import { verifyProject } from './verify.ts';

describe('verifyPackage', () => {
  it('finds nothing in a correct package and counts it', () => {
    const { problems, counts } = verifyPackage(smallPackage());
    assert.deepEqual(problems, []);
    assert.equal(counts.get('CustomField'), 15);
  });

  it('finds nothing in force-app', () => {
    const { problems, counts } = verifyProject();
    assert.deepEqual(problems.map(formatProblem), []);
    assert.ok((counts.get('CustomField') ?? 0) > 200);
  });

  it("takes an attribute in HTML's spelling for the property it sets", () => {
    const spelled = (attribute: string) =>
      verifyPackage(
        mutated({
          name: attribute,
          file: 'dealPanel.html',
          change: [
            '<lightning-button',
            `<lightning-textarea ${attribute}="9"></lightning-textarea>\n  <lightning-button`,
          ],
        }),
      ).problems.map(({ problem }) => problem);
    assert.deepEqual(spelled('maxlength'), []);
    assert.deepEqual(spelled('max-length'), []);
    assert.deepEqual(spelled('maxlengths'), ['<lightning-textarea> has no attribute maxlengths.']);
  });

  it('formats a problem as place, rule, message and way out', () => {
    const [problem] = verifyPackage(mutated(HOUSE_MUTATIONS[3]!)).problems;
    assert.match(formatProblem(problem!), /^force-app\/main\/default\/\S.*:\d+.*\n {4}\S.*\n {4}→ \S/);
  });

  it('survives none of at least 150 mutations, with a rule meant by each', () => {
    assert.ok(ALL_MUTATIONS.length >= 150, `${ALL_MUTATIONS.length}`);
    const names = ALL_MUTATIONS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(
      survivors().map(({ name }) => name),
      [],
    );
  });

  it('lets a mutation survive that changes nothing that matters', () => {
    const harmless = {
      name: 'another description',
      file: 'Key__c.field-meta.xml',
      change: ['key.', 'the key.'],
      rule: 'names/text',
    } as const;
    assert.deepEqual(survivors([harmless]), [harmless]);
  });
});

testMutations(
  'house rules and schema',
  [...HOUSE_RULES, ...COMPONENT_CODE_RULES],
  HOUSE_MUTATIONS,
  [],
  (files) => verifyPackage(files).problems,
);
