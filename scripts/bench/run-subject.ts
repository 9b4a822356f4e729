import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Subject } from './usage-subjects.ts';

const measurement = z.object({
  cpuSeconds: z.number(),
  wallSeconds: z.number(),
  peakMb: z.number(),
  /** What it counted, by which every subject proves that it did the work. */
  events: z.number(),
  pilotDays: z.number(),
});
export type Measurement = z.infer<typeof measurement>;

/** What became of a subject: its measurement, or the line with which it gave up and when. */
export type SubjectEnd = Measurement | { readonly failure: string };

/** Runs a subject in a fresh process, so that its peak and its collector are its own. */
export async function trySubject(
  subject: Subject,
  pilots: number,
  paths: readonly string[],
  cache = '',
): Promise<SubjectEnd> {
  const script = join(import.meta.dirname, 'usage-subjects.ts');
  const startedMs = performance.now();
  const child = spawn(process.execPath, [script, subject, String(pilots), ...paths], {
    env: { ...process.env, PILOT_BENCH_CACHE: cache },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  const seconds = (performance.now() - startedMs) / 1000;
  process.stderr.write(
    `  ${subject} of ${paths.length === 1 ? paths[0] : `${paths.length} files`}: ${seconds.toFixed(0)} s\n`,
  );
  if (code === 0) return measurement.parse(JSON.parse(stdout));
  const line = /^.*Error: .*$/m.exec(stderr)?.[0] ?? stderr.slice(0, 300);
  return { failure: `${line} (after ${seconds.toFixed(0)} s)` };
}

/** The same where the subject must not fail. @throws Error with its own words */
export async function runSubject(...how: Parameters<typeof trySubject>): Promise<Measurement> {
  const end = await trySubject(...how);
  if ('failure' in end) throw new Error(`${how[0]} on ${how[2][0]} failed: ${end.failure}`);
  return end;
}
