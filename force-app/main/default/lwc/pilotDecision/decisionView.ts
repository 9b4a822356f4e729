// What a decision will write, in words. No DOM.
import { holidayNote } from 'c/pilotReader';
import type { Say } from 'c/pilotReader';
import type { Move } from './decisionForm';
import { OTHER_TERMS, agreedAmount, agreedTerms, difference, priceValidTo, regionOf } from './decisionPlan';
import type { Change, Decision, DecisionFacts } from './decisionPlan';

/** The lines above the button: what is saved, and what deliberately is not; none before there is an outcome. */
export function previewLines(
  move: Move,
  facts: DecisionFacts,
  changes: readonly Change[],
  decision: Decision,
  say: Say,
): string[] {
  const pilot = changes.find(({ alias }) => alias === 'pilot')?.fields ?? {};
  const text = (name: string): string | null => (pilot[name] as string | null) ?? null;
  if (move === 'extend') {
    const to = priceValidTo(facts);
    const dates = {
      end: text('End_Date__c'),
      readout: text('Readout_Date__c'),
      decision: text('Decision_Date__c'),
    };
    const isComplete = dates.readout !== null && dates.decision !== null;
    return [
      isComplete ? say('Pilot_Decision_moves', dates) : say('Pilot_Decision_moves_end', { end: dates.end }),
      to === null ? say('Pilot_Decision_no_price') : say('Pilot_Decision_price_stays', { to }),
      holidayNote(regionOf(facts), Object.values(dates), say),
    ].filter(Boolean);
  }
  if (move === 'readout') return [say('Pilot_Decision_review', { decision: text('Decision_Date__c') })];
  if (decision.outcome === '') return [];
  return [
    ...termLines(facts, decision, say),
    say('Pilot_Decision_closes', { date: decision.date }),
    ...dealLines(facts, changes, decision, say),
  ];
}

/** "Closed Won on 12 Nov: record the pilot as converted?"; empty while the deal is open. */
export function closedDealLine({ deal }: DecisionFacts, say: Say): string {
  if (!deal.isClosed) return '';
  return say(deal.isWon ? 'Pilot_Decision_won' : 'Pilot_Decision_lost', { date: deal.closeDate });
}

function termLines(facts: DecisionFacts, { outcome, otherAmount }: Decision, say: Say): string[] {
  const agreed = agreedAmount(facts);
  const names = agreedTerms(facts)
    .map(({ name }) => name)
    .join(', ');
  if (outcome === 'Converted' && names !== '')
    return [say('Pilot_Decision_invokes', { names, amount: agreed })];
  if (outcome !== OTHER_TERMS || otherAmount === null) return [];
  const percent = difference(agreed, otherAmount);
  return percent === null
    ? [say('Pilot_Decision_other_only', { amount: otherAmount })]
    : [say('Pilot_Decision_other', { agreed, amount: otherAmount, percent: signed(percent) })];
}

function dealLines(
  { deal }: DecisionFacts,
  changes: readonly Change[],
  { outcome }: Decision,
  say: Say,
): string[] {
  if (!outcome.startsWith('Converted')) return [];
  if (deal.isClosed) return [say('Pilot_Decision_deal_closed')];
  if (deal.hasProducts) return [say('Pilot_Decision_deal_products')];
  const amount = changes.find(({ alias }) => alias === 'deal')?.fields['Amount'];
  if (typeof amount !== 'number') return [say('Pilot_Decision_deal_same')];
  return [
    say(deal.amount === null ? 'Pilot_Decision_deal_new' : 'Pilot_Decision_deal', {
      from: deal.amount,
      amount,
    }),
  ];
}

function signed(percent: number): string {
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}
