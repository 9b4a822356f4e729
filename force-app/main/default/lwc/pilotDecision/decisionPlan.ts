// What extending, reading out and deciding a pilot writes, and how to take it back. No DOM, no clock.
import { businessDaysOf } from 'c/pilotReader';
import type { CriteriaCounts } from 'c/pilotRecord';

export type FieldValue = string | number | boolean | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** A record to change; without `id` one to make. `before` restores it. */
export interface Change {
  readonly alias: string;
  readonly object: string;
  readonly id: string | null;
  readonly fields: FieldValues;
  readonly before: FieldValues;
}

export interface DecisionFacts {
  readonly pilot: {
    readonly id: string;
    /** When it was last changed and by whom. */
    readonly stamp: string;
    readonly fields: FieldValues;
    readonly counts: CriteriaCounts;
  };
  readonly deal: {
    readonly id: string;
    readonly isClosed: boolean;
    readonly isWon: boolean;
    readonly closeDate: string | null;
    readonly amount: number | null;
    readonly hasProducts: boolean;
    readonly stamp: string;
  };
  readonly terms: readonly DecisionTerm[];
}

export interface DecisionTerm {
  readonly id: string;
  readonly name: string;
  readonly status: string | null;
  /** A year and once; discounts negative. */
  readonly annual: number;
  readonly once: number;
  readonly validTo: string | null;
  readonly invokedOn: string | null;
  readonly trigger: string | null;
  /** Who approves it at the customer: null when nobody is named, undefined when the reader may not see it. */
  readonly approver: string | null | undefined;
  readonly stamp: string;
}

export interface Decision {
  readonly outcome: string;
  readonly reason: string;
  readonly date: string;
  readonly notes: string | null;
  /** Of a conversion on other terms: what was closed instead, for the first year. */
  readonly otherAmount: number | null;
}

export const OTHER_TERMS = 'Converted on other terms';

export function agreedTerms({ terms }: DecisionFacts): DecisionTerm[] {
  return terms.filter(({ status }) => status === 'Agreed');
}

/** First year of the agreed terms: what is paid a year plus what is paid once. */
export function agreedAmount(facts: DecisionFacts): number {
  return agreedTerms(facts).reduce((sum, { annual, once }) => sum + annual + once, 0);
}

/** The first day on which an agreed price lapses; an extension never moves it. */
export function priceValidTo(facts: DecisionFacts): string | null {
  return (
    agreedTerms(facts)
      .flatMap(({ validTo }) => validTo ?? [])
      .sort()[0] ?? null
  );
}

/** Percent, e.g. -9.6; null where nothing was agreed. */
export function difference(agreed: number, closed: number): number | null {
  return agreed === 0 ? null : Math.round(((closed - agreed) / agreed) * 1000) / 10;
}

/** A later end with its reason. Readout and decision move along only where they would come before it. */
export function extend(facts: DecisionFacts, end: string, reason: string): Change[] {
  const { Readout_Date__c: readout, Decision_Date__c: decision } = facts.pilot.fields;
  const nextReadout = laterOf(facts, readout, end, 3);
  const nextDecision = laterOf(facts, decision, nextReadout ?? end, 7);
  return [
    pilotChange(facts, {
      End_Date__c: end,
      Extension_Reason__c: reason,
      Readout_Date__c: nextReadout,
      Decision_Date__c: nextDecision,
    }),
  ];
}

/** In Review is the state that a pilot enters with its readout; the org wants a decision date for it. */
export function holdReadout(facts: DecisionFacts, heldOn: string, decisionDate: string): Change[] {
  const end = facts.pilot.fields['End_Date__c'];
  const isAfterEnd = typeof end !== 'string' || heldOn >= end;
  return [
    pilotChange(facts, {
      Status__c: 'In Review',
      Decision_Date__c: decisionDate,
      // The org refuses a readout before the end: one held early leaves the planned day as it is.
      ...(isAfterEnd ? { Readout_Date__c: heldOn } : {}),
    }),
  ];
}

/** Terms, then pilot, then deal: a pilot is Converted only with agreed terms, and the deal comes last. */
export function decide(facts: DecisionFacts, decision: Decision, otherTermName: string): Change[] {
  const closed = pilotChange(facts, {
    Status__c: 'Closed',
    Outcome__c: decision.outcome,
    Outcome_Reason__c: decision.reason,
    Decided_On__c: decision.date,
    Outcome_Notes__c: decision.notes,
  });
  switch (decision.outcome) {
    case 'Converted':
      return [...invoked(facts, decision.date), closed, ...dealChange(facts, agreedAmount(facts))];
    case OTHER_TERMS:
      return [
        ...withdrawn(facts),
        ...otherTerm(facts, decision, otherTermName),
        closed,
        ...dealChange(facts, decision.otherAmount),
      ];
    default:
      return [closed];
  }
}

