import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseCsv } from '../salesforce/csv.ts';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { startSyncOrg, NOW, type MadePilot, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let acme: MadePilot;
let bluefin: MadePilot;
let silent: MadePilot;
let config: string;

before(async () => {
  sync = await startSyncOrg();
  acme = await sync.makePilot('Acme', null);
  bluefin = await sync.makePilot('Bluefin', 'bluefin-eu');
  silent = await sync.makePilot('Lab', null, { Usage_Source__c: 'None by agreement' });
  await giveWebsite(acme, 'https://acme.example');
  const usage = usageOf({ 'acme-eu': 'acme.example', 'bluefin-eu': null });
  config = await configOf('sync.yaml', await sync.file('usage.csv', usage));
});
after(() => sync.close());

/** Five people on the two days before `NOW`; the second is not complete, since data lag by six hours. */
function usageOf(keys: Readonly<Record<string, string | null>>): string {
  const lines = Object.entries(keys).flatMap(([key, domain]) =>
    ['16', '17'].flatMap((day) =>
      [1, 2, 3, 4, 5].map(
        (user) =>
          `2026-11-${day}T09:00:00Z,${key},${key}-${user},${domain === null ? '' : `p${user}@${domain}`},Sales`,
      ),
    ),
  );
  return `${['event_time,usage_key,user_id,email,team', ...lines].join('\n')}\n`;
}

async function pilotWith(file: string, ...args: string[]): Promise<Ended> {
  const environment = await sync.environment();
  const options = ['--config', file, '--now', NOW.toISOString()];
  return await spawnPilot(sync.folder, [...args, ...options], environment).ended;
}

const pilot = (...args: string[]) => pilotWith(config, ...args);

/** A configuration that reads one file. */
async function configOf(name: string, path: string): Promise<string> {
  const columns = '{ user_id: user_id, user_email: email, department: team }';
  return await sync.file(
    name,
    `sources:\n  - { name: product, kind: files, paths: [${path}], columns: ${columns} }\nrun: { folder: ${sync.folder} }\n`,
  );
}

/** Gives the account of a pilot's deal a website. */
async function giveWebsite({ opportunityId }: MadePilot, Website: string): Promise<void> {
  const deal = (await sync.rows('Opportunity')).find(({ Id }) => Id === opportunityId)!;
  const { status } = await sync.org.call('PATCH', `/sobjects/Account/${String(deal['AccountId'])}`, {
    Website,
  });
  assert.equal(status, 204);
}

async function importing(name: string, content: string): Promise<Ended> {
  await writeFile(join(sync.folder, name), content);
  return await pilot('keys', 'import', name);
}

const keys = async () =>
  (await sync.rows('PilotUsageKey__c')).map(({ Pilot__c, Key__c }) => [Pilot__c, Key__c]);

test('keys lists what is linked, the pilots without a workspace and the workspaces of nobody', async () => {
  const { code, stdout } = await pilot('keys');
  assert.equal(code, 0);
  assert.equal(
    stdout,
    [
      'Linked (1):',
      `  product bluefin-eu → Bluefin pilot (${bluefin.pilotId})`,
      'Pilots without a workspace (1):',
      `  Acme pilot (${acme.pilotId}), Acme`,
      'Workspaces of no pilot (1):',
      '  product acme-eu · 5 of 5 people at acme.example · since 2026-11-16 · 5 events last week',
      '',
    ].join('\n'),
  );
});

test('what keys suggest prints can be imported; the second import writes nothing', async () => {
  const suggested = await pilot('keys', 'suggest');
  assert.equal(suggested.code, 0);
  assert.deepEqual(parseCsv(suggested.stdout), [
    ['pilot', 'source', 'key'],
    [acme.pilotId, 'product', 'acme-eu'],
  ]);
  assert.match(
    suggested.stderr,
    /acme-eu: 5 of 5 people at acme\.example, like the website of the account of Acme pilot/,
  );
  const first = await importing('links.csv', suggested.stdout);
  assert.equal(
    first.stdout,
    'links.csv:2  created  product acme-eu → Acme pilot\n1 created, 0 unchanged, 0 failed\n',
  );
  assert.equal(first.code, 0);
  const stored = await keys();
  const second = await importing('links.csv', suggested.stdout);
  assert.equal(
    second.stdout,
    'links.csv:2  unchanged  product acme-eu → Acme pilot\n0 created, 1 unchanged, 0 failed\n',
  );
  assert.equal(second.code, 0);
  assert.deepEqual(await keys(), stored);
});

test('every line that cannot be a link is named with its reason, and the others are made', async () => {
  const header = 'pilot,source,key,from,to,filter';
  const cases: readonly (readonly [line: string, message: RegExp])[] = [
    ['Acme pilot,product,x,,,', /pilot "Acme pilot" is not a record id .*; pilots of that name: a0/],
    ['Nobody,product,x,,,', /"Nobody" is not a record id .*; npx pilot keys lists the ids/],
    [`${acme.opportunityId},product,x,,,`, /there is no live pilot 006/],
    [`${silent.pilotId},product,x,,,`, /Lab pilot has no usage data, by agreement/],
    [
      `${acme.pilotId},nosuch,x,,,`,
      /names the source "nosuch", which is not configured\. Choose one of: product\./,
    ],
    [`${acme.pilotId},product,,,,`, /key is empty/],
    [
      `${acme.pilotId},product,bluefin-eu,,,`,
      /Acme pilot and Bluefin pilot both count the usage of bluefin-eu/,
    ],
    [`${acme.pilotId},product,Bluefin-EU,,,`, /product has no Bluefin-EU, it has bluefin-eu; case matters/],
    [`${acme.pilotId},product,x,2026-13-01,,`, /from is not a day like 2026-11-22/],
    [`${acme.pilotId},product,x,2026-12-02,2026-12-01,`, /from is after to; swap them/],
    [
      `${acme.pilotId},product,x,,,Sales`,
      /filter of usage key x .* cannot be read\. Write it like: department = Sales/,
    ],
    [`${acme.pilotId},product,acme-lab,,,region = EU`, /no column "region" to filter by; correct the filter/],
    [`${acme.pilotId},product`, /2 fields, the header has 6/],
    [`"${acme.pilotId}`, /quote is never closed/],
  ];
  const stored = await keys();
  const lines = [
    header,
    `${acme.pilotId.slice(0, 15)},product,acme-us,,,`,
    `${acme.pilotId},product,acme-us,,,`,
  ];
  const { code, stdout } = await importing(
    'mixed.csv',
    `\ufeff${[...lines, ...cases.map(([line]) => line)].join('\r\n')}\r\n`,
  );
  const told = stdout.trimEnd().split('\n');
  assert.equal(told[0], 'mixed.csv:2  created  product acme-us → Acme pilot (not seen in the data yet)');
  assert.equal(told[1], 'mixed.csv:3  unchanged  product acme-us → Acme pilot, as in line 2');
  cases.forEach(([, message], index) => {
    const line = told[index + 2]!;
    assert.ok(line.startsWith(`mixed.csv:${index + 4}  failed  `), line);
    assert.match(line, message);
  });
  assert.equal(told.at(-1), `1 created, 1 unchanged, ${cases.length} failed`);
  assert.equal(code, 1);
  assert.deepEqual(
    (await keys()).filter(([, key]) => key !== 'acme-us'),
    stored,
  );
});

test('a key that begins like a formula is text in the suggestion and itself in the org', async () => {
  const zephyr = await sync.makePilot('Zephyr', null);
  await giveWebsite(zephyr, 'zephyr.example');
  const usage = await sync.file('formula.csv', usageOf({ '=1+1': 'zephyr.example' }));
  const suggested = await pilotWith(await configOf('formula.yaml', usage), 'keys', 'suggest');
  assert.deepEqual(parseCsv(suggested.stdout)[1], [zephyr.pilotId, 'product', "'=1+1"]);
  assert.equal((await importing('formula-links.csv', suggested.stdout)).code, 0);
  assert.deepEqual((await keys()).at(-1), [zephyr.pilotId, '=1+1']);
});

test('a file that is none, or has other columns, stops before anything is written', async () => {
  const cases: readonly (readonly [file: string, content: string | null, code: string, message: RegExp])[] = [
    ['none.csv', null, 'LINKS_FILE', /none\.csv is not there/],
    ['.', null, 'LINKS_FILE', /\. is no file/],
    ['empty.csv', '', 'LINKS_FILE', /empty\.csv is empty \(0 bytes\)/],
    ['names.csv', 'Pilot Id,source,key\n', 'LINKS_COLUMNS', /no column pilot, unknown column Pilot Id\./],
    ['twice.csv', 'pilot,source,key,key\n', 'LINKS_COLUMNS', /column key twice/],
    ['semicolons.csv', 'pilot;source;key\n', 'LINKS_COLUMNS', /Save it with commas between the cells/],
  ];
  const stored = await keys();
  for (const [file, content, error, message] of cases) {
    const { code, stdout, stderr } =
      content === null ? await pilot('keys', 'import', file) : await importing(file, content);
    assert.equal(code, 2, file);
    assert.equal(stdout, '', file);
    assert.match(stderr, new RegExp(`^${error}: `, 'm'), file);
    assert.match(stderr, message, file);
    assert.match(stderr, /npx pilot keys suggest > links\.csv/, file);
  }
  assert.deepEqual(await keys(), stored);
});

test('a header without lines is a file without links', async () => {
  const { code, stdout } = await importing('header.csv', 'pilot,source,key\n');
  assert.deepEqual([code, stdout], [0, '0 created, 0 unchanged, 0 failed\n']);
});

test('keys says of an overlap that nothing is counted, and --json says the same to machines', async () => {
  const text = { Pilot__c: silent.pilotId, Source__c: 'product', Key__c: 'lab' };
  await sync.org.call('POST', '/sobjects/PilotUsageKey__c', text);
  const nordics = await sync.makePilot('Nordics', 'bluefin-eu');
  const { stdout } = await pilot('keys');
  assert.match(
    stdout,
    /bluefin-eu → Nordics pilot \(\w+\): not counted, Nordics pilot and Bluefin pilot both count the usage of bluefin-eu/,
  );
  assert.match(stdout, /lab → Lab pilot \(\w+\): not counted, its pilot has no usage data, by agreement/);
  assert.match(stdout, /acme-us → Acme pilot \(\w+\): not seen in the data \(case matters\)/);
  const { linked } = JSON.parse((await pilot('keys', '--json')).stdout) as {
    linked: { pilot: { id: string }; key: string; isSeen: boolean; problem: string | null }[];
  };
  assert.match(linked.find(({ pilot: { id } }) => id === nordics.pilotId)?.problem ?? '', /both count/);
  const ours = linked.filter(({ pilot: { id } }) => id === acme.pilotId);
  assert.deepEqual(
    ours.map(({ key, isSeen, problem }) => [key, isSeen, problem]),
    [
      ['acme-eu', true, null],
      ['acme-us', false, null],
    ],
  );
});

test('where the source cannot be read, keys says so with exit 3 and judges no key by it', async () => {
  const file = await configOf('gone.yaml', 'gone.csv');
  const listed = await pilotWith(file, 'keys');
  assert.equal(listed.code, 3);
  assert.match(listed.stdout, /^product could not be read: .*gone\.csv/);
  assert.match(listed.stdout, /acme-eu → Acme pilot \(\w+\): source not read/);
  await writeFile(join(sync.folder, 'later.csv'), `pilot,source,key\n${acme.pilotId},product,acme-apac\n`);
  const imported = await pilotWith(file, 'keys', 'import', 'later.csv');
  assert.match(imported.stdout, /created .*\(product could not be read, so nobody looked/);
});
