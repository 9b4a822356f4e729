// Terms are not agreed shortly before the end, or the agreed price is about to lapse.
import { addDays, later } from '../day.ts';
import type { TermInput } from '../evaluation.ts';
import type { PilotView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const termsNotReady: Rule = {
  code: 'TERMS_NOT_READY',
  group: 'deal',
  owner: 'rep',
  judge: judgeReadiness,
};
export const priceLockEnding: Rule = {
  code: 'PRICE_LOCK_ENDING',
  group: 'deal',
  owner: 'rep',
  judge: judgeLock,
};

function judgeReadiness({ pilot, policy, today }: PilotView): Finding {
  const live = pilot.terms.filter((term) => term.status !== 'Withdrawn');
  const open = live.filter((term) => term.status !== 'Agreed' && term.status !== 'Invoked');
  const measured = {
    observed: { terms: live.length, open: open.length, today },
    threshold: { daysBeforeEnd: policy.termsReadyDays, endDate: pilot.endDate },
  };
  if (pilot.status !== 'Active' && pilot.status !== 'In Review') return silent('notStarted', measured);
  if (!pilot.endDate) return silent('noDate', measured);
  if (live.length > 0 && open.length === 0) return silent('agreed', measured);
  const since = later(addDays(pilot.endDate, -policy.termsReadyDays), pilot.startDate ?? pilot.endDate);
  if (today < since) return silent('notDue', measured);
  const amount = totalOf(open, 'annualAmount') + totalOf(open, 'oneTimeAmount');
  const status = open.some((term) => term.status === 'Draft' || !term.status) ? 'Draft' : 'Proposed';
  // Terms that nobody entered are paperwork; terms that nobody agreed are not.
  const variant = live.length === 0 ? 'none' : amount > 0 ? null : 'unpriced';
  const values = { ends: pilot.endDate, status, amount };
  return speaks({ state: variant === 'none' ? 'Watch' : 'At risk', since, values, variant }, measured);
}

function judgeLock({ pilot, policy, today }: PilotView): Finding {
  const agreed = pilot.terms.filter((term) => term.status === 'Agreed' && term.priceValidTo);
  const lapses = agreed.map((term) => term.priceValidTo!).toSorted()[0];
  const measured = {
    observed: { lapses: lapses ?? null, today },
    threshold: { daysBefore: policy.priceLockWarningDays },
  };
  if (!lapses) return silent('noLock', measured);
  const warnFrom = addDays(lapses, -policy.priceLockWarningDays);
  if (today < warnFrom) return silent('notDue', measured);
  const first = agreed.filter((term) => term.priceValidTo === lapses);
  const values = { annual: totalOf(first, 'annualAmount'), oneTime: totalOf(first, 'oneTimeAmount'), lapses };
  if (today > lapses)
    return speaks({ state: 'Watch', since: addDays(lapses, 1), values, variant: 'lapsed' }, measured);
  const variant =
    values.annual && values.oneTime ? null : values.annual ? 'annual' : values.oneTime ? 'once' : 'unpriced';
  return speaks({ state: 'Watch', since: warnFrom, values, variant }, measured);
}

function totalOf(terms: readonly TermInput[], field: 'annualAmount' | 'oneTimeAmount'): number {
  return terms.reduce((sum, term) => sum + (term[field] ?? 0), 0);
}
