// Is the customer's sponsor demonstrably engaged? Only attendance proves it: a meeting in the calendar does not say who came.
import { addDays } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView } from '../pilot-view.ts';

/** The last day on which the sponsor's engagement carries a pilot without use; null when nothing proves any. */
export function engagedUntil({ pilot, policy, today }: PilotView): Day | null {
  if (pilot.sponsorLeftOn && pilot.sponsorLeftOn <= today) return null;
  const attended = pilot.checkIns.filter((checkIn) => checkIn.sponsorAttended && checkIn.heldOn <= today);
  const last = attended
    .map((checkIn) => checkIn.heldOn)
    .toSorted()
    .at(-1);
  return last ? addDays(last, policy.sponsorSilentDays) : null;
}
