// What is agreed, in lines: no DOM.
import { sayTo, todayOf } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import { isTriggered, triggerOf } from 'c/pilotRecord';
import type { Pilot, Term } from 'c/pilotRecord';

export interface TermView {
  readonly id: string;
  readonly name: string;
  /** "$500 K a year" */
  readonly amount: string;
  /** "Agreed" or "Expired", with its day. */
  readonly state: string;
  readonly trigger: string;
  /** "price holds until 3 Jan"; empty where no last day is stored. */
  readonly validTo: string;
  readonly canInvoke: boolean;
}

const BILLINGS: Readonly<Record<string, string>> = {
  Annual: 'Pilot_Terms_annual',
  Monthly: 'Pilot_Terms_monthly',
  'One-time': 'Pilot_Terms_once',
};

/** One line per term; invoking is offered once its trigger is met and while its price holds. */
export function termView(term: Term, pilot: Pilot, reader: Reader): TermView {
  const say = sayTo(reader);
  const today = todayOf(reader);
  const isOpen = term.status === 'Agreed';
  const isExpired = isOpen && term.validTo !== null && term.validTo < today;
  const isMet = isTriggered(triggerOf(term.trigger), pilot);
  return {
    id: term.id,
    name: term.name ?? term.id,
    amount: amountOf(term, say),
    state: stateOf(term, isExpired, say),
    trigger: isOpen ? triggerText(term, isMet, say) : '',
    validTo: term.validTo === null ? '' : say('Pilot_Terms_valid_to', { to: term.validTo }),
    canInvoke: pilot.mayChange && isOpen && !isExpired && isMet,
  };
}

/** "Agreed: $500 K a year + $75 K once"; empty when nothing is agreed. */
export function totalsOf({ annualValue, oneTimeValue }: Pilot, say: Say): string {
  const [annual, once] = [annualValue ?? 0, oneTimeValue ?? 0];
  if (annual === 0 && once === 0) return '';
  if (once === 0) return say('Pilot_Terms_total_annual', { annual });
  return annual === 0 ? say('Pilot_Terms_total_once', { once }) : say('Pilot_Terms_total', { annual, once });
}

function amountOf({ amount, isAmountHidden, billing, kind }: Term, say: Say): string {
  const text =
    amount === null
      ? say(isAmountHidden ? 'Pilot_Terms_amount_hidden' : 'Pilot_Terms_no_amount')
      : say(BILLINGS[billing ?? ''] ?? 'Pilot_Terms_amount', { amount });
  return [text, kind].filter(Boolean).join(' · ');
}

function stateOf(term: Term, isExpired: boolean, say: Say): string {
  if (isExpired) return say('Pilot_Terms_expired');
  const { status, agreedOn, invokedOn } = term;
  if (status === 'Agreed' && agreedOn !== null) return say('Pilot_Terms_agreed_on', { day: agreedOn });
  if (status === 'Invoked' && invokedOn !== null) return say('Pilot_Terms_invoked_day', { day: invokedOn });
  return term.statusLabel ?? '';
}

function triggerText({ trigger }: Term, isMet: boolean, say: Say): string {
  const name = triggerOf(trigger);
  return name === 'none' || isMet ? say(`Pilot_Terms_when_${name}_met`) : say(`Pilot_Terms_when_${name}`);
}
