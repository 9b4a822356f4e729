import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { rollup } from 'rollup';
import type { Plugin } from 'rollup';
import { rememberTransforms } from './remember-transforms.ts';

test('a file is transformed once until its text changes, and a damaged memory is forgotten', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'remember-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const memory = join(folder, 'memory.json');
  const transformed: string[] = [];
  const sources: Record<string, string> = {
    '/own.js': "import { word } from '/lib.js'; export default word + 'own';",
    '/lib.js': "export const word = 'lib';",
  };
  const shout: Plugin = {
    name: 'shout',
    resolveId: (id) => id,
    load: (id) => sources[id],
    transform(source, id) {
      transformed.push(id);
      return { code: source.replaceAll("'lib'", "'LIB'").replaceAll("'own'", "'OWN'"), map: null };
    },
  };
  const build = async (): Promise<string> => {
    const bundle = await rollup({ input: '/own.js', plugins: [rememberTransforms(shout, memory)] });
    const { output } = await bundle.generate({ format: 'esm' });
    return output[0].code;
  };

  const first = await build();
  assert.match(first, /'LIB'/);
  assert.equal(await build(), first);
  assert.deepEqual(transformed, ['/own.js', '/lib.js']);
  sources['/lib.js'] = "export const word = 'other';";
  assert.match(await build(), /other/);
  assert.deepEqual(transformed.slice(2), ['/lib.js']);
  writeFileSync(memory, '{"damaged');
  await build();
  assert.deepEqual(transformed.slice(3), ['/own.js', '/lib.js']);
});
