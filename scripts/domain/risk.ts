// How likely it is that use dies: a sum of three contributions, for sorting lists. Log-odds are never shown to reps.
//
// Each contribution is minus the natural logarithm of what was counted, times one common weight: recent over usual
// user-days, recent over usual events, and people seen in the last five business days. The two numbers that are
// fitted (weight and base) come from 379 projects whose use is public, of which 81 died within four weeks; left out a
// fifth of the projects at a time they stay within −2.04 … −1.88 and 0.44 … 0.47 (`npm run bench:activity`).
import { addDays } from './day.ts';
import type { Contribution, Risk } from './evaluation.ts';
import type { Day, DayFacts } from './facts.ts';
import type { PilotView, UsageView } from './pilot-view.ts';
import { KICK_OFF_DAYS } from './signals/trend-window.ts';
import { startOfLast, userDaysOf } from './usual-use.ts';

const BASE = -2;
const WEIGHT = 0.46;
/** Business days after which a day counts half: people leave at once, volume scatters more and is watched longer. */
const HALF_LIFE = { people: 2, volume: 5 } as const;
/** Keeps the ratio finite, and small where little was ever usual: silence after thin use is weak evidence. */
const SMOOTHING = 0.02;
/** Below it the recent days are all there is. */
const MIN_BUSINESS_DAYS = 2 * KICK_OFF_DAYS;
const RECENT_BUSINESS_DAYS = 5;

/** The risk as the data stand; null where use is not judged or fewer than ten business days are over. */
export function riskOf(view: PilotView): Risk | null {
  const { usage, calendar } = view;
  if (!usage || calendar.count(usage.start, usage.asOf) < MIN_BUSINESS_DAYS) return null;
  const people = momentum(view, usage, HALF_LIFE.people, userDaysOf);
  const volume = momentum(view, usage, HALF_LIFE.volume, (day) => day.events);
  const seen = peopleSeen(view, usage);
  const contributions: Contribution[] = [
    { key: 'base', value: BASE, recent: null, usual: null },
    { key: 'people', value: -WEIGHT * logRatio(people), ...people },
    { key: 'volume', value: -WEIGHT * logRatio(volume), ...volume },
    { key: 'breadth', value: -WEIGHT * Math.log(seen + 0.5), recent: seen, usual: null },
  ];
  const logit = contributions.reduce((sum, one) => sum + one.value, 0);
  return { percent: Math.round(1000 / (1 + Math.exp(-logit))) / 10, logit, contributions };
}

interface Momentum {
  readonly recent: number;
  readonly usual: number;
}

/** A business day's count: exponentially weighted, the newest most, and plain over the whole pilot. */
function momentum(
  { calendar }: PilotView,
  usage: UsageView,
  halfLife: number,
  count: (day: DayFacts) => number,
): Momentum {
  const counts = new Map(usage.days.map((day) => [day.day, count(day)]));
  let age = 0;
  const sums = { weighted: 0, weights: 0, all: 0 };
  for (let day: Day = usage.asOf; day >= usage.start; day = addDays(day, -1)) {
    const weight = 2 ** (-age / halfLife);
    const seen = counts.get(day) ?? 0;
    sums.weighted += weight * seen;
    sums.all += seen;
    // Days off are no exposure; what happens on them counts with the business day before.
    if (!calendar.isBusinessDay(day)) continue;
    sums.weights += weight;
    age += 1;
  }
  // Nobody ever used it: one user-day and one event a business day is the least that was expected.
  const usual = sums.all === 0 ? 1 : sums.all / age;
  return { recent: sums.weighted / sums.weights, usual };
}

function logRatio({ recent, usual }: Momentum): number {
  return Math.log((recent + SMOOTHING) / (usual + SMOOTHING));
}

function peopleSeen({ calendar }: PilotView, usage: UsageView): number {
  const from = startOfLast(calendar, RECENT_BUSINESS_DAYS, usage.asOf);
  if (usage.grain === 'account-day')
    return Math.max(0, ...usage.days.filter((day) => day.day >= from).map(userDaysOf));
  return usage.users.filter((user) => user.activeDays.some((day) => day >= from)).length;
}
