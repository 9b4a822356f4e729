import type { WorkFault } from '../faults/fault-spec.ts';

/** How a job goes on after its data is complete. */
export interface JobPlan {
  readonly startedAt: number;
  readonly durationMs: number;
  /** What it comes to: `stalled` never ends. */
  readonly ending: 'complete' | 'failed' | 'stalled';
  /** Rows that it gets to. */
  readonly rows: number;
  readonly errorMessage: string | null;
}

export type JobPhase = 'UploadComplete' | 'InProgress' | 'over';

/** The plan of a job without a fault, or of one that was ordered to fail or stall. */
export function planJob(startedAt: number, durationMs: number, fault: WorkFault | undefined): JobPlan {
  const whole = { startedAt, durationMs, ending: 'complete', rows: Infinity, errorMessage: null } as const;
  switch (fault?.kind) {
    case 'failedJob':
      return { ...whole, ending: 'failed', rows: fault.rows, errorMessage: fault.message };
    case 'stalledJob':
      return { ...whole, ending: 'stalled', rows: fault.rows };
    default:
      return whole;
  }
}

/** A quarter of the time a job waits, then it works through its rows, a chunk at a time. */
export function phaseAt(plan: JobPlan, nowMs: number): { phase: JobPhase; share: number } {
  const share = plan.durationMs === 0 ? 1 : Math.min(1, (nowMs - plan.startedAt) / plan.durationMs);
  if (share < 0.25) return { phase: 'UploadComplete', share: 0 };
  const isOver = share === 1 && plan.ending !== 'stalled';
  return { phase: isOver ? 'over' : 'InProgress', share: (share - 0.25) / 0.75 };
}
