// The JavaScript that ships, through the compiler that Salesforce runs when a component is deployed. It knows
// rules that the preview's compiler does not: its linter, and what a bundle of type `platform` may do.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { CLIENTS } from './clients-folder.ts';

const LWC = join(import.meta.dirname, '../../../force-app/main/default/lwc');

const Compiled = z.object({
  success: z.boolean(),
  diagnostics: z.array(z.object({ level: z.number(), message: z.string() })),
  results: z.array(z.object({ code: z.string() })).optional(),
});

type Compile = (config: { readonly bundle: object }) => Promise<unknown>;

async function compile(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<z.infer<typeof Compiled>> {
  const compiler = createRequire(join(CLIENTS, 'package.json'))('@lwc/sfdc-lwc-compiler') as {
    compile: Compile;
  };
  return Compiled.parse(
    await compiler.compile({ bundle: { type: 'platform', name, namespace: 'c', files } }),
  );
}

function filesOf(name: string): Record<string, string> {
  const names = globSync('*.{js,html,css}', { cwd: join(LWC, name) });
  return Object.fromEntries(names.map((file) => [file, readFileSync(join(LWC, name, file), 'utf8')]));
}

const bundles = globSync('*/*.js-meta.xml', { cwd: LWC })
  .map((file) => basename(file, '.js-meta.xml'))
  .sort();

test('there are bundles to compile', () => assert.ok(bundles.includes('pilotPanel')));

for (const name of bundles) {
  test(`${name} compiles without a word, its JavaScript included`, async () => {
    const { success, diagnostics, results = [] } = await compile(name, filesOf(name));
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
  const { success, diagnostics } = await compile('pilotPanel', {
    'pilotPanel.js': source,
    'pilotPanel.html': '<template></template>',
  });
  assert.equal(success, false);
  assert.match(diagnostics[0]!.message, /wire/);
});
