// The customer's sponsor has left, or is no longer seen.
import { addDays, later } from '../day.ts';
import type { PilotView } from '../pilot-view.ts';
import { silent, speaks } from './rule.ts';
import type { Finding, Rule } from './rule.ts';

export const sponsorGone: Rule = { code: 'SPONSOR_GONE', group: 'people', owner: 'rep', judge: judgeGone };
export const sponsorSilent: Rule = {
  code: 'SPONSOR_SILENT',
  group: 'people',
  owner: 'rep',
  judge: judgeSilent,
};

function judgeGone({ pilot, today }: PilotView): Finding {
  const { sponsorLeftOn, sponsorBouncedOn } = pilot;
  const measured = { observed: { sponsorLeftOn, sponsorBouncedOn } };
  const values = { sponsor: pilot.customerSponsor?.name ?? null, champion: pilot.champion?.name ?? null };
  if (sponsorLeftOn && sponsorLeftOn <= today)
    return speaks({ state: 'At risk', since: sponsorLeftOn, values }, measured);
  if (sponsorBouncedOn && sponsorBouncedOn <= today)
    return speaks({ state: 'At risk', since: sponsorBouncedOn, values, variant: 'bounced' }, measured);
  return silent('sponsorStays', measured);
}

/** Absent from the last two check-ins and not met for 21 days; a meeting that lies ahead counts as contact. */
function judgeSilent({ pilot, policy, today }: PilotView): Finding {
  if (pilot.sponsorLeftOn && pilot.sponsorLeftOn <= today) return silent('sponsorGone');
  if (!pilot.customerSponsor) return silent('noSponsor');
  const held = pilot.checkIns
    .filter((one) => one.heldOn <= today)
    .toSorted((a, b) => (a.heldOn < b.heldOn ? 1 : -1));
  const [last, secondLast] = held;
  if (!last || !secondLast)
    return silent('tooFewCheckIns', { observed: { checkIns: held.length }, threshold: { checkIns: 2 } });
  const attended = held.find((one) => one.sponsorAttended)?.heldOn ?? null;
  const met =
    [attended, pilot.lastMeetingOn]
      .filter((day) => day !== null)
      .toSorted()
      .at(-1) ?? null;
  const measured = {
    observed: {
      lastCheckInOn: last.heldOn,
      lastMetOn: met,
      attendedLastTwo: Number(last.sponsorAttended || secondLast.sponsorAttended),
    },
    threshold: { silentDays: policy.sponsorSilentDays },
  };
  const from = met ?? pilot.startDate;
  if (last.sponsorAttended || secondLast.sponsorAttended || !from) return silent('sponsorSeen', measured);
  // Check-ins alone do not say that nobody met: a meeting that is not seen may have been held.
  if (!pilot.readsActivities) return silent('noActivities', measured);
  const since = later(last.heldOn, addDays(from, policy.sponsorSilentDays + 1));
  if (since > today) return silent('sponsorSeen', measured);
  const values = { sponsor: pilot.customerSponsor.name, met };
  return speaks({ state: 'At risk', since, values, variant: met ? null : 'never' }, measured);
}
