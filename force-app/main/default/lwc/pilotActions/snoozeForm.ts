import { textOf } from 'c/pilotForm';
import type { FormSpec } from 'c/pilotForm';
import { addDays, sayTo, todayOf } from 'c/pilotReader';
import type { Reader } from 'c/pilotReader';
import type { Pilot } from 'c/pilotRecord';
import { changeRecord } from 'c/pilotSave';

const WEEK = 7;

/** A reason and a last day; emptying both of a running snooze wakes it up. */
export function snoozeForm(pilot: Pilot, reader: Reader): FormSpec {
  const say = sayTo(reader);
  const today = todayOf(reader);
  const isSnoozed = pilot.snoozedUntil !== null && pilot.snoozedUntil >= today;
  return {
    heading: say('Pilot_Snooze_title'),
    lines: [say(isSnoozed ? 'Pilot_Snooze_wake' : 'Pilot_Snooze_about')],
    fields: [
      {
        name: 'Snooze_Reason__c',
        label: say('Pilot_Snooze_reason'),
        kind: 'text',
        value: isSnoozed ? pilot.snoozeReason : null,
        isRequired: !isSnoozed,
        maxLength: 255,
      },
      {
        name: 'Snoozed_Until__c',
        label: say('Pilot_Snooze_until'),
        kind: 'date',
        value: isSnoozed ? pilot.snoozedUntil : addDays(today, WEEK),
        isRequired: !isSnoozed,
        min: today,
      },
    ],
    submit: say('Pilot_Form_Save'),
    save: (draft) =>
      changeRecord(
        pilot.id,
        {
          Snooze_Reason__c: textOf(draft, 'Snooze_Reason__c'),
          Snoozed_Until__c: textOf(draft, 'Snoozed_Until__c'),
        },
        pilot.lastModified,
      ),
  };
}
