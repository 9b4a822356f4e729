import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { PilotFacts, ReadSummary, UsageLink } from '../../domain/facts.ts';
import { collect } from '../contract.ts';
import { MetricDefinition } from '../metric-definition.ts';
import { makeTestFolder } from '../test-folder.ts';
import { emptyUsageCache } from './usage-cache.ts';

const folder = makeTestFolder();
after(() => folder.remove());

const NOW = new Date('2026-03-20T12:00:00Z');
const METRICS = [
  { name: 'saves', fn: 'count', where: [{ column: 'event', op: '=', value: 'save' }] },
  { name: 'events', fn: 'distinct', column: 'event' },
  { name: 'total', fn: 'sum', column: 'minutes' },
  { name: 'middle', fn: 'median', column: 'minutes' },
  { name: 'latest', fn: 'last', column: 'minutes' },
  { name: 'rate', fn: 'rate_per_user', where: [] },
].map((metric) => MetricDefinition.parse(metric));
const CONFIG = {
  columns: {
    user_id: 'user_id',
    user_email: 'mail',
    department: 'department',
    event: 'event',
    invited_by: 'by',
  },
  exclude: { user_domains: ['ours.example'] },
  lag_hours: 0,
};
const link = (pilotId: string, key: string, timeZone: string, more: Partial<UsageLink> = {}): UsageLink => ({
  pilotId,
  source: 'usage',
  key,
  from: null,
  to: null,
  filter: null,
  timeZone,
  ...more,
});
const LINKS = [
  link('p1', 'acme', 'UTC'),
  link('p2', 'acme', 'Asia/Tokyo', { filter: { column: 'department', value: 'Care' } }),
  link('p3', 'blue', 'America/New_York', { from: '2026-03-03' }),
];
const HEADER = 'event_time,usage_key,user_id,mail,department,event,minutes,by';

/** A day's export: three workspaces, our own people, a row that cannot be read, and half minutes. */
function dayOf(day: number, count = 12): string {
  const rows = Array.from({ length: count }, (_, n) => {
    const time = new Date(Date.UTC(2026, 2, day, (n * 7) % 24, 30)).toISOString();
    const user = `ada-${(n * day) % 5}`;
    const mail = n % 6 === 5 ? 'me@ours.example' : `${user}@acme.example`;
    const key = ['acme', 'blue', 'cold'][n % 3]!;
    return [
      time,
      key,
      user,
      mail,
      ['Care', 'Sales', ''][n % 3],
      n % 2 ? 'save' : 'open',
      n / 2,
      n % 4 ? '' : 'ada-0',
    ].join(',');
  });
  return [HEADER, ...rows, `yesterday,acme,ada-1,,,open,1,`, ''].join('\n');
}

type Answer = { facts: readonly PilotFacts[]; summary: ReadSummary };

/** What a read says, but for the name of the file that lists its rejected rows. */
async function read(
  paths: readonly string[],
  cacheFolder: string | null,
  {
    links = LINKS,
    now = NOW,
    ...options
  }: { links?: UsageLink[]; now?: Date; secret?: string; metrics?: MetricDefinition[] } = {},
): Promise<Answer> {
  const source = folder.open(paths, CONFIG, { metrics: METRICS, cacheFolder, ...options });
  const { facts, summary } = await collect(source, { links, now });
  const { rejectFile, ...rest } = summary;
  const lines = rejectFile === null ? '' : readFileSync(rejectFile, 'utf8');
  return { facts, summary: { ...rest, rejectFile: lines } };
}

let folders = 0;
const newCache = () => join(folder.path, `cache-${++folders}`);
const entries = (cache: string) =>
  readdirSync(join(cache, 'usage')).map((name) => join(cache, 'usage', name));
const inodes = (cache: string) => new Map(entries(cache).map((path) => [path, statSync(path).ino]));

const days = [2, 3, 4].map((day) => folder.write(`2026-03-0${day}.csv`, dayOf(day)));
const packed = folder.write('2026-03-05.csv.gz', gzipSync(dayOf(5)));
const FILES = [...days, packed];

it('says the same from the cache as from the files, and reads none of them again', async () => {
  const cache = newCache();
  const plain = await read(FILES, null);
  assert.equal(plain.summary.rejected, 4);
  assert.ok(plain.summary.excluded['user_domains']! > 0 && plain.facts.length === 3);
  assert.deepEqual(await read(FILES, cache), plain);
  const kept = inodes(cache);
  assert.equal(kept.size, 2 * 4);
  const later = new Date('2026-03-21T12:00:00Z');
  assert.deepEqual(await read(FILES, cache, { now: later }), await read(FILES, null, { now: later }));
  assert.deepEqual(inodes(cache), kept);
  for (const path of kept.keys()) assert.deepEqual(statSync(path).mtime, later);
});

