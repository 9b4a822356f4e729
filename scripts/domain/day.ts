// Arithmetic on calendar days written `YYYY-MM-DD`: no clock, no zone; days compare as strings.
import type { Day } from './facts.ts';

const DAY_MS = 86_400_000;

// The rules walk through days all the time and parsing dates was nine tenths of a verdict: each day is parsed and
// written once. A few thousand days at most are ever asked for.
const numbers = new Map<Day, number>();
const texts = new Map<number, Day>();

/** The day `count` days after `day` (before it, when negative). */
export function addDays(day: Day, count: number): Day {
  const number = numberOf(day) + count;
  const known = texts.get(number);
  if (known !== undefined) return known;
  const text = new Date(number * DAY_MS).toISOString().slice(0, 10);
  texts.set(number, text);
  return text;
}

/** Days from `from` to `to`; 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(day: Day): number {
  // 1 January 1970 was a Thursday.
  return (((numberOf(day) + 4) % 7) + 7) % 7;
}

/** Days since 1 January 1970. */
function numberOf(day: Day): number {
  const known = numbers.get(day);
  if (known !== undefined) return known;
  const number = Math.floor(Date.parse(day) / DAY_MS);
  numbers.set(day, number);
  return number;
}

/** The Monday of the day's week. */
export function mondayOf(day: Day): Day {
  return addDays(day, -((weekday(day) + 6) % 7));
}

export function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
