import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { PROJECT_DIR } from './build-zip.ts';
import { withSecurityTable } from './write-security-table.ts';

// The formatter pads the cells.
const cells = (text: string) => text.replace(/ *\| */g, '|').replace(/-{3,}/g, '---');

it('the security table in force-app/README.md is what the permission set says', () => {
  const readme = readFileSync(join(PROJECT_DIR, 'force-app/README.md'), 'utf8');
  assert.equal(cells(withSecurityTable(readme)), cells(readme));
});
