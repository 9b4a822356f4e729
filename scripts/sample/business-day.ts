const DAY_MS = 86_400_000;

/** The day `offset` business days (Monday to Friday) from `today`; 0 is today, or the Friday before a weekend. */
export function businessDay(today: string, offset: number): string {
  let at = Date.parse(today);
  while (isWeekend(at)) at -= DAY_MS;
  for (let left = Math.abs(offset); left > 0;) {
    at += Math.sign(offset) * DAY_MS;
    if (!isWeekend(at)) left--;
  }
  return new Date(at).toISOString().slice(0, 10);
}

/** Business days from `first` to `last`, both included. */
export function businessDays(first: string, last: string): string[] {
  const days = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS)
    if (!isWeekend(at)) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

function isWeekend(at: number): boolean {
  const day = new Date(at).getUTCDay();
  return day === 0 || day === 6;
}
