import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { spawnPilot, type Ended } from '../testing/spawn-pilot.ts';
import { startSyncOrg, NOW, type SyncOrg } from '../testing/sync-org.ts';

let sync: SyncOrg;
let config: string;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  config = await sync.file('piped.yaml', sync.yaml(['not read: the events come through the pipe']));
});
after(() => sync.close());

/** Spawned runs have the folder of the test for their temporary files. */
function spooled(): string[] {
  return readdirSync(sync.folder).filter((name) => name.startsWith('pilot-events-'));
}

/** Five people on every day of two weeks. */
const EVENTS = Array.from({ length: 14 }, (_, day) =>
  [1, 2, 3, 4, 5].map((user) =>
    JSON.stringify({
      event_time: new Date(Date.parse('2026-11-04T09:00:00Z') + day * 86_400_000).toISOString(),
      usage_key: 'acme-eu',
      user_id: `u${user}`,
    }),
  ),
)
  .flat()
  .map((line) => `${line}\n`)
  .join('');

async function piped(input: Readable, ...args: string[]): Promise<Ended> {
  const all = ['sync', '--events', '-', '--config', config, '--now', NOW.toISOString(), ...args];
  return await spawnPilot(sync.folder, all, await sync.environment(), input).ended;
}

const text = (content: string | Buffer) => Readable.from([Buffer.from(content)]);

const stored = async () => {
  const [pilot] = await sync.rows('Pilot__c');
  return [pilot!['Active_Users_7d__c'], pilot!['Health__c'], pilot!['Usage_Complete_To__c']];
};

test('events from a pipe are one source, in many pieces or gzipped, and give the same run', async () => {
  const bytes = Buffer.from(EVENTS);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) =>
    bytes.subarray(at * 7, at * 7 + 7),
  );
  const plain = await piped(Readable.from(pieces));
  assert.equal(plain.code, 0, plain.stderr);
  assert.match(plain.stdout, /70 rows read, 70 accepted, 0 rejected/);
  assert.deepEqual(await stored(), [5, 'On track', '2026-11-16']);
  const zipped = await piped(text(gzipSync(EVENTS)));
  assert.equal(zipped.code, 0, zipped.stderr);
  assert.match(zipped.stdout, /70 rows read, 70 accepted, 0 rejected/);
  assert.match(zipped.stdout, /0 created, 0 updated, \d+ unchanged, 0 skipped, 0 failed/);
});

test('a last line without a line end counts when it is whole', async () => {
  const { code, stdout } = await piped(text(EVENTS.trimEnd()), '--dry-run');
  assert.equal(code, 0);
  assert.match(stdout, /70 rows read, 70 accepted, 0 rejected/);
});

test('a rejected line is named by its place in standard input, equally in every run', async () => {
  const broken = `${EVENTS.slice(0, EVENTS.indexOf('\n') + 1)}{"usage_key":\n${EVENTS}`;
  for (const [run, outcome] of [
    ['first', /1 rejected/],
    ['second', /0 created, 0 updated/],
  ] as const) {
    const { code, stdout } = await piped(text(broken));
    assert.equal(code, 0, run);
    assert.match(stdout, outcome);
    assert.match(stdout, /first rejected: standard input:2 not a JSON object/);
  }
});

test('half a last line means that the rest is missing: exit 3, and what the org holds stays', async () => {
  const before = await stored();
  const { code, stderr } = await piped(text(EVENTS.slice(0, -20)));
  assert.equal(code, 3);
  assert.match(stderr, /SOURCE_DAMAGED/);
  assert.match(stderr, /Standard input ends in the middle of a line; nothing of it is used\./);
  assert.match(stderr, /set -o pipefail/);
  assert.deepEqual(await stored(), before);
});

test('a stream without events is a source that failed, never a pilot without usage', async () => {
  const before = await stored();
  for (const [name, input] of [
    ['nothing', Readable.from([])],
    ['blank lines', text('\n \n\n')],
  ] as const) {
    const { code, stdout } = await piped(input);
    assert.equal(code, 3, name);
    assert.match(stdout, /SOURCE_EMPTY: Source product: standard input is empty \(0 bytes\)/, name);
    assert.match(stdout, /Look at the command before the pipe: it wrote no event/, name);
    assert.doesNotMatch(stdout, /header/, name);
    assert.deepEqual(await stored(), before, name);
  }
});

