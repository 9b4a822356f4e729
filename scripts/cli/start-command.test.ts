import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { STORIES } from '../sample/stories.ts';

const CLI = new URL('./pilot.ts', import.meta.url).pathname;
const CONFIG = new URL('../../config/sync.yaml', import.meta.url);
const FRONT_PAGE = new URL('../../README.md', import.meta.url);

test('start --exit: package, sample and sync on an empty machine; every health occurs, nothing fails', async (context) => {
  // Its own folder, since the sample's files lie below the folder the command is run in.
  const folder = await mkdtemp(join(tmpdir(), 'pilot-start-'));
  context.after(() => rm(folder, { recursive: true }));
  await cp(CONFIG, join(folder, 'config/sync.yaml'));
  const child = spawn(process.execPath, [CLI, 'start', '--exit', '--now', '2026-11-18'], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  assert.equal(code, 0, stderr);
  const pilots = [
    ...stdout.matchAll(
      /^\S.*? {2,}(On track|Watch|At risk|Stalled|Unknown) +\1\b.* \[first time, \d+ fields changed\]$/gm,
    ),
  ];
  // What the front page promises is what a newcomer gets.
  const promised = (await readFile(FRONT_PAGE, 'utf8')).match(
    /(\d+) fictional opportunities \((\d+) with a live pilot, (\d+) whose pilot\s+has ended\)/,
  );
  const ended = STORIES.length - pilots.length;
  assert.deepEqual(promised?.slice(1).map(Number), [STORIES.length, pilots.length, ended]);
  assert.deepEqual(
    new Set(pilots.map((match) => match[1])),
    new Set(['On track', 'Watch', 'At risk', 'Stalled', 'Unknown']),
  );
  assert.match(stdout, /rows read, .* accepted, [1-9]\d* rejected, [1-9][\d,]* excluded/);
  assert.match(stdout, /0 skipped, 0 failed/);
  assert.match(stdout, /\d+ API calls to /);
});
