// The business days of a pilot's region, and what the reader should know about them.
import { businessDays } from './businessDays';
import type { BusinessDays } from './businessDays';
import { HOLIDAYS } from './holidays';
import type { Say } from './say';

/** Monday to Friday without the public holidays of a region such as `DE` or `DE-BY`, as far as they are known. */
export function businessDaysOf(region: string | null): BusinessDays {
  return businessDays(region, HOLIDAYS);
}

/** Says where dates around these days count Monday to Friday alone; empty where public holidays were left out. */
export function holidayNote(
  region: string | null,
  days: readonly (string | null | undefined)[],
  say: Say,
): string {
  const given = days.filter((day): day is string => typeof day === 'string' && day !== '');
  if (businessDaysOf(region).knows(...given)) return '';
  return region === null ? say('Pilot_Holidays_no_region') : say('Pilot_Holidays_unknown', { region });
}