it('reads a new and a changed file only', async () => {
  const cache = newCache();
  await read(days, cache);
  const kept = inodes(cache);
  const late = folder.write('2026-03-04.csv', dayOf(4, 15));
  const next = [days[0]!, days[1]!, late, packed];
  assert.deepEqual(await read(next, cache), await read(next, null));
  const now = inodes(cache);
  assert.equal(now.size, 2 * 5);
  for (const [path, inode] of kept) assert.equal(now.get(path), inode);
});

/** Small files of one day each, from the first of January on, each changed on its day. */
function daily(count: number): string[] {
  return Array.from({ length: count }, (_, day) => {
    const path = folder.write('day.csv', dayOf(day + 1, 6).replaceAll('2026-03', '2026-01'));
    const changed = new Date(Date.UTC(2026, 0, 1 + day));
    utimesSync(path, changed, changed);
    return path;
  });
}

it('keeps the seven newest files apart, all before them together, and says the same when one of these changes', async () => {
  const cache = newCache();
  const paths = daily(12);
  await read(paths, cache);
  assert.equal(entries(cache).length, 2 * 8);
  const kept = inodes(cache);
  assert.deepEqual(await read(paths, cache), await read(paths, null));
  assert.deepEqual(inodes(cache), kept);
  writeFileSync(paths[2]!, dayOf(3, 9));
  assert.deepEqual(await read(paths, cache), await read(paths, null));
  const fewer = paths.slice(0, 2);
  assert.deepEqual(await read(fewer, cache), await read(fewer, null));
});

it('unites old parts as the days go by', async () => {
  const cache = newCache();
  const paths = daily(30);
  const counts: number[] = [];
  for (let last = 1; last <= paths.length; last++) {
    await read(paths.slice(0, last), cache);
    counts.push(entries(cache).length / 2);
  }
  assert.ok(Math.max(...counts) <= 17, counts.join());
  assert.ok(counts.at(-1)! < 17, counts.join());
  assert.deepEqual(await read(paths, cache), await read(paths, null));
});

it('counts a file and its copy twice, from the cache too', async () => {
  const cache = newCache();
  const copies = [days[0]!, folder.write('copy.csv', dayOf(2))];
  await read(copies, cache);
  assert.deepEqual(await read(copies, cache), await read(copies, null));
  assert.deepEqual(await read(days.slice(0, 1), cache), await read(days.slice(0, 1), null));
});

it('is not deceived by a file that keeps its size and its time', async () => {
  const cache = newCache();
  const path = folder.write('same.csv', dayOf(6));
  const { atime, mtime } = statSync(path);
  await read([path], cache);
  writeFileSync(path, dayOf(6).replaceAll('acme', 'blue'));
  utimesSync(path, atime, mtime);
  assert.deepEqual(await read([path], cache), await read([path], null));
});

it('fills the days before a link was made', async () => {
  const cache = newCache();
  const before = await read(FILES, cache, { links: [link('p1', 'acme', 'UTC')] });
  assert.deepEqual(
    before.summary.unlinked.map(({ key }) => key),
    ['blue', 'cold'],
  );
  const kept = inodes(cache);
  const links = [link('p1', 'acme', 'UTC'), link('p9', 'cold', 'UTC')];
  const after = await read(FILES, cache, { links });
  assert.deepEqual(after, await read(FILES, null, { links }));
  assert.equal(after.facts.at(-1)!.days.length, 4);
  assert.deepEqual(inodes(cache), kept);
});

it('keeps what it has when a new workspace is linked, in whatever zone and window', async () => {
  const cache = newCache();
  await read(FILES, cache);
  const kept = inodes(cache);
  const next = [...FILES, folder.write('2026-03-06.csv', dayOf(6).replaceAll('cold', 'dune'))];
  const dune = link('p0', 'dune', 'Africa/Nairobi', { from: '2026-03-06', to: '2026-03-09' });
  // The zones come in another order now, and so with other numbers.
  const links = [dune, ...LINKS.toReversed()];
  const found = await read(next, cache, { links });
  assert.deepEqual(found, await read(next, null, { links }));
  assert.ok(found.facts.find(({ pilotId }) => pilotId === 'p0')!.days.length > 0);
  const now = inodes(cache);
  assert.equal(now.size, kept.size + 2);
  for (const [path, inode] of kept) assert.equal(now.get(path), inode);
});

it('reads again what is wanted in another zone, or by day, for a workspace that it has', async () => {
  const cache = newCache();
  await read(FILES, cache);
  for (const changed of [
    link('p1', 'acme', 'Asia/Tokyo'),
    link('p1', 'acme', 'UTC', { from: '2026-03-04' }),
  ]) {
    const links = [changed, ...LINKS.slice(1)];
    const before = inodes(cache);
    assert.deepEqual(await read(FILES, cache, { links }), await read(FILES, null, { links }));
    const now = inodes(cache);
    assert.ok([...now].some(([path, inode]) => before.get(path) !== inode));
  }
  // Another window is another sum of the same days.
  const links = [link('p1', 'acme', 'UTC', { to: '2026-03-03' }), ...LINKS.slice(1)];
  const kept = inodes(cache);
  assert.deepEqual(await read(FILES, cache, { links }), await read(FILES, null, { links }));
  assert.deepEqual(inodes(cache), kept);
});

