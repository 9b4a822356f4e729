import type { PilotInput } from '../evaluation.ts';

// Business days between two uses; a month has 21 of them, rounded (252 trading days / 12).
const DAYS: Readonly<Record<NonNullable<PilotInput['rhythm']>, number>> = {
  Daily: 1,
  Weekly: 5,
  'Month-end': 21,
};

/** Business days from one use to the next that the pilot's template expects. */
export function rhythmDays(pilot: PilotInput): number {
  return DAYS[pilot.rhythm ?? 'Daily'];
}
