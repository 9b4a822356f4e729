import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { makeSampleOrg, type SampleOrg } from '../sample/sample-org.ts';
import { makeSampleUsage } from '../sample/sample-usage.ts';
import type { OrgOptions } from '../sync/open-org.ts';
import { parseConfig } from '../sync/read-config.ts';
import { runSync } from '../sync/run-sync.ts';
import { startTestOrg, type TestOrg } from './test-org.ts';

const NOW = new Date('2026-11-18T06:10:00Z');
const MANUAL_RUN = {
  isDryRun: false,
  acceptMassChange: false,
  mode: 'Manual',
  secret: 'only made-up people here',
  version: '0.0.0',
} as const;

export interface SampleScene {
  readonly org: TestOrg;
  readonly sample: SampleOrg;
  /** The sync's user, with the configuration that is shipped. */
  readonly options: OrgOptions;
  sync(): ReturnType<typeof runSync>;
  close(): Promise<void>;
}

/** A local org with the package and the sample of 18 November 2026, not yet synced. */
export async function startSampleScene(): Promise<SampleScene> {
  const folder = mkdtempSync(join(tmpdir(), 'pilot-sample-'));
  const org = await startTestOrg({ now: NOW, deploy: true });
  const close = async (): Promise<void> => {
    await org.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeSampleUsage({ seed: '1', now: NOW, folder });
    const sample = await fill(org);
    const options = await syncOptions(org, sample, folder);
    return { org, sample, options, sync: () => runSync({ ...options, ...MANUAL_RUN }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function fill(org: TestOrg): Promise<SampleOrg> {
  const request = async (method: string, path: string, body?: unknown) => {
    const answer = await org.call(method, path.replace('/services/data/v67.0', ''), body);
    assert.ok(answer.status < 400, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return makeSampleOrg({ request }, { today: '2026-11-18' });
}

async function syncOptions(org: TestOrg, { users }: SampleOrg, folder: string): Promise<OrgOptions> {
  const yaml = readFileSync(new URL('../../config/sync.yaml', import.meta.url), 'utf8')
    .replaceAll('.pilot/sample/usage', folder)
    .replace('folder: .pilot', `folder: ${folder}`);
  const environment = { PILOT_ACCESS_TOKEN: await org.tokenFor(users.sync), PILOT_INSTANCE_URL: org.url };
  return {
    config: parseConfig(yaml, 'sync.yaml'),
    login: { targetOrg: null, environment, retry: { ...DEFAULT_RETRY, sleep: async () => undefined } },
    now: NOW,
    progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
  };
}
