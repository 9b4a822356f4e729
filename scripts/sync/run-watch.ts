import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RunReport } from './run-report.ts';
import type { SyncConfig } from './sync-config.ts';
import { writeAtomically } from './write-atomically.ts';

const instant = z.iso.datetime().nullable();

/** What is remembered from run to run to decide whether somebody must be paged. Times are ISO 8601 UTC. */
export const RunWatch = z.strictObject({
  version: z.literal(1),
  /** Runs that ended with exit code 2 or 3 since the last one that did not. */
  failuresInARow: z.int().min(0),
  lastSuccessAt: instant,
  /** Up to when the oldest of the sources was complete. */
  completeThrough: instant,
  syncIntervalHours: z.number().positive().nullable(),
  /** The trouble that somebody was paged for and that still stands. */
  pagedFor: z.enum(['failing', 'stale']).nullable(),
});
export type RunWatch = z.infer<typeof RunWatch>;

export interface Alarm {
  readonly why: 'failing' | 'stale';
  readonly message: string;
}

const NOTHING_KNOWN: RunWatch = {
  version: 1,
  failuresInARow: 0,
  lastSuccessAt: null,
  completeThrough: null,
  syncIntervalHours: null,
  pagedFor: null,
};

/** The watch after a run, whose own clock was `now`: `alarm` is what somebody must be told of now, once per trouble. */
export function watchRun(
  before: RunWatch,
  report: RunReport,
  { now, finishedAt }: { readonly now: Date; readonly finishedAt: Date },
): { readonly watch: RunWatch; readonly alarm: Alarm | null } {
  const isFailure = report.exitCode === 2 || report.exitCode === 3;
  // Another run has the org (4) and tells how things are; one that somebody stopped says nothing about them.
  const isSilent = report.exitCode === 4 || (report.outcome === 'Failed' && report.error.code === 'STOPPED');
  const failuresInARow = isSilent ? before.failuresInARow : isFailure ? before.failuresInARow + 1 : 0;
  const data = report.outcome === 'Failed' ? before : dataOf(report, before);
  const trouble = troubleOf(failuresInARow, data, report, now);
  const watch: RunWatch = {
    version: 1,
    failuresInARow,
    lastSuccessAt: report.exitCode <= 1 ? finishedAt.toISOString() : before.lastSuccessAt,
    completeThrough: data.completeThrough,
    syncIntervalHours: data.syncIntervalHours,
    // The caller sets it once the page has arrived; a trouble that is over may page again.
    pagedFor: trouble?.why === before.pagedFor ? before.pagedFor : null,
  };
  return { watch, alarm: trouble !== null && watch.pagedFor === null ? trouble : null };
}

type DataAge = Pick<RunWatch, 'completeThrough' | 'syncIntervalHours'>;

function dataOf(report: Exclude<RunReport, { outcome: 'Failed' }>, before: RunWatch): DataAge {
  const ends = report.sources.flatMap(({ completeThrough }) => completeThrough ?? []).toSorted();
  return { completeThrough: ends[0] ?? before.completeThrough, syncIntervalHours: report.syncIntervalHours };
}

function troubleOf(failures: number, data: DataAge, report: RunReport, now: Date): Alarm | null {
  if (failures >= 2) {
    const code = report.outcome === 'Failed' ? report.error.code : (report.problems[0]?.code ?? 'unknown');
    return {
      why: 'failing',
      message: `${failures} runs in a row failed, the last with ${code} (exit code ${report.exitCode}).`,
    };
  }
  const { completeThrough, syncIntervalHours } = data;
  if (completeThrough === null || syncIntervalHours === null) return null;
  const hours = (now.getTime() - Date.parse(completeThrough)) / 3_600_000;
  if (hours <= 2 * syncIntervalHours) return null;
  const sources = report.outcome === 'Failed' ? [] : report.sources;
  const late = sources.filter((each) => each.completeThrough === completeThrough).map(({ source }) => source);
  const whose = late.length === 0 ? '' : ` of ${late.join(', ')}`;
  return {
    why: 'stale',
    message: `Usage data${whose} ends ${completeThrough}, ${Math.floor(hours)} hours ago; twice the interval is ${2 * syncIntervalHours}.`,
  };
}

/** File of the watch: one per configuration and org that it may lead to, so that no two share their failures. */
export function watchFile(config: SyncConfig, configFile: string, targetOrg: string | null): string {
  const { target_org: stored, org_id: orgId } = config.salesforce;
  const name = JSON.stringify([configFile, targetOrg ?? stored, orgId]);
  return join(
    config.run.folder,
    `watch-${createHash('sha256').update(name).digest('hex').slice(0, 16)}.json`,
  );
}

/** What is remembered; no, a missing or damaged file counts as nothing known. */
export async function readWatch(path: string | null): Promise<RunWatch> {
  if (path === null) return NOTHING_KNOWN;
  try {
    return RunWatch.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return NOTHING_KNOWN;
  }
}

export async function writeWatch(path: string, watch: RunWatch): Promise<void> {
  await writeAtomically(path, `${JSON.stringify(watch)}\n`, 0o600);
}
