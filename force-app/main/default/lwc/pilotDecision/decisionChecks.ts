// What was agreed as the condition of a conversion, held against what is: trigger, last day of the price, approver.
import { isTriggered, triggerCounts, triggerOf } from 'c/pilotRecord';
import type { Say } from 'c/pilotReader';
import { agreedTerms, priceValidTo } from './decisionPlan';
import type { Decision, DecisionFacts, DecisionTerm } from './decisionPlan';

export interface Check {
  /** Something of it is not as agreed, or not known. */
  readonly isOpen: boolean;
  readonly text: string;
}

/** Empty for anything but a conversion on the agreed terms. It never hinders: a customer may say yes to less. */
export function decisionChecks(facts: DecisionFacts, { outcome, date }: Decision, say: Say): Check[] {
  const terms = agreedTerms(facts);
  if (outcome !== 'Converted' || terms.length === 0) return [];
  return [
    ...triggerChecks(facts, terms, say),
    ...priceChecks(facts, date, say),
    ...approverChecks(terms, say),
  ];
}

function triggerChecks({ pilot }: DecisionFacts, terms: readonly DecisionTerm[], say: Say): Check[] {
  const open = (['all', 'must_haves'] as const).flatMap((trigger): Check[] => {
    const waiting = terms.filter((term) => triggerOf(term.trigger) === trigger);
    if (waiting.length === 0 || isTriggered(trigger, pilot.counts)) return [];
    const [met, all] = triggerCounts(trigger, pilot.counts);
    const isHidden = met === null || all === null;
    const label = `Pilot_Decision_check_${isHidden ? 'trigger_hidden' : `${trigger}_open`}`;
    return [{ isOpen: true, text: say(label, { met, all, names: namesOf(waiting) }) }];
  });
  return open.length > 0 ? open : [{ isOpen: false, text: say('Pilot_Decision_check_trigger_met') }];
}

function priceChecks(facts: DecisionFacts, date: string, say: Say): Check[] {
  const terms = agreedTerms(facts);
  const lapsed = terms.filter(({ validTo }) => validTo !== null && validTo < date);
  const unknown = terms.filter(({ validTo }) => validTo === null);
  const to = priceValidTo(facts);
  if (lapsed.length === 0 && unknown.length === 0)
    return [{ isOpen: false, text: say('Pilot_Decision_check_price_holds', { to }) }];
  return [
    ...openCheck(lapsed, 'Pilot_Decision_check_price_lapsed', say, to),
    ...openCheck(unknown, 'Pilot_Decision_check_price_none', say),
  ];
}

function approverChecks(terms: readonly DecisionTerm[], say: Say): Check[] {
  const nobody = terms.filter(({ approver }) => approver === null);
  const hidden = terms.filter(({ approver }) => approver === undefined);
  const people = [...new Set(terms.flatMap(({ approver }) => approver ?? []))].join(', ');
  return [
    ...openCheck(nobody, 'Pilot_Decision_check_approver_none', say),
    ...openCheck(hidden, 'Pilot_Decision_check_approver_hidden', say),
    ...(people === '' ? [] : [{ isOpen: false, text: say('Pilot_Decision_check_approver', { people }) }]),
  ];
}

function openCheck(
  terms: readonly DecisionTerm[],
  label: string,
  say: Say,
  to: string | null = null,
): Check[] {
  return terms.length === 0 ? [] : [{ isOpen: true, text: say(label, { names: namesOf(terms), to }) }];
}

function namesOf(terms: readonly DecisionTerm[]): string {
  return terms.map(({ name }) => name).join(', ');
}