/** The changes that put everything back; a record that was made is withdrawn, for reps delete no terms. */
export function reverse(changes: readonly Change[], made: Readonly<Record<string, string>>): Change[] {
  return [...changes].reverse().flatMap((change): Change[] => {
    const id = change.id ?? made[change.alias];
    if (id === undefined) return [];
    const fields = change.id === null ? { Status__c: 'Withdrawn' } : change.before;
    return [{ ...change, id, fields, before: change.fields }];
  });
}

/** One mutation for all changes; values travel as variables. A created record answers its id. */
export function changeAll(
  name: string,
  changes: readonly Change[],
): { text: string; variables: Record<string, unknown> } {
  const kindOf = ({ id }: Change): string => (id === null ? 'Create' : 'Update');
  const parameters = changes.map((change) => `$${change.alias}: ${change.object}${kindOf(change)}Input!`);
  const lines = changes.map((change) => {
    const answer = change.id === null ? 'Record { Id }' : 'success';
    return `${change.alias}: ${change.object}${kindOf(change)}(input: $${change.alias}) { ${answer} }`;
  });
  return {
    text: `mutation ${name}(${parameters.join(', ')}) { uiapi(input: { allOrNone: true }) { ${lines.join(' ')} } }`,
    variables: Object.fromEntries(
      changes.map(({ alias, object, id, fields }) => [
        alias,
        id === null ? { [object]: fields } : { Id: id, [object]: fields },
      ]),
    ),
  };
}

function pilotChange({ pilot }: DecisionFacts, fields: FieldValues): Change {
  const before = Object.fromEntries(Object.keys(fields).map((name) => [name, pilot.fields[name] ?? null]));
  return { alias: 'pilot', object: 'Pilot__c', id: pilot.id, fields, before };
}

function invoked(facts: DecisionFacts, date: string): Change[] {
  return agreedTerms(facts).map(({ id, invokedOn }, index) => ({
    alias: `term${index + 1}`,
    object: 'ConversionTerm__c',
    id,
    fields: { Status__c: 'Invoked', Invoked_On__c: date },
    before: { Status__c: 'Agreed', Invoked_On__c: invokedOn },
  }));
}

function withdrawn(facts: DecisionFacts): Change[] {
  return agreedTerms(facts).map(({ id }, index) => ({
    alias: `term${index + 1}`,
    object: 'ConversionTerm__c',
    id,
    fields: { Status__c: 'Withdrawn' },
    before: { Status__c: 'Agreed' },
  }));
}

function otherTerm({ pilot }: DecisionFacts, { otherAmount, date }: Decision, Name: string): Change[] {
  // A deal won without an amount: there is nothing to agree on afterwards.
  if (otherAmount === null) return [];
  const fields = {
    Pilot__c: pilot.id,
    Name,
    Kind__c: 'Other',
    Amount__c: otherAmount,
    Billing__c: 'Annual',
    Trigger__c: 'None',
    Status__c: 'Invoked',
    Agreed_On__c: date,
    Invoked_On__c: date,
  };
  return [{ alias: 'otherTerm', object: 'ConversionTerm__c', id: null, fields, before: {} }];
}

/**
 * Never on a closed deal, and not with products, where Salesforce answers success and keeps the old amount:
 * https://help.salesforce.com/s/articleView?id=004052228. The stage is never written.
 */
function dealChange({ deal }: DecisionFacts, amount: number | null): Change[] {
  if (amount === null || deal.isClosed || deal.hasProducts || amount === deal.amount) return [];
  return [
    {
      alias: 'deal',
      object: 'Opportunity',
      id: deal.id,
      fields: { Amount: amount },
      before: { Amount: deal.amount },
    },
  ];
}

function laterOf(
  facts: DecisionFacts,
  day: FieldValue | undefined,
  than: string,
  businessDays: number,
): string | null {
  if (typeof day !== 'string') return null;
  return day >= than ? day : businessDaysAfter(facts, than, businessDays);
}

/** So many business days of the pilot's region after a day, both `YYYY-MM-DD`. */
export function businessDaysAfter(facts: DecisionFacts, day: string, count: number): string {
  return businessDaysOf(regionOf(facts)).after(day, count);
}

/** Whose public holidays count; null where the pilot has no region. */
export function regionOf({ pilot }: DecisionFacts): string | null {
  const region = pilot.fields['Holiday_Region__c'];
  return typeof region === 'string' ? region : null;
}
