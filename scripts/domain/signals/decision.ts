// The decision is overdue, or the deal is dated to close before it.
import { addDays } from '../day.ts';
import type { PilotView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const decisionOverdue: Rule = {
  code: 'DECISION_OVERDUE',
  group: 'deal',
  owner: 'rep',
  judge: judgeOverdue,
};
export const closeDateMismatch: Rule = {
  code: 'CLOSE_DATE_MISMATCH',
  group: 'deal',
  owner: 'rep',
  judge: judgeMismatch,
};

function judgeOverdue({ pilot, today }: PilotView): Finding {
  const due = pilot.decisionDate;
  const measured = {
    observed: { today, decidedOn: pilot.decidedOn, extensions: pilot.extensionCount },
    threshold: { decisionDate: due },
  };
  if (pilot.decidedOn) return silent('decided', measured);
  if (!due) return silent('noDate', measured);
  if (today <= due) return silent('notDue', measured);
  const values = { due, sponsor: pilot.customerSponsor?.name ?? null, extensions: pilot.extensionCount };
  const variant = pilot.extensionCount > 0 ? 'extended' : null;
  return speaks({ state: 'At risk', since: addDays(due, 1), values, variant }, measured);
}

function judgeMismatch(view: PilotView): Finding {
  const { dealCloseDate: closes, decisionDate: decision, decidedOn } = view.pilot;
  const measured = { observed: { closes }, threshold: { decision } };
  if (decidedOn) return silent('decided', measured);
  if (!closes || !decision) return silent('noDate', measured);
  if (closes >= decision) return silent('inOrder', measured);
  // Neither record says when the two dates began to disagree.
  const since = view.storedSince('CLOSE_DATE_MISMATCH') ?? view.today;
  return speaks({ state: 'Watch', since, values: { closes, decision } }, measured);
}
