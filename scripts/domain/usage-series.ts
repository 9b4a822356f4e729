// Usage_Series__c: one point a day for the chart, compact, with the digest that the diff compares.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { businessCalendar } from './business-calendar.ts';
import type { DayOff } from './business-calendar.ts';
import { addDays, daysBetween, later } from './day.ts';
import type { PilotInput } from './evaluation.ts';
import type { Day, PilotFacts } from './facts.ts';

const DAY = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const COUNT = z.number().int().min(0);

const SERIES = z.object({
  version: z.literal(1),
  /** Day of the first point; the last point is the data's last complete day. */
  from: DAY,
  /** Active users a day; null throughout for account-day data. */
  users: z.array(COUNT.nullable()),
  events: z.array(COUNT),
  /** Points that are no exposure, weekends aside: [index, holiday | closed | incomplete]. */
  off: z.array(z.tuple([COUNT, z.enum(['holiday', 'closed', 'incomplete'])])),
});

export type UsageSeries = z.infer<typeof SERIES>;

// 800 points of two numbers of up to 7 digits and an `off` list stay below 30,000 bytes.
const MAX_POINTS = 800;
const MAX_BYTES = 30_000;

/** The series of a pilot's facts with its SHA-256 in hex; null where there are no complete data to draw. */
export function usageSeries(
  facts: PilotFacts | null,
  pilot: PilotInput,
): { readonly text: string; readonly digest: string } | null {
  const to = facts?.completeThrough;
  if (!facts || !to) return null;
  const first =
    [pilot.startDate, facts.days[0]?.day].filter((day) => day !== null && day !== undefined).toSorted()[0] ??
    to;
  const from = later(first, addDays(to, 1 - MAX_POINTS));
  if (from > to) return null;
  const text = JSON.stringify(points(facts, pilot, from, to));
  if (Buffer.byteLength(text) >= MAX_BYTES)
    throw new RangeError(`Usage_Series__c would hold ${Buffer.byteLength(text)} bytes.`);
  return { text, digest: createHash('sha256').update(text).digest('hex') };
}

/** What a stored text says; null for blank or damaged text. */
export function readUsageSeries(text: string | null): UsageSeries | null {
  if (!text) return null;
  try {
    return SERIES.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function points(facts: PilotFacts, pilot: PilotInput, from: Day, to: Day): UsageSeries {
  const byDay = new Map(facts.days.map((day) => [day.day, day]));
  const { holidayRegion: region, closedDays } = pilot;
  const calendar = businessCalendar({ region, closedDays, incompleteDays: facts.incompleteDays });
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));
  return {
    version: 1,
    from,
    users: days.map((day) => (facts.grain === 'account-day' ? null : (byDay.get(day)?.activeUsers ?? 0))),
    events: days.map((day) => Math.round(byDay.get(day)?.events ?? 0)),
    off: days.flatMap((day, index) => marked(index, calendar.whyOff(day))),
  };
}

function marked(index: number, off: DayOff | null): UsageSeries['off'] {
  return off === null || off === 'weekend' ? [] : [[index, off]];
}
