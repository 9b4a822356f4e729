import { TransientError } from '../salesforce/pilot-error.ts';
import type { RowWrite } from '../salesforce/row-write.ts';
import { callsFor } from '../salesforce/write-rows.ts';
import type { RecordOutcome } from './account.ts';
import type { ObjectPlan } from './plan-writes.ts';

/** What writing costs, known before the first write. */
export interface ApiPlan {
  readonly objects: readonly { readonly object: string; readonly rows: number; readonly calls: number }[];
  /** With the calls around the rows: lease, issues, the run's record. */
  readonly calls: number;
  /** Requests that the org has left today without the policy's reserve; null when the org did not say. */
  readonly available: number | null;
  /** Rows left for the next run. */
  readonly queued: number;
}

export interface FittedPlan {
  readonly plan: ApiPlan;
  /** As many as there are object plans, in their order. */
  readonly objects: readonly { readonly now: readonly RowWrite[]; readonly later: readonly RowWrite[] }[];
}

export interface Allowance {
  readonly usage: { readonly used: number; readonly limit: number } | null;
  /** Share of the daily requests that stays for everything else that is connected to the org. */
  readonly reservePercent: number;
  readonly bulkFromRows: number;
}

/** Lease check, one call of issues, the three removals and the run's result. */
const CALLS_AROUND = 6;

export const QUEUED: RecordOutcome = {
  kind: 'skipped',
  code: 'API_QUEUED',
  reason: "today's API requests do not suffice; the next run writes it",
};

/**
 * What of a plan can be written today. When the requests are short the first pilots of `urgency` go first, whole with
 * their details, and the rows of the others wait for the next run.
 * @throws TransientError API_RESERVE when not even one pilot fits
 */
export function fitIntoAllowance(
  plans: readonly ObjectPlan[],
  urgency: readonly string[],
  allowance: Allowance,
): FittedPlan {
  const available = availableCalls(allowance);
  const rank = new Map(urgency.map((pilotId, index) => [pilotId, index]));
  const split = (pilots: number) =>
    plans.map(({ rows, pilots: pilotOf }) => {
      const isNow = ({ key }: RowWrite): boolean => (rank.get(pilotOf.get(key) ?? '') ?? 0) < pilots;
      return { now: rows.filter(isNow), later: rows.filter((row) => !isNow(row)) };
    });
  const cost = (objects: ReturnType<typeof split>): number =>
    objects.reduce((sum, { now }) => sum + callsFor(now, allowance.bulkFromRows), 0);
  const isEmpty = plans.every(({ rows }) => rows.length === 0);
  const fits = (objects: ReturnType<typeof split>): boolean =>
    isEmpty || available === null || cost(objects) + CALLS_AROUND <= available;
  let objects = split(urgency.length);
  if (!fits(objects)) {
    const pilots = mostThatFit(urgency.length, (count) => fits(split(count)));
    objects = split(pilots);
    if (pilots === 0) throw tooShort(allowance, cost(split(1)) + CALLS_AROUND);
  }
  const queued = objects.reduce((sum, { later }) => sum + later.length, 0);
  const costs = plans.map(({ object }, index) => {
    const { now } = objects[index]!;
    return { object, rows: now.length, calls: callsFor(now, allowance.bulkFromRows) };
  });
  return { plan: { objects: costs, calls: cost(objects) + CALLS_AROUND, available, queued }, objects };
}

/** What a run needs before it knows its plan: login, describes, queries and its own record. */
const CALLS_TO_READ = 40;

/** @throws TransientError API_RESERVE when the day's requests do not suffice even to look for changes */
export function assertRoomToRead(usage: Allowance['usage'], reservePercent: number): void {
  const available = availableCalls({ usage, reservePercent });
  if (available !== null && available < CALLS_TO_READ)
    throw tooShort({ usage, reservePercent }, CALLS_TO_READ);
}

/** The plan in one line, printed before the first write. */
export function apiPlanLine({ objects, calls, available, queued }: ApiPlan): string {
  const parts = objects.filter(({ rows }) => rows > 0).map(({ object, rows }) => `${object} ${rows}`);
  const left = available === null ? '' : ` of ${available} available today`;
  const later = queued === 0 ? '' : `; ${queued} rows wait for the next run`;
  return `plan: ${parts.join(', ') || 'nothing to write'}; ${calls} API calls${left}${later}`;
}

/** Largest count that fits; more pilots never cost less. */
function mostThatFit(total: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, total];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function availableCalls({
  usage,
  reservePercent,
}: Pick<Allowance, 'usage' | 'reservePercent'>): number | null {
  if (usage === null) return null;
  return usage.limit - usage.used - Math.ceil((usage.limit * reservePercent) / 100);
}

function tooShort(
  { usage, reservePercent }: Pick<Allowance, 'usage' | 'reservePercent'>,
  needed: number,
): TransientError {
  const { used, limit } = usage!;
  return new TransientError(
    'API_RESERVE',
    `${limit - used} of ${limit} API requests are left today, of which ${reservePercent} % of all stay reserved; a run that writes one pilot needs ${needed}.`,
    {
      actions: [
        'Run again when the 24-hour window has room.',
        'Or lower Api Reserve Percent in the pilot policy.',
      ],
    },
  );
}
