import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** What a command and all Node processes that it started took; the peak is that of the largest of them. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMb: number;
}

const processCost = z.object({ cpuSeconds: z.number(), peakMb: z.number() });

/**
 * Runs a command of Node with the environment that it must get, and says what it took beside its answer.
 * @throws Error when no process of it told its cost, as after a crash
 */
export async function measured<Answer>(
  run: (environment: Readonly<Record<string, string>>) => Promise<Answer>,
): Promise<Cost & { readonly answer: Answer }> {
  const folder = mkdtempSync(join(tmpdir(), 'pilot-bench-cost-'));
  const file = join(folder, 'cost.jsonl');
  const report = pathToFileURL(join(import.meta.dirname, 'report-cost.ts')).href;
  try {
    const startedMs = performance.now();
    const answer = await run({ NODE_OPTIONS: `--import=${report}`, PILOT_BENCH_COST: file });
    const wallSeconds = (performance.now() - startedMs) / 1000;
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const costs = lines.map((line) => processCost.parse(JSON.parse(line)));
    return {
      answer,
      wallSeconds,
      cpuSeconds: costs.reduce((sum, cost) => sum + cost.cpuSeconds, 0),
      peakMb: Math.max(...costs.map(({ peakMb }) => peakMb)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
