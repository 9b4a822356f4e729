import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { businessDay, businessDays } from './business-day.ts';
import { makeSampleUsage } from './sample-usage.ts';

const folder = mkdtempSync(join(tmpdir(), 'pilot-sample-usage-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const make = async (name: string, seed: string, now: string) => {
  const { files } = await makeSampleUsage({ seed, now: new Date(now), folder: join(folder, name) });
  return files.map((file) => readFileSync(file));
};

it('the same seed and time give the same bytes, another seed others', async () => {
  const first = await make('a', '1', '2026-11-18T06:10:00Z');
  assert.deepEqual(await make('b', '1', '2026-11-18T06:10:00Z'), first);
  assert.notDeepEqual(await make('c', '2', '2026-11-18T06:10:00Z'), first);
});

for (const now of ['2026-11-18T06:10:00Z', '2026-11-22T23:00:00Z', '2026-01-01T00:00:00Z'])
  it(`at ${now} nothing lies ahead, the product's export is fresh and the other one is old`, async () => {
    const [product, onPrem] = (await make(now, '1', now)) as [Buffer, Buffer, Buffer];
    const times = (text: string, column: number) =>
      text
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[column] ?? '')
        .filter((time) => /^\d{4}-\d{2}-\d{2}[T ]/.test(time))
        .sort();
    const newest = times(gunzipSync(product!).toString(), 1).at(-1)!;
    assert.ok(newest <= now && Date.parse(newest) > Date.parse(now) - 3 * 3_600_000 - 1000, newest);
    const stopped = times(onPrem!.toString(), 0).at(-1)!;
    assert.ok(Date.parse(`${stopped.replace(' ', 'T')}Z`) < Date.parse(now) - 5 * 86_400_000, stopped);
  });

it('business days leave weekends out, in both directions', () => {
  assert.equal(businessDay('2026-11-18', -3), '2026-11-13');
  assert.equal(businessDay('2026-11-22', 0), '2026-11-20');
  assert.equal(businessDay('2026-11-20', 1), '2026-11-23');
  assert.deepEqual(businessDays('2026-11-20', '2026-11-23'), ['2026-11-20', '2026-11-23']);
});
