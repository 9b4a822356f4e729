import { z } from 'zod';
import type { SyncReport } from './sync-report.ts';

const text = z.string();
const count = z.int().min(0);
const totals = z.strictObject({
  created: count,
  updated: count,
  unchanged: count,
  skipped: count,
  failed: count,
});
const problem = z.strictObject({ code: text, message: text, actions: z.array(text) });
const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('created'), id: text }),
  z.strictObject({ kind: z.literal('updated'), id: text }),
  z.strictObject({ kind: z.literal('unchanged') }),
  z.strictObject({ kind: z.literal('skipped'), code: text, reason: text }),
  z.strictObject({ kind: z.literal('failed'), code: text, message: text, fields: z.array(text), fix: text }),
]);
const pilot = z.strictObject({
  id: text,
  name: text,
  opportunity: text,
  health: text,
  before: text.nullable(),
  reason: text,
  isNewlyStalled: z.boolean(),
  isCleared: z.boolean(),
  changed: z.array(text),
});
/** Of a source only what monitoring reads is checked; the rest may grow. */
const source = z.looseObject({
  source: text,
  read: count,
  accepted: count,
  rejected: count,
  excluded: z.record(text, count),
  completeThrough: z.iso.datetime().nullable(),
  rejectFile: text.nullable(),
});

/** The report of a run that came to its end. */
const EndedRun = z.strictObject({
  outcome: z.enum(['Succeeded', 'Partial']),
  exitCode: z.literal([0, 1, 2, 3]),
  isDryRun: z.boolean(),
  now: z.iso.datetime(),
  orgId: text,
  instanceUrl: z.url(),
  runId: text.nullable(),
  pilots: z.array(pilot),
  sources: z.array(source),
  totals,
  byObject: z.record(text, totals),
  left: z.array(z.strictObject({ object: text, key: text, name: text, outcome })),
  acknowledged: count,
  problems: z.array(problem),
  apiPlan: z.strictObject({
    objects: z.array(z.strictObject({ object: text, rows: count, calls: count })),
    calls: count,
    available: z.number().nullable(),
    queued: count,
  }),
  removed: z.strictObject({ usageWeeks: count, runs: count, issues: count }).nullable(),
  apiCalls: count,
  apiUsage: z.strictObject({ used: count, limit: count }).nullable(),
  syncIntervalHours: z.number().positive(),
  seconds: z.number().min(0),
});

/** The report of a run that an error ended. */
const FailedRun = z.strictObject({
  outcome: z.literal('Failed'),
  exitCode: z.literal([2, 3, 4]),
  error: problem,
});

/** What `--json` prints and `--report` writes, for whoever reads it by machine. */
export const RunReport = z.discriminatedUnion('outcome', [EndedRun, FailedRun]);
export type FailedRun = z.infer<typeof FailedRun>;
export type RunReport = SyncReport | FailedRun;
