// `pilot sync` as a subject of the bench: the command line itself, in a process of its own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { spawnPilot } from '../testing/spawn-pilot.ts';
import { usageCsv } from '../testing/sync-org.ts';
import { measured, type Cost } from './measured-command.ts';
import { METRIC, RUN_AT, workspaces, type BenchOrg } from './pilot-org.ts';

export interface MeasuredSync extends Cost {
  readonly written: number;
  readonly unchanged: number;
}

const report = z.object({
  exitCode: z.literal(0),
  totals: z.object({
    created: z.number(),
    updated: z.number(),
    unchanged: z.number(),
    skipped: z.literal(0),
    failed: z.literal(0),
  }),
});

/** Two weeks of usage of five people in each workspace, and the configuration that reads it; answers its path. */
export function writeSyncInput(folder: string, pilots: number): string {
  const usage = join(folder, 'usage.csv');
  writeFileSync(usage, usageCsv(workspaces(pilots), '2026-11-09', '2026-11-18'));
  const config = join(folder, 'sync.yaml');
  const source = `{ name: product, kind: files, paths: [${JSON.stringify(usage)}], columns: { user_id: user_id } }`;
  const metric = `{ name: ${METRIC}, fn: distinct, column: user_id }`;
  writeFileSync(
    config,
    `sources: [${source}]\nmetrics: [${metric}]\nrun: { folder: ${JSON.stringify(folder)} }\n`,
  );
  return config;
}

/** One run against the org. @throws Error when it did not end with success for every record */
export async function measuredSync(bench: BenchOrg, config: string): Promise<MeasuredSync> {
  const login = {
    PILOT_ACCESS_TOKEN: bench.token,
    PILOT_INSTANCE_URL: bench.org.url,
    PILOT_USER_SECRET: 'only made-up people are here',
  };
  const args = ['sync', '--config', config, '--now', RUN_AT.toISOString(), '--json'];
  const { answer: ended, ...cost } = await measured(
    (environment) => spawnPilot(bench.folder, args, { ...login, ...environment }).ended,
  );
  if (ended.code !== 0) throw new Error(`The sync ended with exit code ${ended.code}: ${ended.stderr}`);
  const { totals } = report.parse(JSON.parse(ended.stdout));
  return { ...cost, written: totals.created + totals.updated, unchanged: totals.unchanged };
}
