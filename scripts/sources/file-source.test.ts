import assert from 'node:assert/strict';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { UsageLink } from '../domain/facts.ts';
import { FileSourceConfig } from './file-source-config.ts';
import { collect } from './contract.ts';
import { makeTestFolder } from './test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);
// Where every read makes its private folder.
process.env['TMPDIR'] = folder.path;

const NOW = new Date('2026-03-20T12:00:00Z');
const LINK = {
  pilotId: 'p1',
  source: 'usage',
  key: 'a',
  from: null,
  to: null,
  filter: null,
  timeZone: 'UTC',
};
const HEADER = 'event_time,usage_key,user_id,department\n';
const ROW = '2026-03-09T10:00:00Z,a,anna,Sales\n';
const csv = (text: string | Buffer, name = 'usage.csv') => folder.write(name, text);
const read = (
  paths: string[],
  config: Parameters<typeof folder.open>[1] = {},
  links: readonly UsageLink[] = [LINK],
) => collect(folder.open(paths, config), { links, now: NOW });

describe('a file source refuses as a whole', () => {
  const packed = gzipSync(HEADER + ROW.repeat(2000));
  const flipped = Buffer.from(packed);
  flipped[60]! ^= 0xff;
  const cases: readonly {
    name: string;
    path: () => string;
    config?: object;
    code: string;
    message: RegExp;
  }[] = [
    {
      name: 'a missing file',
      path: () => join(folder.path, 'none.csv'),
      code: 'SOURCE_NOT_FOUND',
      message: /none\.csv/,
    },
    {
      name: 'a glob without a match',
      path: () => join(folder.path, 'none-*.csv'),
      code: 'SOURCE_NOT_FOUND',
      message: /none-\*/,
    },
    { name: 'an empty file', path: () => csv(''), code: 'SOURCE_EMPTY', message: /0 bytes/ },
    { name: 'a file of blank lines', path: () => csv('\n\n'), code: 'SOURCE_EMPTY', message: /no header/ },
    {
      name: 'an empty gzip',
      path: () => csv(gzipSync(''), 'e.csv.gz'),
      code: 'SOURCE_EMPTY',
      message: /no header/,
    },
    {
      name: 'gzip cut short',
      path: () => csv(packed.subarray(0, -30), 'c.csv.gz'),
      code: 'SOURCE_DAMAGED',
      message: /Z_/,
    },
    {
      name: 'gzip without its checksum',
      path: () => csv(packed.subarray(0, -8), 't.csv.gz'),
      code: 'SOURCE_DAMAGED',
      message: /Z_/,
    },
    {
      name: 'gzip with a flipped byte',
      path: () => csv(flipped, 'f.csv.gz'),
      code: 'SOURCE_DAMAGED',
      message: /Z_/,
    },
    {
      name: 'a header without a needed column',
      path: () => csv('event_time,user_id,department\n'),
      code: 'SOURCE_COLUMNS',
      message: /usage_key/,
    },
    {
      name: 'a header in another case',
      path: () => csv(HEADER.toUpperCase() + ROW),
      code: 'SOURCE_COLUMNS',
      message: /event_time/,
    },
    {
      name: 'a needed column twice',
      path: () => csv(`user_id,${HEADER}x,${ROW}`),
      code: 'SOURCE_COLUMNS',
      message: /more than once/,
    },
    {
      name: 'another delimiter',
      path: () => csv((HEADER + ROW).replaceAll(',', ';')),
      code: 'SOURCE_COLUMNS',
      message: /event_time;usage_key/,
    },
    {
      name: 'UTF-16',
      path: () => csv(Buffer.from(`\ufeff${HEADER}`, 'utf16le')),
      code: 'SOURCE_ENCODING',
      message: /UTF-16/,
    },
    {
      name: 'an unknown kind of file',
      path: () => csv(ROW, 'usage.xlsx'),
      code: 'SOURCE_UNREADABLE',
      message: /format/,
    },
    {
      name: 'nothing but rejected rows',
      path: () => csv(`${HEADER}x,a,anna,\n`),
      code: 'SOURCE_ALL_REJECTED',
      message: /:2: event_time/,
    },
    {
      name: 'a marker file without a day',
      path: () => csv(HEADER + ROW),
      config: { complete_through: csv('soon', 'marker') },
      code: 'SOURCE_MARKER',
      message: /no day/,
    },
  ];
  for (const { name, path, config, code, message } of cases)
    it(name, async () => {
      const error = await read([path()], config).then(
        () => assert.fail('was read'),
        (reason: unknown) => reason as { code: string; message: string; actions: string[] },
      );
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      assert.ok(error.actions.length > 0);
    });

  it('and leaves no folder behind', () => {
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.startsWith('pilot-usage-')),
      [],
    );
  });
});

