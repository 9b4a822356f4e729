import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mutated } from '../metadata/fixture/mutation.ts';
import { testMutations } from '../metadata/fixture/test-mutations.ts';
import { HOUSE_MUTATIONS } from './house-mutations.ts';
import { smallPackage } from '../metadata/fixture/small-package.ts';
import { PROJECT_DIR } from './build-zip.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { readProject } from './read-project.ts';
import { formatProblem, verifyPackage } from './verify.ts';

describe('verifyPackage', () => {
  it('finds nothing in a correct package and counts it', () => {
    const { problems, counts } = verifyPackage(smallPackage());
    assert.deepEqual(problems, []);
    assert.equal(counts.get('CustomField'), 15);
  });

  it('finds nothing in force-app', () => {
    const { problems, counts } = verifyPackage(readProject(PROJECT_DIR, ['force-app/main']).files);
    assert.deepEqual(problems.map(formatProblem), []);
    assert.ok((counts.get('CustomField') ?? 0) > 200);
  });

  it('formats a problem as place, rule, message and way out', () => {
    const [problem] = verifyPackage(mutated(HOUSE_MUTATIONS[3]!)).problems;
    assert.match(formatProblem(problem!), /^force-app\/main\/default\/\S.*:\d+.*\n {4}\S.*\n {4}→ \S/);
  });
});

testMutations('house rules and schema', HOUSE_RULES, HOUSE_MUTATIONS, [], (files) => verifyPackage(files).problems);
