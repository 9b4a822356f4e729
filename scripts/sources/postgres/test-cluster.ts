import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
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

/** PEM files of a server's certificate and key. */
export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

/**
 * Starts one; without the server's programs it fails and names the package: a skipped test proves nothing. With a certificate it
 * also listens on 127.0.0.1, where it takes nobody without TLS.
 */
export async function startTestCluster(tls?: TestCertificate): Promise<TestCluster> {
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
  const port = tls === undefined ? 5432 : await freePort();
  const settings = {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: '20',
    ...(tls === undefined ? {} : tlsSettings(tls, folder, user)),
  };
  const server = as(join(BIN, 'postgres'), [
    '-D',
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const child = spawn(server[0], server[1], { stdio: 'ignore' });
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

function tlsSettings(tls: TestCertificate, folder: string, user: string | null): Record<string, string> {
  const files = {
    ssl_cert_file: join(folder, 'server.crt'),
    ssl_key_file: join(folder, 'server.key'),
    hba_file: join(folder, 'hba.conf'),
  };
  copyFileSync(tls.certificate, files.ssl_cert_file);
  copyFileSync(tls.key, files.ssl_key_file);
  writeFileSync(files.hba_file, 'local all all trust\nhostssl all all 127.0.0.1/32 trust\n');
  for (const file of Object.values(files)) {
    chmodSync(file, 0o600);
    if (user !== null) execFileSync('chown', [user, file]);
  }
  return { ...files, ssl: 'on', listen_addresses: '127.0.0.1' };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
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