describe('a file source reads', () => {
  const accepted = async (text: string | Buffer, config: object = {}) =>
    (await read([csv(text)], config)).summary.accepted;

  it('files of different column order, line ends and packing in one go, by name', async () => {
    const names = ['x-1.csv', 'x-2.csv', 'x-3.csv.gz'];
    const other =
      'user_id,note,department,usage_key,event_time\r\nben,"a\r\nb",Sales,a,2026-03-09T11:00:00Z\r\n';
    const paths = [
      csv(HEADER + ROW, names[0]),
      csv(other, names[1]),
      csv(gzipSync(HEADER + ROW.replace('anna', 'cleo')), names[2]),
    ];
    const { facts, summary } = await read(paths);
    assert.equal(summary.accepted, 3);
    assert.deepEqual(facts[0]?.days, [
      { day: '2026-03-09', events: 3, activeUsers: 3, newUsers: 3, activeDepartments: 1 },
    ]);
  });

  it('a folder and a glob, each file once', async () => {
    const inner = makeTestFolder();
    try {
      inner.write('a.csv', HEADER + ROW);
      inner.write('b.csv', HEADER + ROW);
      inner.write('readme.md', 'not usage');
      symlinkSync(join(inner.path, '1-a.csv'), join(inner.path, 'link.txt.bak'));
      const { summary } = await read([inner.path, join(inner.path, '*.csv')]);
      assert.equal(summary.accepted, 2);
    } finally {
      inner.remove();
    }
  });

  it('mixed line ends and blank lines', async () => {
    assert.equal(await accepted(`${HEADER}${ROW}\r\n${ROW.trim()}\r\n\n${ROW}`), 3);
  });

  it('Latin-1 where the configuration says so', async () => {
    const { facts } = await read(
      [csv(Buffer.from(`${HEADER}2026-03-09T10:00:00Z,a,anna,Zürich\n`, 'latin1'))],
      { encoding: 'latin-1' },
    );
    assert.equal(facts[0]?.users[0]?.department, 'Zürich');
  });

  it('a quoted field of nearly 2 MB, and refuses a larger one with its line', async () => {
    const row = (size: number) => `2026-03-09T10:00:00Z,a,anna,"${'x'.repeat(size)}"\n`;
    assert.equal(await accepted(HEADER + row(1_900_000) + ROW), 2);
    const { summary } = await read([csv(HEADER + ROW + row(10_000_000) + ROW)]);
    assert.deepEqual([summary.accepted, summary.rejected], [2, 1]);
    assert.equal(summary.rejectedSample[0]?.line, 3);
    assert.match(summary.rejectedSample[0].reason, /longer than 2000000 bytes/);
  });

  it('more than one buffer of rows, and finds the line of a bad time deep inside', async () => {
    const rows = Array.from(
      { length: 300_000 },
      (_, index) => `2026-03-09T10:00:00Z,a,u${index % 50},"x\ny"\n`,
    );
    rows[250_000] = '2026-02-30T10:00:00Z,a,anna,"x\ny"\n';
    const { summary } = await read([csv(HEADER + rows.join(''))]);
    assert.deepEqual([summary.read, summary.rejected], [300_000, 1]);
    assert.equal(summary.rejectedSample[0]?.line, 2 + 2 * 250_000);
  });

  it('hostile text as text', async () => {
    const key = `a'; DROP TABLE event; --`;
    const text = `${HEADER}2026-03-09T10:00:00Z,"${key}","=cmd|' /C calc'!A0","<script>\\"\n`;
    const { facts } = await read([csv(text)], {}, [{ ...LINK, key }]);
    assert.equal(facts[0]?.users[0]?.department, '<script>\\');
  });
});

