// Whole syncs of the same night on copies of one org: what the cache holds may change their time only.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { NOW } from '../testing/sync-org.ts';
import {
  contentRows,
  environmentOf,
  makeTemplate,
  openCopy,
  type TortureTemplate,
} from '../testing/torture/torture-org.ts';
import { parseConfig } from './read-config.ts';
import { runSync } from './run-sync.ts';

let template: TortureTemplate;
before(async () => {
  template = await makeTemplate();
});
after(() => template.remove());

/** Hash of what people see of the org after tonight's sync, run on a copy of it. */
async function orgAfter(name: string, cache: string | false): Promise<string> {
  const org = await openCopy(template, name);
  try {
    const folder = join(template.folder, name);
    const yaml = template.yaml.replace(
      'RUN_FOLDER',
      `${JSON.stringify(folder)}, cache: ${JSON.stringify(cache)}`,
    );
    const report = await runSync({
      config: parseConfig(yaml, 'sync.yaml'),
      login: { targetOrg: null, environment: await environmentOf(org), retry: DEFAULT_RETRY },
      now: NOW,
      isDryRun: false,
      acceptMassChange: false,
      mode: 'Manual',
      secret: 'only made-up people in these tests',
      version: '0.0.0',
      progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
      lockFolder: folder,
    });
    assert.equal(report.exitCode, 0);
    return createHash('sha256')
      .update((await contentRows(org)).join('\n'))
      .digest('hex');
  } finally {
    await org.close();
  }
}

test('the org is the same without a cache, with a new, a full, a damaged and an emptied one', async () => {
  const cache = join(template.folder, 'kept');
  const entry = async () => join(cache, 'product', (await readdir(join(cache, 'product')))[0]!);
  const wanted = await orgAfter('without', false);
  assert.equal(await orgAfter('new', cache), wanted);
  const kept = await readFile(await entry());
  assert.equal(await orgAfter('full', cache), wanted);
  assert.deepEqual(await readFile(await entry()), kept);
  await writeFile(
    await entry(),
    kept.map((byte, at) => (at === kept.length >> 1 ? byte ^ 1 : byte)),
  );
  assert.equal(await orgAfter('damaged', cache), wanted);
  assert.notDeepEqual(await readFile(await entry()), kept);
  await truncate(await entry(), 40);
  assert.equal(await orgAfter('cut', cache), wanted);
  await rm(cache, { recursive: true });
  assert.equal(await orgAfter('emptied', cache), wanted);
});
