// The JavaScript that ships, through the compiler that Salesforce runs when a component is deployed. It knows
// rules that the preview's compiler does not: its linter, and what a bundle of type `platform` may do.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { bundleFiles } from '../../preview/load-compiled.ts';
import { compileBundle } from './bundle-compiler.ts';

const LWC = join(import.meta.dirname, '../../../force-app/main/default/lwc');

const bundles = globSync('*/*.js-meta.xml', { cwd: LWC })
  .map((file) => basename(file, '.js-meta.xml'))
  .sort();

test('there are bundles to compile', () => assert.ok(bundles.includes('pilotPanel')));

for (const name of bundles) {
  test(`${name} compiles without a word, its JavaScript included`, async () => {
    const { success, diagnostics, results = [] } = await compileBundle(name, bundleFiles(join(LWC, name)));
    assert.deepEqual(diagnostics, []);
    assert.equal(success, true);
    assert.equal(results.length, 1);
    const source = readFileSync(join(LWC, name, `${name}.js`), 'utf8');
    // A bundle whose JavaScript is missing compiles too, as an empty shell.
    for (const [, method] of source.matchAll(/^ {4}(?:async )?(\w+)\(/gm))
      assert.ok(results[0]!.code.includes(`${method}(`), `${method} is not in what was compiled`);
  });
}

test('the compiler refuses what the platform refuses', async () => {
  const source =
    "import { LightningElement } from 'lwc'; export default class extends LightningElement { @wire x; }";
  const { success, diagnostics } = await compileBundle('pilotPanel', {
    'pilotPanel.js': source,
    'pilotPanel.html': '<template></template>',
  });
  assert.equal(success, false);
  assert.match(diagnostics[0]!.message, /wire/);
});