describe('times', () => {
  const rows = async (time: string, config: object = {}) => {
    const { facts, summary } = await read([csv(`${HEADER}${ROW}${time},a,ben,\n`)], config);
    return summary.rejectedSample[0]?.reason ?? facts[0]?.days.map(({ day }) => day).at(-1);
  };
  const cases: readonly { time: string; config?: object; expected: string }[] = [
    { time: '2026-03-10T23:30:00-05:00', expected: '2026-03-11' },
    { time: '2026-03-10 23:30:00.123456+0530', expected: '2026-03-10' },
    { time: '2026-03-10T23:30Z', expected: 'event_time is not an ISO 8601 time with seconds' },
    { time: '2026-03-10T23:30:00', expected: 'event_time has no time zone and the source sets no time_zone' },
    { time: '2026-03-10T23:30:00', config: { time_zone: 'America/New_York' }, expected: '2026-03-11' },
    { time: '2026-03-10', config: { time_zone: 'UTC' }, expected: '2026-03-10' },
    { time: '01/02/2026', expected: 'event_time is not an ISO 8601 time with seconds' },
    { time: '1773100000', expected: 'event_time is not an ISO 8601 time with seconds' },
    { time: 'infinity', expected: 'event_time is not an ISO 8601 time with seconds' },
    { time: '2026-02-29T00:00:00Z', expected: 'event_time is not a time of the calendar' },
    { time: '2026-03-20T12:00:01Z', expected: 'event_time is in the future' },
    { time: '', expected: 'event_time is empty' },
  ];
  for (const { time, config, expected } of cases)
    it(`"${time}"${config ? ` with ${JSON.stringify(config)}` : ''}: ${expected}`, async () => {
      assert.equal(await rows(time, config), expected);
    });

  it('reads seconds and milliseconds since 1970 where configured, and refuses the other unit', async () => {
    const text = `${HEADER}1773100000,a,anna,\n1773100000000,a,ben,\n`;
    for (const time_format of ['epoch_s', 'epoch_ms'] as const) {
      const { facts, summary } = await read([csv(text)], { time_format });
      const days = facts[0]?.days.map(({ day }) => day);
      if (time_format === 'epoch_s') assert.deepEqual([days, summary.rejected], [['2026-03-09'], 1]);
      else assert.equal(days?.at(-1), '2026-03-09');
    }
  });
});

describe('what is left out of the count', () => {
  it('own people, robots and heartbeats are excluded by rule; a repeated event_id counts once', async () => {
    const header = 'event_id,event_time,usage_key,user_id,event\n';
    const row = (id: string, user: string, event = 'open') =>
      `${id},2026-03-09T10:00:00Z,a,${user},${event}\n`;
    const text =
      header +
      row('1', 'anna') +
      row('1', 'anna') +
      row('2', 'me@Own.example') +
      row('3', 'svc-x') +
      row('4', 'ben', 'ping');
    const { facts, summary } = await read([csv(text)], {
      columns: { event_id: 'event_id', user_id: 'user_id', event: 'event' },
      exclude: { user_domains: ['own.example'], users: ['svc-*'], events: ['ping'] },
    });
    assert.deepEqual(summary.excluded, { events: 1, 'repeated event_id': 1, user_domains: 1, users: 1 });
    assert.deepEqual([summary.read, summary.accepted, facts[0]?.users.length], [5, 1, 1]);
  });

  it('an event that two links of one pilot match counts once, two equal events twice', async () => {
    const links = [LINK, { ...LINK, from: '2026-03-01' }];
    const { facts } = await read([csv(HEADER + ROW + ROW)], {}, links);
    assert.equal(facts[0]?.days[0]?.events, 2);
  });

  it('a workspace with only excluded rows is there and idle; one that never occurs is not yielded', async () => {
    const text = `${HEADER}${ROW}2026-03-09T10:00:00Z,b,svc-1,\n`;
    const links = [
      { ...LINK, pilotId: 'p2', key: 'b' },
      { ...LINK, pilotId: 'p3', key: 'typo' },
    ];
    const { facts } = await read([csv(text)], { exclude: { users: ['svc-*'] } }, links);
    assert.deepEqual(
      facts.map(({ pilotId, days }) => [pilotId, days]),
      [['p2', []]],
    );
  });

  it('a filter on a column that is not there makes the link unreadable, never idle', async () => {
    const links = [{ ...LINK, filter: { column: 'region', value: 'EU' } }];
    const { facts, summary } = await read([csv(HEADER + ROW)], {}, links);
    assert.deepEqual(facts, []);
    assert.match(summary.unreadableLinks[0]?.reason ?? '', /no column "region"/);
  });
});

