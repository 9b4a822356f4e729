const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The instant at which a pilot's verdict stops being believed, as ISO text: complete-through plus twice the
 * interval, rounded up to the hour. Where no data bears on the verdict it is counted from the end of the run's day (UTC),
 * so that a second run on the same day writes nothing.
 */
export function staleAfter(completeThrough: string | null, now: Date, syncIntervalHours: number): string {
  const from =
    completeThrough === null
      ? Math.floor(now.getTime() / DAY_MS) * DAY_MS + DAY_MS
      : Date.parse(completeThrough);
  return new Date(Math.ceil((from + 2 * syncIntervalHours * HOUR_MS) / HOUR_MS) * HOUR_MS).toISOString();
}
