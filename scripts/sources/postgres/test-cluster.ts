import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const BIN = '/usr/lib/postgresql/15/bin';
const START_MS = 30_000;

/** A PostgreSQL 15 of the test's own in a temporary folder, on a unix socket, ended by its process id. */
export interface TestCluster {
  /** Folder of the socket, to be used as `host`. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Runs statements as the owner. */
  run(...statements: string[]): Promise<void>;
  rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Starts one; without the server's programs it fails and names the package: a skipped test proves nothing. */
export async function startTestCluster(): Promise<TestCluster> {
  if (!existsSync(join(BIN, 'initdb')))
    throw new Error(
      `${BIN}/initdb is missing: install the Debian package postgresql-15 (apt-get install postgresql-15).`,
    );
  // Postgres refuses to run as root; Debian's package makes this user.
  const user = process.getuid?.() === 0 ? 'postgres' : null;
  const as = (command: string, args: readonly string[]) =>
    user === null ? ([command, args] as const) : (['runuser', ['-u', user, '--', command, ...args]] as const);
  const folder = mkdtempSync(join(tmpdir(), 'pilot-pg-'));
  chmodSync(folder, 0o755);
  if (user !== null) execFileSync('chown', [user, folder]);
  const data = join(folder, 'data');
  const init = as(join(BIN, 'initdb'), ['-D', data, '-U', 'pilot', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  execFileSync(init[0], init[1], { stdio: 'pipe' });
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: '20',
  };
  const server = as(join(BIN, 'postgres'), [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const child = spawn(server[0], server[1], { stdio: 'ignore' });
  const port = 5432;
  const client = await connect({ host: folder, port, user: 'pilot', database: 'postgres' }, child);
  return {
    host: folder,
    port,
    user: 'pilot',
    async run(...statements) {
      for (const statement of statements) await client.query(statement);
    },
    rows: async (sql, values = []) => (await client.query<Record<string, unknown>>(sql, [...values])).rows,
    async stop() {
      await client.end();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // runuser hands the signal on; SIGINT is the server's fast shutdown.
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function connect(config: pg.ClientConfig, child: ChildProcess): Promise<pg.Client> {
  const until = Date.now() + START_MS;
  for (;;) {
    const client = new pg.Client(config);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > until || child.exitCode !== null) {
        child.kill('SIGTERM');
        throw error;
      }
      await sleep(100);
    }
  }
}
