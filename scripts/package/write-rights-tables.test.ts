import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { documentPath, RIGHTS_TABLES, withTable } from './write-rights-tables.ts';

// The formatter pads the cells.
const cells = (text: string) => text.replace(/ *\| */g, '|').replace(/-{3,}/g, '---');

for (const each of RIGHTS_TABLES)
  it(`the table in force-app/${each.document} is what the permission set says`, () => {
    const text = readFileSync(documentPath(each), 'utf8');
    assert.equal(cells(withTable(text, each)), cells(text));
  });

it('a document that lost its marks is refused by name', () => {
  assert.throws(() => withTable('no table', RIGHTS_TABLES[1]!), /docs\/for-reps\.md lacks the marks/);
});
