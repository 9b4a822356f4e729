// Share of criteria met is behind the share of time elapsed; nothing moves; or a must-have is unmeasured at half-time.
import { elapsedShare, meets, progress } from '../criteria.ts';
import { addDays, daysBetween, later } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';
import { sustainedSince } from './sustained-since.ts';

export const criteriaBehind: Rule = {
  code: 'CRITERIA_BEHIND',
  group: 'outcome',
  owner: 'success manager',
  judge,
};

type Scored = PilotView['criteria'][number];

function judge(view: PilotView): Finding {
  const { criteria, pilot, today } = view;
  if (criteria.length === 0) return silent('noCriteria');
  if (pilot.status !== 'Active' && pilot.status !== 'In Review') return silent('notStarted');
  if (view.usageSilence === 'dataProblem' && criteria.some((one) => one.metric)) return silent('dataProblem');
  const elapsed = elapsedShare(pilot, today);
  if (elapsed === null) return silent('noDates');
  const met = criteria.filter((one) => isMetOn(one, today)).length;
  const measured = {
    observed: {
      met,
      criteria: criteria.length,
      elapsedPercent: percent(elapsed),
      lastMovedOn: lastMoved(view),
    },
    threshold: { slackPoints: view.policy.criteriaSlackPoints, stillDays: view.policy.criteriaStillDays },
  };
  if (met === criteria.length) return silent('allMet', measured);
  const fired = behindTime(view) ?? unmeasuredMustHave(view) ?? standingStill(view);
  if (!fired) return silent('onPace', measured);
  const weakest = fired.criterion;
  const values = {
    met,
    criteria: criteria.length,
    elapsed: percent(elapsed),
    weakest: weakest.name,
    actual: weakest.actual,
    target: weakest.target,
    unit: weakest.unit,
    moved: lastMoved(view),
  };
  return speaks({ state: fired.state, since: fired.since, values, variant: fired.variant }, measured);
}

interface Behind {
  readonly since: Day;
  readonly state: 'At risk' | 'Watch';
  readonly variant: string | null;
  readonly criterion: Scored;
}

/**
 * Behind by more than the slack. At risk only on evidence: counted over the criteria that have a measurement,
 * and not while every one of them is projected to arrive. A missing measurement is paperwork and stays Watch.
 */
function behindTime(view: PilotView): Behind | null {
  const { criteria, pilot, today } = view;
  const start = pilot.startDate;
  const isBehindOn = (pool: readonly Scored[], day: Day): boolean => {
    const met = pool.filter((one) => isMetOn(one, day)).length;
    return (
      pool.length > 0 &&
      met / pool.length < (elapsedShare(pilot, day) ?? 0) - view.policy.criteriaSlackPoints / 100
    );
  };
  const since = start && sustainedSince(today, start, (day) => isBehindOn(criteria, day));
  if (!since) return null;
  const known = criteria.filter((one) => one.actual !== null);
  const isArriving = known.every((one) => one.pace === 'Met' || one.pace === 'On pace');
  const state = isBehindOn(known, today) && !isArriving ? 'At risk' : 'Watch';
  return { since, state, variant: null, criterion: weakestOf(known.length > 0 ? known : criteria, today) };
}

function unmeasuredMustHave({ criteria, pilot, today }: PilotView): Behind | null {
  const open = criteria.find((one) => one.isMustHave && one.actual === null);
  if (!open || !pilot.startDate || !pilot.endDate) return null;
  const half = addDays(pilot.startDate, Math.ceil(daysBetween(pilot.startDate, pilot.endDate) / 2));
  return today >= half ? { since: half, state: 'Watch', variant: 'unmeasured', criterion: open } : null;
}

function standingStill(view: PilotView): Behind | null {
  const known = view.criteria.filter((one) => one.actual !== null);
  const moved = lastMoved(view);
  if (known.length === 0 || !moved) return null;
  const since = addDays(moved, view.policy.criteriaStillDays + 1);
  return view.today >= since
    ? { since, state: 'Watch', variant: 'still', criterion: weakestOf(known, view.today) }
    : null;
}

/** The last day on which any criterion's value is known to have changed; the start when none did. */
function lastMoved({ criteria, pilot, today }: PilotView): Day | null {
  const days = criteria.flatMap((one) => one.movedOn ?? []).filter((day) => day <= today);
  return pilot.startDate && days.reduce(later, pilot.startDate);
}

function isMetOn(criterion: Scored, day: Day): boolean {
  return meets(criterion, criterion.actual) && (criterion.metOn === null || criterion.metOn <= day);
}

function weakestOf(criteria: readonly Scored[], today: Day): Scored {
  const open = criteria.filter((one) => !isMetOn(one, today));
  const weakest = open.toSorted(
    (a, b) => (progress(a) ?? 0) - (progress(b) ?? 0) || Number(b.isMustHave) - Number(a.isMustHave),
  )[0];
  return weakest ?? criteria[0]!;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
