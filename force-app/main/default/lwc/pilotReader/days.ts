// Calendar days as the reader's clock on the wall counts them.

const DAY_MS = 86_400_000;

/** The calendar day, `YYYY-MM-DD`, of an instant in an IANA zone. */
export function dayIn(instant: Date, timeZone: string): string {
  const parts = new Map(
    zoneFormat(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** Days from one day to another with both counted: 1 for the same day. */
export function calendarDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** "06:10" */
export function clockTime(instant: Date, locale: string, timeZone: string): string {
  const format = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat(locale, format).format(instant);
}

// Every label filled for a reader asks for today, and making a formatter costs far more than using it.
const zoneFormats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const format =
    zoneFormats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'iso8601', ...parts });
  zoneFormats.set(timeZone, format);
  return format;
}
