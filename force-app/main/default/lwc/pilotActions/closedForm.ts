import { isChecked, textOf } from 'c/pilotForm';
import type { Draft, FormSpec } from 'c/pilotForm';
import { businessDaysOf, daysOf, holidayNote, sayForRecord, sayTo, todayOf } from 'c/pilotReader';
import type { BusinessDays, Reader, Say } from 'c/pilotReader';
import { writeClosedDays } from 'c/pilotRecord';
import type { ClosedDays, Details, Pilot } from 'c/pilotRecord';
import { changeRecord, refusal } from 'c/pilotSave';
import type { Fields } from 'c/pilotSave';

const REASONS = ['Holiday', 'Freeze', 'Outage'];

/**
 * Days that count in no test, before and after. Moving the end with them is offered; the flow of the package counts no
 * extension when both come in one save.
 */
export function closedForm(pilot: Pilot, details: Details, reader: Reader): FormSpec {
  const say = sayTo(reader);
  const today = todayOf(reader);
  const { holidayRegion: region } = details;
  const calendar = businessDaysOf(region);
  const lost = (draft: Draft): number => lostDays(periodOf(draft), details.closedDays ?? [], pilot, calendar);
  return {
    heading: say('Pilot_Closed_title'),
    lines: [
      say('Pilot_Closed_about'),
      ...(details.closedDays ?? []).map((period) =>
        say('Pilot_Closed_known', { ...period, reason: reasonIn(period.reason, say) }),
      ),
    ],
    fields: [
      { name: 'from', label: say('Pilot_Closed_from'), kind: 'date', value: today, isRequired: true },
      { name: 'to', label: say('Pilot_Closed_to'), kind: 'date', value: today, isRequired: true },
      {
        name: 'reason',
        label: say('Pilot_Closed_reason'),
        kind: 'taps',
        value: null,
        isRequired: true,
        options: REASONS.map((value) => ({ label: reasonIn(value, say), value })),
      },
      ...(pilot.endDate === null
        ? []
        : [{ name: 'move', label: say('Pilot_Closed_move'), kind: 'check', value: false } as const]),
    ],
    submit: say('Pilot_Form_Save'),
    outlook: (draft) => (isChecked(draft, 'move') ? outlook(pilot, lost(draft), region, say) : ''),
    save: async (draft) => {
      const period = periodOf(draft);
      if (period === null) return refusal(say('Pilot_Closed_order'), { to: say('Pilot_Closed_order') });
      // Writing over text that cannot be read would lose what somebody entered.
      if (details.closedDays === null) return refusal(say('Pilot_Closed_unreadable'));
      const days = [...details.closedDays, period].sort((a, b) => a.from.localeCompare(b.from));
      const moved = isChecked(draft, 'move')
        ? movedDates(pilot, lost(draft), period, calendar, sayForRecord(reader))
        : {};
      return changeRecord(pilot.id, { Closed_Days__c: writeClosedDays(days), ...moved }, pilot.lastModified);
    },
  };
}

function periodOf(draft: Draft): ClosedDays | null {
  const [from, to, reason] = [textOf(draft, 'from'), textOf(draft, 'to'), textOf(draft, 'reason') ?? ''];
  return from === null || to === null || to < from ? null : { from, to, reason };
}

/** Business days of the pilot that this period takes and no earlier one took already. */
function lostDays(
  period: ClosedDays | null,
  known: readonly ClosedDays[],
  pilot: Pilot,
  calendar: BusinessDays,
): number {
  if (period === null || pilot.endDate === null) return 0;
  const isKnown = (day: string): boolean => known.some(({ from, to }) => from <= day && day <= to);
  const isInPilot = (day: string): boolean => (pilot.startDate ?? day) <= day && day <= pilot.endDate!;
  const isLost = (day: string): boolean => calendar.isBusinessDay(day) && isInPilot(day) && !isKnown(day);
  return daysOf(period.from, period.to).filter(isLost).length;
}

function outlook({ endDate }: Pilot, days: number, region: string | null, say: Say): string {
  if (endDate === null) return '';
  if (days === 0) return say('Pilot_Closed_moves_nothing');
  const newEnd = businessDaysOf(region).after(endDate, days);
  const moves = say('Pilot_Closed_moves', { days, end: endDate, newEnd });
  return [moves, holidayNote(region, [endDate, newEnd], say)].filter(Boolean).join(' ');
}

function movedDates(
  pilot: Pilot,
  days: number,
  period: ClosedDays,
  calendar: BusinessDays,
  say: Say,
): Fields {
  if (days === 0) return {};
  const dates = {
    End_Date__c: pilot.endDate,
    Readout_Date__c: pilot.readoutDate,
    Decision_Date__c: pilot.decisionDate,
  };
  const moved = Object.entries(dates).flatMap(([field, day]) =>
    day === null ? [] : [[field, calendar.after(day, days)] as const],
  );
  const reason = reasonIn(period.reason, say);
  return {
    ...Object.fromEntries(moved),
    Extension_Reason__c: say('Pilot_Closed_extension', { ...period, reason }),
  };
}

function reasonIn(reason: string, say: Say): string {
  return REASONS.includes(reason) ? say(`Pilot_Closed_${reason}`) : reason;
}
