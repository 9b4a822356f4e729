// The browser tests of the page, once more over what Salesforce's own compiler makes of the package's
// components: the AMD modules it answers with run unchanged under the open-source engine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { buildPage } from '../../preview/build-page.ts';
import { bundleCompiler } from './bundle-compiler.ts';

const ROOT = join(import.meta.dirname, '../../..');
// Less than the hour after which an unused build is removed.
const MINUTE_MS = 60_000;
// Panel and forms each time; `PILOT_PAGE_TESTS='scripts/preview/*.test.ts'` runs every flow, about ten minutes.
const TESTS = process.env['PILOT_PAGE_TESTS'] ?? 'scripts/preview/{preview,actions}.test.ts';

let build: string;

before(async () => {
  const { folder, builds } = await buildPage(ROOT, console.log, bundleCompiler);
  build = join(folder, builds[0]);
});

test('every bundle of the page is an AMD module of the platform compiler', () => {
  const page = readFileSync(join(build, 'record-page.js'), 'utf8');
  const bundles = globSync('force-app/main/default/lwc/*/*.js-meta.xml', { cwd: ROOT });
  const missing = bundles
    .map((file) => file.split('/').at(-2)!)
    .filter((name) => !page.includes(`('c/${name}', [`));
  assert.deepEqual(missing, []);
});

for (const file of globSync(TESTS, { cwd: ROOT })
  .filter((name) => readFileSync(join(ROOT, name), 'utf8').includes('startScene('))
  .sort()) {
  test(`${file} passes over it`, () => {
    const { NODE_TEST_CONTEXT: _own, ...env } = process.env;
    const earlier = new Date(Date.now() - MINUTE_MS);
    utimesSync(build, earlier, earlier);
    const { status, stdout } = spawnSync(process.execPath, ['--test', join(ROOT, file)], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...env, PILOT_PAGE_COMPILER: join(import.meta.dirname, 'bundle-compiler.ts') },
    });
    assert.equal(status, 0, stdout);
    // Whoever shows a build marks it as used: these tests did not quietly show the preview's own.
    assert.ok(statSync(build).mtimeMs > earlier.getTime() + MINUTE_MS / 2, `${file} did not show ${build}`);
  });
}
