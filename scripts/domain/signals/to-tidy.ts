// Paperwork: listed beside the health and never part of it, for healthy pilots lack some of it too.
import { addDays, later } from '../day.ts';
import type { Day } from '../facts.ts';
import type { PilotView } from '../pilot-view.ts';
import type { SignalCode } from '../policy-fields.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Measured, Rule, Values } from './rule.ts';

export const TO_TIDY: readonly Rule[] = [
  { code: 'NO_SPONSOR', group: 'tidy', owner: 'rep', judge: judgeNoSponsor },
  { code: 'SINGLE_THREADED', group: 'tidy', owner: 'rep', judge: judgeSingleThreaded },
  { code: 'NO_NEXT_STEP', group: 'tidy', owner: 'rep', judge: judgeNoNextStep },
  { code: 'COMMITMENT_OVERDUE', group: 'tidy', owner: 'rep', judge: judgeCommitments },
  { code: 'UNMEASURED', group: 'tidy', owner: 'success manager', judge: judgeUnmeasured },
];

/** What is missing says nothing about the customer: on its own it leaves the pilot on track. */
function listed(since: Day, values: Values, measured: Measured, variant: string | null = null): Finding {
  return speaks({ state: 'On track', since, values, variant }, measured);
}

/** The start, from which it should have been there; kept when the record moves on. */
function missingSince(view: PilotView, code: SignalCode): Day {
  const start = view.pilot.startDate;
  return view.storedSince(code) ?? (start && start < view.today ? start : view.today);
}

function judgeNoSponsor(view: PilotView): Finding {
  const measured = {
    observed: { hasSponsor: Number(view.pilot.customerSponsor !== null) },
    threshold: { hasSponsor: 1 },
  };
  if (view.pilot.customerSponsor) return silent('hasSponsor', measured);
  return listed(missingSince(view, 'NO_SPONSOR'), {}, measured);
}

function judgeSingleThreaded(view: PilotView): Finding {
  const contacts = view.pilot.contactCount;
  const measured = { observed: { contacts }, threshold: { contacts: 2 } };
  if (contacts >= 2) return silent('severalContacts', measured);
  return listed(
    missingSince(view, 'SINGLE_THREADED'),
    { contacts },
    measured,
    contacts === 0 ? 'none' : null,
  );
}

/** Check-ins and meetings count, e-mail does not; where the org shows no activities nothing can be said. */
function judgeNoNextStep({ pilot, policy, today }: PilotView): Finding {
  if (!pilot.readsActivities) return silent('noActivities');
  if (pilot.status !== 'Active' || !pilot.startDate || pilot.startDate > today) return silent('notRunning');
  const days = [...pilot.checkIns.map((one) => one.heldOn), pilot.lastMeetingOn]
    .filter((day) => day !== null)
    .toSorted();
  const last = days.at(-1) ?? null;
  const measured = {
    observed: { lastOn: last, nextOn: pilot.nextCheckIn },
    threshold: { days: policy.checkInDays },
  };
  if (pilot.nextCheckIn && pilot.nextCheckIn >= today) return silent('booked', measured);
  const since = addDays(later(last ?? pilot.startDate, pilot.startDate), policy.checkInDays + 1);
  if (since > today) return silent('recentCheckIn', measured);
  return listed(since, { last }, measured, last ? null : 'never');
}

function judgeCommitments({ pilot, today }: PilotView): Finding {
  const open = pilot.commitments.flatMap(({ dueOn, ...one }) =>
    !one.isDone && dueOn && dueOn < today ? [{ ...one, dueOn }] : [],
  );
  const [first] = open.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const measured = { observed: { overdue: open.length }, threshold: { overdue: 0 } };
  if (!first) return silent('nothingOverdue', measured);
  const values = {
    what: first.name,
    party: pilot.accountName ?? null,
    due: first.dueOn,
    more: open.length - 1,
  };
  const variant =
    [first.party === 'Vendor' && 'ours', open.length > 1 && 'several'].filter(Boolean).join('_') || null;
  return listed(addDays(first.dueOn, 1), values, measured, variant);
}

function judgeUnmeasured(view: PilotView): Finding {
  const { criteria, policy, pilot, today } = view;
  const open = criteria.filter((one) => one.actual === null);
  const measured = {
    observed: { unmeasured: open.length },
    threshold: { afterDays: policy.criteriaStillDays },
  };
  const [first] = open;
  if (!first) return silent('allMeasured', measured);
  if (!pilot.startDate || (pilot.status !== 'Active' && pilot.status !== 'In Review'))
    return silent('notStarted', measured);
  const since = addDays(pilot.startDate, policy.criteriaStillDays + 1);
  if (since > today) return silent('tooEarly', measured);
  const values = { criterion: first.name, more: open.length - 1 };
  return listed(since, values, measured, open.length > 1 ? 'several' : null);
}
