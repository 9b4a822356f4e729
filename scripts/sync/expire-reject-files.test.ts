import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { RejectLog } from '../sources/files/reject-log.ts';
import { expireRejectFiles } from './expire-reject-files.ts';

test('files of rejected rows go with the runs they belong to, and nothing else does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pilot-rejects-'));
  try {
    for (const day of ['2026-08-19', '2026-08-20', '2026-11-18']) {
      const log = new RejectLog(folder, 'product', new Date(`${day}T12:00:00Z`));
      await log.add('usage.csv', [{ line: 2, reason: 'no time' }]);
      await log.close();
    }
    assert.equal(await expireRejectFiles(folder, 90, new Date('2026-11-18T12:00:00Z')), 1);
    assert.deepEqual(
      (await readdir(folder)).map((name) => name.slice(0, 'product.2026-08-20'.length)).toSorted(),
      ['product.2026-08-20', 'product.2026-11-18'],
    );
    assert.equal(await expireRejectFiles(join(folder, 'none'), 90, new Date('2026-11-18T12:00:00Z')), 0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
