import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FILES, mutated } from '../fixture/mutation.ts';
import { testMutations } from '../fixture/test-mutations.ts';
import { FIELDS_MUTATIONS } from '../mutations/fields.ts';
import { smallPackage } from '../fixture/small-package.ts';
import { readPackage } from '../read-package.ts';
import { FIELD_RULES } from './fields.ts';

testMutations('fields', FIELD_RULES, FIELDS_MUTATIONS, ['fields/type-change']);

it('takes a picklist value that names no label: it is shown by its name', () => {
  const files = mutated({
    name: 'no label',
    file: FILES.status,
    change: ['<label>Open</label>', ''],
  });
  assert.ok([...files].some(([path, text]) => path.endsWith(FILES.status) && !text.includes('<label>Open')));
  assert.deepEqual(readPackage(files).problems, []);
});

it('refuses to turn a stored field into a formula that the org already stores', () => {
  const base = readPackage(smallPackage()).model;
  const files = mutated({
    name: 'formula',
    file: FILES.hours,
    change: ['<precision>6</precision>', '<formula>1</formula><precision>6</precision>'],
  });
  const { problems } = readPackage(files, { base });
  assert.deepEqual(
    problems.map((each) => each.rule).filter((rule) => rule === 'fields/type-change'),
    ['fields/type-change'],
  );
});
