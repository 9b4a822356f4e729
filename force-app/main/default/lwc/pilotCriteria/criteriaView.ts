// The lines of the criteria list: no DOM.
import type { Say } from 'c/pilotReader';
import type { Amendment, Criterion, Pace, Pilot } from 'c/pilotRecord';

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
  /** Where it will be at the end if it goes on like this. */
  readonly projected: string;
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
    projected: amount(criterion.projected),
    pace: say(`Pilot_Pace_${pace.replaceAll(' ', '_')}`),
    ...LOOKS[pace],
  };
}

/** "20 % → 15 % on 3 Nov, to be re-signed: the team shrank", newest first. */
export function amendmentsOf(
  { id }: Criterion,
  amendments: readonly Amendment[],
  say: Say,
): { readonly key: number; readonly line: string }[] {
  return amendments
    .filter(({ criterionId }) => criterionId === id)
    .map(({ on, from, to, reason }, key) => ({
      key,
      line: say('Pilot_Criteria_amended', { on, from, to, reason }),
    }));
}

/** Who signed when, and what happened since that the signature does not cover. */
export function signatureText(pilot: Pilot, amendments: readonly Amendment[], say: Say): string {
  const { criteriaSignedOn: day, signedByCustomer: signer, sponsor } = pilot;
  if (day === null) return say('Pilot_Criteria_Unsigned');
  const signed = signer?.name
    ? say('Pilot_Criteria_signed_by', { day, name: signer.name })
    : say('Pilot_Criteria_Signed', { day });
  const isSponsorGone = pilot.sponsorLeftOn !== null && sponsor?.id === signer?.id;
  const wasReplaced = signer?.name != null && (pilot.formerSponsors ?? '').includes(signer.name);
  const marks = [
    isSponsorGone || wasReplaced ? say('Pilot_Criteria_signer_left') : null,
    amendments.some(({ on }) => on >= day) ? say('Pilot_Criteria_resign') : null,
  ];
  return [signed, ...marks].filter((mark) => mark !== null).join(' · ');
}
