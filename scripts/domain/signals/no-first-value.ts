// Nobody has used it since the start: min(5 business days, max(3, 15 % of the planned length)), but never before one
// whole rhythm is over: nobody is late with work that comes at the end of the month.
import { lastActivity } from '../pilot-view.ts';
import type { PilotView, UsageView } from '../pilot-view.ts';
import { rhythmDays } from './rhythm.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const noFirstValue: Rule = { code: 'NO_FIRST_VALUE', group: 'usage', owner: 'success manager', judge };

function judge(view: PilotView): Finding {
  const { usage, calendar } = view;
  if (!usage) return silent(view.usageSilence ?? 'noData');
  const graceDays = graceBusinessDays(view, usage);
  const last = lastActivity(usage);
  const measured = {
    observed: {
      activeDays: usage.days.length,
      businessDays: calendar.count(usage.start, usage.asOf),
      start: usage.start,
    },
    threshold: { businessDays: graceDays },
  };
  if (!last.isNever) return silent('hasUsage', measured);
  const lastGraceDay = calendar.after(last.day, graceDays);
  const since = calendar.after(lastGraceDay, 1);
  if (lastGraceDay > usage.asOf || since > view.today) return silent('tooEarly', measured);
  const values = { users: usage.licensed, start: usage.start };
  return speaks(
    { state: 'At risk', since, values, variant: usage.licensed === null ? 'uncounted' : null },
    measured,
  );
}

function graceBusinessDays(view: PilotView, usage: UsageView): number {
  return Math.max(rhythmDays(view.pilot), plannedGrace(view, usage));
}

function plannedGrace({ policy, pilot, calendar }: PilotView, usage: UsageView): number {
  if (!pilot.endDate) return policy.firstValueBusinessDays;
  const planned = calendar.count(usage.start, pilot.endDate);
  const share = Math.ceil((planned * policy.firstValueSharePercent) / 100);
  return Math.min(policy.firstValueBusinessDays, Math.max(policy.firstValueMinDays, share));
}
