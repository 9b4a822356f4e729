import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { mutated } from '../metadata/fixture/mutation.ts';
import { smallPackage } from '../metadata/fixture/small-package.ts';
import { PROJECT_DIR } from './build-zip.ts';
import { readProject } from './read-project.ts';
import { SCHEMA_FILE, schemaSource } from './write-types.ts';

it('says kind, writer and values of a field', () => {
  const source = schemaSource(smallPackage());
  assert.match(
    source,
    /Status__c: \{ label: 'Status', kind: 'Picklist', writer: 'rep', length: 255, values: \['Open', 'Done'\] \},/,
  );
  assert.match(source, /Lead_Deal__c: \{ label: 'Lead Deal', kind: 'Lookup', writer: 'sync', length: 18 \},/);
  assert.match(
    source,
    /Done_Steps__c: \{ label: 'Done Steps', kind: 'Summary', writer: 'rollup', scale: 0 \},/,
  );
});

it('refuses a field that nobody writes', () => {
  const files = mutated({
    name: 'writer',
    file: 'fields/Key__c.field-meta.xml',
    change: ['Written by the sync: key.', 'The key.'],
  });
  assert.throws(
    () => schemaSource(files),
    /description of Key__c does not say who writes it: run npm run verify/,
  );
});

it('is in step with force-app (npm run types)', () => {
  assert.equal(
    readFileSync(SCHEMA_FILE, 'utf8'),
    schemaSource(readProject(PROJECT_DIR, ['force-app/main']).files),
  );
});
