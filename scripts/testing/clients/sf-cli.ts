import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { TO_START_NODE } from '../spawn-pilot.ts';
import type { TestOrg } from '../test-org.ts';
import { CLIENTS } from './clients-folder.ts';

export interface SfAnswer {
  readonly code: number;
  readonly status: number;
  readonly result: unknown;
  readonly raw: string;
}

export interface SfCli {
  readonly home: string;
  /** Runs `sf <args>`, for commands that have no --json. */
  text(
    args: readonly string[],
    env?: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number; readonly raw: string }>;
  /** Runs `sf <args> --json`; an error exit is an answer, not an exception. */
  sf(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<SfAnswer>;
  close(): void;
}

/** The official CLI with a home of its own, so that no login or setting of this machine takes part. */
export function startSfCli(): SfCli {
  const home = mkdtempSync(join(tmpdir(), 'pilot-sf-'));
  const base = {
    ...TO_START_NODE,
    HOME: home,
    PATH: `${CLIENTS}/node_modules/.bin:${process.env['PATH'] ?? ''}`,
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_DISABLE_DNS_CHECK: 'true',
  };
  const sfRun = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    run(process.execPath, [`${CLIENTS}/node_modules/.bin/sf`, ...args], home, { ...base, ...env });
  return {
    home,
    text: async (args, env = {}) => {
      const { code, stdout, stderr } = await sfRun(args, env);
      return { code, raw: stdout + stderr };
    },
    sf: async (args, env = {}) => {
      const { code, stdout, stderr } = await sfRun([...args, '--json'], env);
      const start = stdout.indexOf('{');
      const parsed = (start < 0 ? {} : JSON.parse(stdout.slice(start))) as {
        status?: number;
        result?: unknown;
      };
      return { code, status: parsed.status ?? -1, result: parsed.result, raw: stdout + stderr };
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Stores a login under `alias` from an access token of the user; it becomes the default org. */
export async function loginWithToken(
  cli: SfCli,
  org: TestOrg,
  username: string,
  alias: string,
): Promise<void> {
  const args = ['--instance-url', org.url, '--no-prompt', '--alias', alias, '--set-default'];
  const login = await cli.sf(['org', 'login', 'access-token', ...args], {
    SF_ACCESS_TOKEN: await org.tokenFor(username),
  });
  assert.equal(login.status, 0, login.raw);
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}
