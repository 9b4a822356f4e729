import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { rollup } from 'rollup';
import type { Plugin } from 'rollup';
import { rememberTransforms } from './remember-transforms.ts';

test('files of node_modules are transformed once, ours every time, and a damaged memory is forgotten', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'remember-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const memory = join(folder, 'memory.json');
  const transformed: string[] = [];
  const sources: Readonly<Record<string, string>> = {
    '/own.js': "import { word } from '/node_modules/lib.js'; export default word + 'own';",
    '/node_modules/lib.js': "export const word = 'lib';",
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
  assert.deepEqual(transformed, ['/own.js', '/node_modules/lib.js', '/own.js']);
  writeFileSync(memory, '{"damaged');
  assert.equal(await build(), first);
  assert.deepEqual(transformed.slice(3), ['/own.js', '/node_modules/lib.js']);
});
