// Monday to Friday. Public holidays are the sync's to know: here they count as working days, and the reader is told.

const DAY_MS = 86_400_000;

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Every day of a period, both ends included; empty when it ends before it begins. */
export function daysOf(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

export function isBusinessDay(day: string): boolean {
  return ![0, 6].includes(new Date(day).getUTCDay());
}

/** The business day `count` after a day. */
export function addBusinessDays(day: string, count: number): string {
  let moved = day;
  for (let left = count; left > 0; left -= isBusinessDay(moved) ? 1 : 0) moved = addDays(moved, 1);
  return moved;
}
