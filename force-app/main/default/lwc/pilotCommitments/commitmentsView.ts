// The promises of both sides in lines, overdue first: no DOM.
import { sayTo, todayOf } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Commitment } from 'c/pilotRecord';

export interface CommitmentView {
  readonly id: string;
  readonly name: string;
  /** "Acme · Priya Shah" */
  readonly who: string;
  /** "was due 2 Nov" */
  readonly when: string;
  readonly isOverdue: boolean;
  readonly isDone: boolean;
}

/** Overdue first, then what is next, then what has no day, then what was kept. */
export function commitmentsView(
  commitments: readonly Commitment[],
  customer: string | null,
  reader: Reader,
): CommitmentView[] {
  const say = sayTo(reader);
  const today = todayOf(reader);
  const rank = (one: Commitment): string => `${one.isDone ? 1 : 0}${one.dueOn ?? '9999-12-31'}`;
  return [...commitments]
    .sort((a, b) => rank(a).localeCompare(rank(b)))
    .map((one) => {
      const isOverdue = !one.isDone && one.dueOn !== null && one.dueOn < today;
      const party = one.isOurs ? say('Pilot_Promise_us') : (customer ?? say('Pilot_Promise_them'));
      return {
        id: one.id,
        name: one.name ?? one.id,
        who: [party, one.owner].filter((part) => part !== null).join(' · '),
        when: whenOf(one, isOverdue, say),
        isOverdue,
        isDone: one.isDone,
      };
    });
}

function whenOf({ isDone, doneOn, dueOn, isDueHidden }: Commitment, isOverdue: boolean, say: Say): string {
  if (isDone)
    return doneOn === null ? say('Pilot_Promise_kept') : say('Pilot_Promise_kept_on', { day: doneOn });
  if (isDueHidden) return '';
  if (dueOn === null) return say('Pilot_Promise_no_day');
  return say(isOverdue ? 'Pilot_Promise_was_due' : 'Pilot_Promise_due', { day: dueOn });
}
