// The lines of the criteria list: no DOM.
import type { Say } from 'c/pilotReader';
import type { Criterion, Pace } from 'c/pilotRecord';

export interface CriterionView {
  readonly id: string;
  readonly name: string;
  readonly isMustHave: boolean;
  /** Kind and day of the measurement. */
  readonly about: string;
  readonly baseline: string;
  readonly actual: string;
  /** "at most 1 h" */
  readonly target: string;
  readonly pace: string;
  readonly icon: string;
  readonly tone: string;
}

const LOOKS: Readonly<Record<Pace, { readonly icon: string; readonly tone: string }>> = {
  Met: { icon: 'utility:success', tone: 'success' },
  'On pace': { icon: 'utility:trending', tone: '' },
  Behind: { icon: 'utility:warning', tone: 'warning' },
  Unlikely: { icon: 'utility:error', tone: 'error' },
  Unknown: { icon: 'utility:help', tone: '' },
};

const NOTHING = '–';

/** A criterion that is met says so, whatever pace was computed before it was. */
export function criterionView(criterion: Criterion, say: Say): CriterionView {
  const { id, name, kind, isMustHave, isAtMost, isMet, unit, measuredOn } = criterion;
  const amount = (value: number | null): string =>
    value === null ? NOTHING : say('Pilot_Criteria_amount', { value, unit });
  const pace = isMet === true ? 'Met' : criterion.pace;
  const target = isAtMost ? 'Pilot_Criteria_at_most' : 'Pilot_Criteria_at_least';
  return {
    id,
    name: name ?? id,
    isMustHave,
    about: [kind, measuredOn && say('Pilot_Criteria_measured', { day: measuredOn })]
      .filter(Boolean)
      .join(' · '),
    baseline: amount(criterion.baseline),
    actual: amount(criterion.actual),
    target: criterion.target === null ? NOTHING : say(target, { target: criterion.target, unit }),
    pace: say(`Pilot_Pace_${pace.replaceAll(' ', '_')}`),
    ...LOOKS[pace],
  };
}
