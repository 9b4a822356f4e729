import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { SourceConfig } from '../sources/source-config.ts';
import { openSources } from './open-sources.ts';
import { readConfig } from './read-config.ts';

const FOLDER = new URL('../../config/examples/', import.meta.url).pathname;
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

for (const file of files)
  test(`config/examples/${file} is a whole configuration, and its sources open`, async () => {
    const config = await readConfig(`${FOLDER}${file}`);
    const sources = openSources(config, 'a secret for the examples', {});
    assert.deepEqual(
      sources.map(({ name }) => name),
      config.sources.map(({ name }) => name),
    );
  });

test('every kind of source has an example', async () => {
  const configs = await Promise.all(files.map((file) => readConfig(`${FOLDER}${file}`)));
  const shown = new Set(configs.flatMap(({ sources }) => sources.map(({ kind }) => kind)));
  const kinds = SourceConfig.options.map((option) => option.shape.kind.value);
  assert.deepEqual([...shown].sort(), kinds.toSorted());
});
