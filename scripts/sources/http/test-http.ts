import { readdirSync } from 'node:fs';
import { after, before } from 'node:test';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { collect } from '../contract.ts';
import { SourceConfig } from '../source-config.ts';
import { makeTestFolder, TEST_SECRET } from '../test-folder.ts';
import type { HttpSourceConfig } from './http-source-config.ts';
import { httpSource } from './http-source.ts';
import { startTestServer, type TestAnswer, type TestServer } from './test-server.ts';

const SECRETS = {
  POSTHOG_KEY: 'phx_secret',
  MIXPANEL_USER: 'robot',
  MIXPANEL_SECRET: 'mp_secret',
  AMPLITUDE_KEY: 'amp',
  AMPLITUDE_SECRET: 'amp_secret',
  TOKEN: 'json_secret',
};

const link = (key: string) => ({
  pilotId: 'p1',
  source: 'usage',
  key,
  from: null,
  to: null,
  filter: null,
  timeZone: 'UTC',
});

/** A server and a private temporary folder for one test file, and sources on them. */
export function useTestHttp() {
  const folder = makeTestFolder();
  process.env['TMPDIR'] = folder.path;
  const options = { secret: TEST_SECRET, rejectFolder: folder.path };
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(async () => {
    await server.close();
    folder.remove();
  });

  const open = (config: object, environment: object = SECRETS, waits: number[] = []) => {
    const sleep = (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    };
    const parsed = SourceConfig.parse({ name: 'usage', lag_hours: 0, ...config }) as HttpSourceConfig;
    return httpSource(parsed, options, environment as Record<string, string>, { sleep });
  };
  return {
    server: () => server,
    options,
    secrets: SECRETS,
    open,
    /** Reads a source to its end; `waits` are the pauses it made, in ms. */
    async read(config: object, key: string, now: string, environment: object = SECRETS) {
      const waits: number[] = [];
      const source = open(config, environment, waits);
      const result = await collect(source, { links: [link(key)], now: new Date(now) });
      const events = result.facts[0]?.days.reduce((sum, day) => sum + day.events, 0) ?? 0;
      return { ...result, waits, events };
    },
    /** Downloads that are still there, which none should be. */
    leftOver: () => readdirSync(folder.path).filter((name) => name.startsWith('pilot-download-')),
  };
}

export const json = (body: unknown, more: TestAnswer = {}): TestAnswer => ({
  body: JSON.stringify(body),
  ...more,
});

export const lines = (records: readonly unknown[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** A zip of gzipped JSON lines. */
export const archive = (files: Readonly<Record<string, readonly unknown[]>>) =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, all]) => [name, gzipSync(lines(all))])), {
      level: 0,
    }),
  );
