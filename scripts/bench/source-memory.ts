// Peak memory of one read: node scripts/bench/source-memory.ts postgres|http ROWS. A fresh process for each, so that peaks are its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSource } from '../sources/open-source.ts';
import { startTestCluster } from '../sources/postgres/test-cluster.ts';
import { SourceConfig } from '../sources/source-config.ts';

const NOW = new Date('2026-03-31T00:00:00Z');
const START = Date.parse('2026-01-01T00:00:00Z');
const KEYS = 500;
const USERS = 20_000;
const PAGE = 1000;
const SHARED = {
  name: 'usage',
  columns: { user_id: 'user_id', event: 'event' },
  lag_hours: 0,
};

const [kind = 'postgres', count = '2000000'] = process.argv.slice(2);
if (kind === 'serve') await serve(Number(count));
else await measure(kind, Number(count));

async function measure(what: string, rows: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pilot-memory-'));
  const { config, stop } = what === 'http' ? await served(rows) : await stored(rows);
  try {
    const source = openSource(
      SourceConfig.parse(config),
      { secret: 'memory of a bench', rejectFolder: folder },
      {},
    );
    const before = process.memoryUsage.rss();
    const started = performance.now();
    // While rows arrive; what follows is the engine's work, which memoryLimitMb bounds.
    let arriving = 0;
    const onProgress = ({ total }: { total: number | null }) => {
      if (total === null) arriving = peak();
    };
    const reading = source.read({ links: links(), now: NOW, onProgress });
    let pilots = 0;
    let next = await reading.next();
    for (; !next.done; next = await reading.next()) pilots++;
    const mb = (bytes: number) => Math.round(bytes / 1e6);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(
      `${what} ${next.value.read} rows, ${pilots} pilots: ${seconds} s, RSS ${mb(before)} MB before, ${mb(arriving)} MB at most while rows arrived, ${mb(peak())} MB in all`,
    );
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function peak(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function links() {
  return Array.from({ length: KEYS }, (_, key) => ({
    pilotId: `p${key}`,
    source: 'usage',
    key: `workspace-${key}`,
    from: null,
    to: null,
    filter: null,
    timeZone: 'UTC',
  }));
}

/** The rows in a table of a PostgreSQL of our own. */
async function stored(rows: number) {
  const cluster = await startTestCluster();
  await cluster.run(`CREATE TABLE events AS SELECT
      timestamptz '2026-01-01 00:00Z' + (i::float8 / ${rows} * 85) * interval '1 day' AS event_time,
      'workspace-' || i % ${KEYS} AS usage_key, 'user-' || (i::bigint * 7919) % ${USERS} AS user_id, 'save'::text AS event
    FROM generate_series(0, ${rows - 1}) i`);
  const { host, port, user } = cluster;
  const where = { host, port, user, database: 'postgres', password_env: null, ssl: 'disable' };
  return {
    config: { ...SHARED, ...where, kind: 'postgres', table: 'events' },
    stop: () => cluster.stop(),
  };
}

/** The rows behind an API of pages of a thousand, in a process of its own. */
async function served(rows: number) {
  const child = fork(import.meta.filename, ['serve', String(rows)]);
  const [port] = (await once(child, 'message')) as [number];
  return {
    config: {
      ...SHARED,
      kind: 'json',
      url: `http://127.0.0.1:${port}/`,
      rows: 'items',
      paging: { by: 'cursor', next: 'next', param: 'after' },
    },
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function serve(rows: number): Promise<void> {
  const server = createServer((request, response) => {
    const from = Number(new URL(request.url!, 'http://127.0.0.1').searchParams.get('after') ?? 0);
    const items = Array.from({ length: Math.min(PAGE, rows - from) }, (_, index) => {
      const row = from + index;
      const event_time = new Date(START + (row / rows) * 85 * 86_400_000).toISOString();
      return {
        event_time,
        usage_key: `workspace-${row % KEYS}`,
        user_id: `user-${(row * 7919) % USERS}`,
        event: 'save',
      };
    });
    response.end(JSON.stringify({ items, next: from + PAGE < rows ? from + PAGE : null }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send!((server.address() as AddressInfo).port);
}
