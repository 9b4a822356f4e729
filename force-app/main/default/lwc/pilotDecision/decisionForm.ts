// The dialog as data: its fields with their usual values, and what they come to. No DOM, no clock.
import type { FormField, FormOption } from 'c/pilotForm';
import { LABELS } from 'c/pilotLabels';
import { REQUEST_REASONS } from 'c/pilotNo';
import { isNode } from 'c/pilotNodes';
import { OTHER_TERMS, agreedAmount, businessDaysAfter, decide, extend, holdReadout } from './decisionPlan';
import type { Change, Decision, DecisionFacts } from './decisionPlan';

export type Move = 'extend' | 'readout' | 'decide';
/** What was entered, by field; the rest has its usual value. */
export type DecisionDraft = Readonly<Record<string, string | undefined>>;

const MOVES: readonly FormOption[] = [
  { label: LABELS.Pilot_Decision_Extend, value: 'extend' },
  { label: LABELS.Pilot_Decision_Readout, value: 'readout' },
  { label: LABELS.Pilot_Decision_Decide, value: 'decide' },
];
const NOT_DECISIONS = ['Declined', 'Not needed'];
const CLOSED_FIRST = 'Deal closed first';

/** Decide a pilot in review, hold the readout of any other, unless the reader picks another move. */
export function moveOf(facts: DecisionFacts, draft: DecisionDraft): Move {
  const usual = facts.pilot.fields['Status__c'] === 'In Review' ? 'decide' : 'readout';
  return (draft['move'] as Move | undefined) ?? usual;
}

/** The move and what it asks for; picklists as getPicklistValuesByRecordType answers them. */
export function decisionFields(
  facts: DecisionFacts,
  draft: DecisionDraft,
  picklists: unknown,
  today: string,
): FormField[] {
  const values = valuesOf(facts, draft, today);
  const move = moveOf(facts, draft);
  const field = (name: string, label: string, kind: FormField['kind']): FormField => {
    return { name, label, kind, value: values[name] ?? null, isRequired: true };
  };
  const moves: FormField = {
    ...field('move', LABELS.Pilot_Decision_Move, 'taps'),
    value: move,
    isRequired: false,
    options: MOVES,
  };
  if (move === 'extend') {
    const why = { ...field('reason', LABELS.Pilot_Decision_why, 'text'), maxLength: 255 };
    return [moves, field('end', LABELS.Pilot_Decision_new_end, 'date'), why];
  }
  if (move === 'readout') {
    const held = { ...field('held', LABELS.Pilot_Decision_held, 'date'), max: today };
    return [moves, held, field('decisionDate', LABELS.Pilot_Decision_by, 'date')];
  }
  const outcomes = optionsOf(picklists, 'Outcome__c').filter(({ value }) => !NOT_DECISIONS.includes(value));
  const reasons = optionsOf(picklists, 'Outcome_Reason__c').filter(
    ({ value }) => !REQUEST_REASONS.includes(value),
  );
  const amount = { ...field('amount', LABELS.Pilot_Decision_amount, 'number'), min: '0' };
  const notes = field('notes', LABELS.Pilot_Decision_notes, 'lines');
  return [
    moves,
    { ...field('outcome', LABELS.Pilot_Decision_outcome, 'choice'), options: outcomes },
    { ...field('reason', LABELS.Pilot_Decision_reason, 'choice'), options: reasons },
    { ...field('date', LABELS.Pilot_Decision_on, 'date'), max: today },
    ...(values['outcome'] === OTHER_TERMS ? [amount] : []),
    { ...notes, isRequired: false, maxLength: 5000 },
  ];
}

export function decisionOf(facts: DecisionFacts, draft: DecisionDraft, today: string): Decision {
  const { outcome = '', reason = '', date = '', notes = '', amount = '' } = valuesOf(facts, draft, today);
  // Cents are the least that Salesforce keeps of a currency.
  const otherAmount = amount.trim() === '' ? null : Math.round(Number(amount) * 100) / 100;
  return { outcome, reason, date, notes: notes.trim() || null, otherAmount };
}

/** What saving this draft writes. */
export function changesOf(facts: DecisionFacts, draft: DecisionDraft, today: string): Change[] {
  const { end = '', reason = '', held = '', decisionDate = '' } = valuesOf(facts, draft, today);
  switch (moveOf(facts, draft)) {
    case 'extend':
      return extend(facts, end, reason);
    case 'readout':
      return holdReadout(facts, held, decisionDate);
    case 'decide':
      return changesOfDecision(facts, decisionOf(facts, draft, today));
  }
}

export function changesOfDecision(facts: DecisionFacts, decision: Decision): Change[] {
  return decide(facts, decision, LABELS.Pilot_Decision_other_name);
}

/** What a closed deal says about the pilot; nothing of it is written to the deal. */
export function closedDealDecision(facts: DecisionFacts, today: string): Decision {
  const { isWon, closeDate, amount } = facts.deal;
  const agreed = agreedAmount(facts);
  const isAsAgreed = agreed > 0 && (amount === null || amount === agreed);
  const outcome = isWon ? (isAsAgreed ? 'Converted' : OTHER_TERMS) : 'Not converted';
  const date = closeDate !== null && closeDate < today ? closeDate : today;
  return { outcome, reason: CLOSED_FIRST, date, notes: null, otherAmount: isAsAgreed ? null : amount };
}

function valuesOf(facts: DecisionFacts, draft: DecisionDraft, today: string): DecisionDraft {
  const { End_Date__c: end, Decision_Date__c: decision } = facts.pilot.fields;
  const usual = {
    end: businessDaysAfter(facts, typeof end === 'string' ? end : today, 10),
    held: today,
    decisionDate:
      typeof decision === 'string' && decision >= today ? decision : businessDaysAfter(facts, today, 7),
    date: today,
  };
  return { ...usual, ...draft };
}

function optionsOf(picklists: unknown, field: string): FormOption[] {
  const all = isNode(picklists) ? picklists['picklistFieldValues'] : undefined;
  const held = isNode(all) ? all[field] : undefined;
  const values = isNode(held) ? held['values'] : undefined;
  return Array.isArray(values) ? (values as FormOption[]).map(({ label, value }) => ({ label, value })) : [];
}