test('a cut gzip stream is refused as damaged', async () => {
  const before = await stored();
  const { code, stdout } = await piped(text(gzipSync(EVENTS).subarray(0, 200)));
  assert.equal(code, 3);
  assert.match(stdout, /SOURCE_DAMAGED: Source product: standard input is not a complete gzip file/);
  assert.deepEqual(await stored(), before);
});

test('a writer that dies in the middle of a line is noticed', async () => {
  const dying = Readable.from(
    (function* () {
      yield Buffer.from(EVENTS.slice(0, 1000));
      throw new Error('the query failed');
    })(),
  );
  const { code, stderr } = await piped(dying);
  assert.equal(code, 3);
  assert.match(stderr, /SOURCE_DAMAGED/);
});

test('what a failed query prints instead of events is refused by its format', async () => {
  const { code, stdout } = await piped(text('Error: access denied\n'));
  assert.equal(code, 2);
  assert.match(stdout, /SOURCE_ALL_REJECTED: .*standard input:1: not a JSON object/);
});

/** A configuration with these sources besides the piped one. */
async function withSources(name: string, more: string): Promise<string> {
  const yaml = sync.yaml(['not read: the events come through the pipe']);
  return await sync.file(name, yaml.replace('sources:\n', `sources:\n${more}`));
}

test('an API beside the pipe is read as ever, whichever is named first', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify([{ event_time: '2026-11-16T09:00:00Z', usage_key: 'b', user_id: 'u9' }]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const api = `  - { name: api, kind: json, url: "http://127.0.0.1:${port}/", columns: { user_id: user_id } }\n`;
    const path = await withSources('both.yaml', api);
    const { code, stdout, stderr } = await piped(text(EVENTS), '--config', path);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /api: 1 row read, 1 accepted/);
    assert.match(stdout, /product: 70 rows read, 70 accepted/);
    assert.deepEqual(await stored(), [5, 'On track', '2026-11-16']);
  } finally {
    server.close();
  }
});

test('with two sources of files the pipe could stand for either: refused with their names', async () => {
  const path = await withSources(
    'two.yaml',
    '  - { name: other, kind: files, paths: [x], columns: { user_id: user_id } }\n',
  );
  const { code, stderr } = await piped(text(EVENTS), '--config', path);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /stands for the one source of kind files in the configuration; it has other, product\./,
  );
});

test('with no source of files there is nothing the pipe could stand for: refused, whatever kinds there are', async () => {
  const kinds = [
    'kind: postgres, host: db.example, database: d, user: u, table: t, columns: { user_id: user_id }',
    "kind: posthog, project_id: '1'",
    "kind: mixpanel, project_id: '1'",
    'kind: amplitude',
    'kind: json, url: https://api.example/, columns: { user_id: user_id }',
  ];
  const sources = kinds.map((kind, index) => `  - { name: source-${index}, ${kind} }\n`).join('');
  const yaml = sync.yaml([]).replace(/ {2}- name: product\n(?: {4}.*\n)+/, sources);
  const path = await sync.file('none.yaml', yaml);
  const { code, stderr } = await piped(text(EVENTS), '--config', path);
  assert.equal(code, 2, stderr);
  assert.match(stderr, /BAD_OPTION/);
  assert.match(stderr, /stands for the one source of kind files in the configuration; it has none\./);
});

test('no run leaves the events on the disk', () => {
  assert.deepEqual(spooled(), []);
});

test('what a killed run left on the disk is removed by the next', async () => {
  const endless = new PassThrough();
  endless.write(EVENTS);
  const args = ['sync', '--events', '-', '--config', config, '--now', NOW.toISOString()];
  const { child, ended } = spawnPilot(sync.folder, args, await sync.environment(), endless);
  const until = Date.now() + 20_000;
  while (spooled().length === 0 && Date.now() < until) await sleep(20);
  child.kill('SIGKILL');
  assert.equal((await ended).signal, 'SIGKILL');
  assert.equal(spooled().length, 1);
  const { code, stderr } = await piped(text(EVENTS));
  assert.equal(code, 0, stderr);
  assert.deepEqual(spooled(), []);
});
