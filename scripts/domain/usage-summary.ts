// The numbers of the pilot's usage group, as of the data's last complete day.
import { addDays } from './day.ts';
import type { UsageSummary } from './evaluation.ts';
import type { Day, PilotFacts } from './facts.ts';

const NOTHING_KNOWN: UsageSummary = {
  activeUsers7d: null,
  activeUsers28d: null,
  events7d: null,
  activeDepartments: null,
  usageChangePercent: null,
  lastUsageOn: null,
  firstValueOn: null,
};

/**
 * Trailing 7 and 28 days of the facts; a number that the grain cannot give is null, never 0.
 * `usageChangePercent` compares events a day of the last 14 days with the 28 before; null below 42 days of data.
 */
export function summarizeUsage(facts: PilotFacts | null, start: Day | null): UsageSummary {
  const to = facts?.completeThrough;
  if (!facts || !to) return NOTHING_KNOWN;
  const active = facts.days.filter((day) => day.events > 0 && day.day <= to).map((day) => day.day);
  const sinceStart = active.filter((day) => start !== null && day >= start).toSorted();
  const hasUsers = facts.grain !== 'account-day';
  const users28d = activeUsers(facts, addDays(to, -27), to);
  return {
    activeUsers7d: hasUsers ? activeUsers(facts, addDays(to, -6), to).length : null,
    activeUsers28d: hasUsers ? users28d.length : null,
    events7d: eventsBetween(facts, addDays(to, -6), to),
    activeDepartments: hasUsers ? countDepartments(users28d) : null,
    usageChangePercent: usageChange(facts, start, to),
    lastUsageOn: active.toSorted().at(-1) ?? null,
    firstValueOn: sinceStart[0] ?? null,
  };
}

function activeUsers(facts: PilotFacts, from: Day, to: Day): PilotFacts['users'][number][] {
  return facts.users.filter((user) => user.activeDays.some((day) => from <= day && day <= to));
}

/** Null where the source names no department at all. */
function countDepartments(users: readonly { readonly department: string | null }[]): number | null {
  const names = new Set(users.map((user) => user.department).filter((name) => name !== null && name !== ''));
  return users.length > 0 && names.size === 0 ? null : names.size;
}

function eventsBetween(facts: PilotFacts, from: Day, to: Day): number {
  return facts.days
    .filter((day) => from <= day.day && day.day <= to)
    .reduce((sum, day) => sum + day.events, 0);
}

function usageChange(facts: PilotFacts, start: Day | null, to: Day): number | null {
  const from = addDays(to, -41);
  if (!start || start > from) return null;
  const before = eventsBetween(facts, from, addDays(to, -14)) / 28;
  if (before === 0) return null;
  const percent = (eventsBetween(facts, addDays(to, -13), to) / 14 / before - 1) * 100;
  // Percent(6,1) on Pilot__c holds five digits before the point.
  return Math.min(99_999, Math.round(percent * 10) / 10);
}
