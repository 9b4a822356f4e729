// Saying no well: why there is no pilot, as the org keeps it, and what to tell the customer. No DOM, no imports.

/** Why a pilot is declined, or not needed. */
export type Refusal =
  | 'fit'
  | 'consulting'
  | 'budget'
  | 'decisionMaker'
  | 'driver'
  | 'failure'
  | 'rival'
  | 'earlier'
  | 'resources'
  | NotNeeded;
export type NotNeeded = 'convinced' | 'references' | 'trial';
export type Answers = Readonly<Record<string, 'yes' | 'not-yet' | 'no' | undefined>>;

/** Values of Outcome_Reason__c. */
const REASONS: Readonly<Record<Refusal, string>> = {
  fit: 'Poor fit',
  consulting: 'Free consulting',
  budget: 'No budget',
  decisionMaker: 'No decision maker',
  driver: 'No business driver',
  failure: 'No failure criteria',
  rival: 'Rival favoured',
  earlier: 'Earlier pilots did not convert',
  resources: 'Resources missing',
  convinced: 'Already convinced',
  references: 'References are enough',
  trial: 'Trial is enough',
};
const ALSO_OF_DECISIONS = ['No budget', 'Resources missing'];

/** Reasons that a request can have and a pilot that was run cannot. */
export const REQUEST_REASONS: readonly string[] = Object.values(REASONS).filter(
  (reason) => !ALSO_OF_DECISIONS.includes(reason),
);
export const NOT_NEEDED: readonly NotNeeded[] = ['convinced', 'references', 'trial'];

const DOUBTS: Readonly<Record<string, Refusal>> = {
  'Poor fit': 'fit',
  'Free consulting': 'consulting',
  'Rival favoured': 'rival',
  'Earlier pilots did not convert': 'earlier',
};
const ORDER = Object.keys(REASONS) as Refusal[];

/**
 * Everything that speaks against a pilot, what decides first: plain no's and doubts, then what is only not there yet.
 * `doubts` are values of Doubts__c.
 */
export function refusalsOf(answers: Answers, doubts: readonly string[], hasResources: boolean): Refusal[] {
  const doubted = doubts.flatMap((doubt) => DOUBTS[doubt] ?? []);
  const isFinal = (one: Refusal): boolean => answers[one] === 'no' || doubted.includes(one);
  const isOpen = (one: Refusal): boolean =>
    answers[one] === 'not-yet' || (one === 'resources' && !hasResources);
  return [...ORDER.filter(isFinal), ...ORDER.filter((one) => !isFinal(one) && isOpen(one))];
}

/** The one reason that the record has a place for; the others are in its notes. */
export function outcomeReason([main]: readonly Refusal[]): string {
  return main === undefined ? 'Other' : REASONS[main];
}

export type ReplyKind = 'declined' | 'fix' | 'not_needed';

/** What to tell the customer, each reason with its next step; paragraphs are parted by a blank line. */
export function replyTo(
  kind: ReplyKind,
  refusals: readonly Refusal[],
  say: (label: string) => string,
): string {
  const reasons = refusals.map((one) => `– ${say(`Pilot_No_${one}`)}`);
  return [say(`Pilot_No_open_${kind}`), ...reasons, say(`Pilot_No_close_${kind}`)].join('\n\n');
}