describe('daily grains', () => {
  it('account-day sums counts, has no users, and does not shift days by zone', async () => {
    const text =
      'day,ws,n,people\n2026-03-09,a,10,4\n2026-03-10,a,0,0\n2026-03-11,a,-1,1\n2026-03-12,a,x,1\n';
    const columns = { event_time: 'day', usage_key: 'ws', events: 'n', active_users: 'people' };
    const { facts, summary } = await read([csv(text)], { grain: 'account-day', columns }, [
      { ...LINK, timeZone: 'America/New_York' },
    ]);
    assert.deepEqual(facts[0]?.days, [
      { day: '2026-03-09', events: 10, activeUsers: 4, newUsers: 0, activeDepartments: 0 },
    ]);
    assert.deepEqual(facts[0]?.users, []);
    assert.equal(summary.rejected, 2);
  });

  it('user-day counts a user of zero events as not active', async () => {
    const text = 'day,ws,user,n\n2026-03-09,a,anna,10\n2026-03-09,a,ben,0\n';
    const columns = { event_time: 'day', usage_key: 'ws', user_id: 'user', events: 'n' };
    const { facts, summary } = await read([csv(text)], { grain: 'user-day', columns });
    assert.deepEqual([facts[0]?.users.length, summary.accepted], [1, 2]);
    assert.equal(summary.completeThrough, '2026-03-10T00:00:00.000Z');
  });
});

describe('completeness', () => {
  it('takes the newest readable event minus the lag, and a marker file before that', async () => {
    const path = csv(HEADER + ROW);
    assert.equal((await read([path], { lag_hours: 6 })).summary.completeThrough, '2026-03-09T04:00:00.000Z');
    const marker = csv('2026-03-12\n', 'marker');
    const marked = await read([path], { complete_through: marker, time_zone: 'Europe/Berlin' });
    assert.equal(marked.summary.completeThrough, '2026-03-12T23:00:00.000Z');
    assert.equal(marked.facts[0]?.completeThrough, '2026-03-11');
  });

  it('names a day far below its weekday as incomplete', async () => {
    const days = Array.from({ length: 30 }, (_, index) =>
      new Date(Date.UTC(2026, 1, 16 + index)).toISOString().slice(0, 10),
    );
    const text = days
      .map((day) => `${day}T10:00:00Z,a,anna,\n`.repeat(day === '2026-03-16' ? 99 : 200))
      .join('');
    const { facts, summary } = await read([csv(HEADER + text)], {
      complete_through: csv('2026-03-17', 'marker'),
    });
    assert.deepEqual(summary.incompleteDays, [{ day: '2026-03-16', events: 99, median: 200 }]);
    assert.deepEqual(facts[0]?.incompleteDays, ['2026-03-16']);
  });
});

it('the configuration is refused where a grain lacks its column', () => {
  const result = FileSourceConfig.safeParse({ name: 'x', kind: 'files', paths: ['a'], grain: 'account-day' });
  assert.match(result.error?.message ?? '', /active_users is needed/);
});