it('takes nothing that was read under other links, metrics, or another secret', async () => {
  const cache = newCache();
  await read(FILES, cache);
  const links = [link('p1', 'acme', 'Asia/Tokyo'), link('p3', 'blue', 'UTC')];
  assert.deepEqual(await read(FILES, cache, { links }), await read(FILES, null, { links }));
  const metrics = METRICS.slice(2);
  assert.deepEqual(await read(FILES, cache, { metrics }), await read(FILES, null, { metrics }));
  const secret = 'another secret for tests';
  assert.deepEqual(await read(FILES, cache, { secret }), await read(FILES, null, { secret }));
  assert.equal(entries(cache).length, 2 * 16);
});

it('keeps no file of which another clock would say something else', async () => {
  const cache = newCache();
  const path = folder.write('ahead.csv', `${dayOf(6)}2026-03-20T13:00:00Z,acme,ada-1,,,save,1,\n`);
  const early = await read([path], cache);
  assert.equal(early.summary.rejected, 2);
  assert.throws(() => entries(cache), { code: 'ENOENT' });
  const now = new Date('2026-03-20T14:00:00Z');
  assert.equal((await read([path], cache, { now })).summary.rejected, 1);
  assert.equal(entries(cache).length, 2);
  assert.deepEqual(await read([path], cache), early);
});

it('keeps no id and no address readable, and nothing that others may open', async () => {
  const cache = newCache();
  await read(FILES, cache);
  for (const path of entries(cache)) {
    const bytes = readFileSync(path);
    for (const text of ['ada', 'acme', 'Care', 'event_time', 'PAR1'])
      assert.equal(bytes.includes(text), false, `${text} in ${path}`);
    assert.equal(statSync(path).mode & 0o777, 0o600);
  }
  assert.equal(statSync(join(cache, 'usage')).mode & 0o777, 0o700);
});

it('two runs at once say the same and leave nothing half-written', async () => {
  const cache = newCache();
  const [one, other] = await Promise.all([read(FILES, cache), read(FILES, cache)]);
  assert.deepEqual(one, other);
  assert.equal(entries(cache).length, 2 * 4);
});

it('removes what no run has used for thirty days, and everything on demand', async () => {
  const cache = newCache();
  await read(days, cache);
  await read([packed], cache, { now: new Date('2026-04-21T12:00:00Z') });
  assert.equal(entries(cache).length, 2);
  assert.equal(await emptyUsageCache(cache, true), 2);
  assert.equal(await emptyUsageCache(cache, false), 2);
  assert.equal(entries(cache).length, 0);
  assert.equal(await emptyUsageCache(join(cache, 'nowhere'), false), 0);
});

const DAMAGE = {
  flip: (path: string, at: number) => {
    const bytes = readFileSync(path);
    bytes[at % bytes.length]! ^= 1 << (at % 8);
    writeFileSync(path, bytes);
  },
  cut: (path: string, at: number) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, at % bytes.length));
  },
  lengthen: (path: string, at: number) => writeFileSync(path, Buffer.alloc(1 + (at % 40), at), { flag: 'a' }),
  swap: (path: string, at: number, all: readonly string[]) => {
    writeFileSync(path, readFileSync(all[(all.indexOf(path) + 1 + (at % (all.length - 1))) % all.length]!));
  },
  remove: (path: string) => rmSync(path),
};

it('damaged and missing files of the cache change the time, never the result', async () => {
  const cache = newCache();
  // One pilot and one metric: two hundred reads of everything take minutes.
  const little = { links: LINKS.slice(0, 1), metrics: METRICS.slice(0, 1) };
  const paths = daily(9);
  const plain = await read(paths, null, little);
  await read(paths, cache, little);
  assert.equal(entries(cache).length, 2 * 8);
  const seen = new Map<string, number>();
  const blow = fc.record({
    entry: fc.nat(15),
    how: fc.constantFrom(...(Object.keys(DAMAGE) as (keyof typeof DAMAGE)[])),
    at: fc.nat(100_000),
  });
  const property = fc.asyncProperty(fc.array(blow, { minLength: 1, maxLength: 3 }), async (blows) => {
    const all = entries(cache);
    for (const { entry, how, at } of blows) {
      const path = all[entry]!;
      if (!readdirSync(join(cache, 'usage')).some((name) => path.endsWith(name))) continue;
      DAMAGE[how](
        path,
        at,
        all.filter((one) => one === path || statSync(one, { throwIfNoEntry: false })),
      );
      seen.set(how, (seen.get(how) ?? 0) + 1);
    }
    assert.deepEqual(await read(paths, cache, little), plain);
    assert.equal(entries(cache).length, 2 * 8);
  });
  await fc.assert(property, { numRuns: 200, seed: 5, endOnFailure: true });
  for (const how of Object.keys(DAMAGE)) assert.ok((seen.get(how) ?? 0) >= 30, `${how}: ${seen.get(how)}`);
});
