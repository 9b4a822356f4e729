import { gql } from 'lightning/graphql';
import { textOf, isChecked } from 'c/pilotForm';
import type { Draft, FormSpec } from 'c/pilotForm';
import { addDays, sayTo, todayOf, weekNumbers } from 'c/pilotReader';
import type { Reader } from 'c/pilotReader';
import type { Details, Pilot } from 'c/pilotRecord';
import { addRecord, saveTogether } from 'c/pilotSave';

const LOG_CHECK_IN = gql`
  mutation LogCheckIn($checkIn: PilotCheckIn__cCreateInput!, $pilot: Pilot__cUpdateInput!) {
    uiapi(input: { allOrNone: true }) {
      checkIn: PilotCheckIn__cCreate(input: $checkIn) {
        Record {
          Id
        }
      }
      pilot: Pilot__cUpdate(input: $pilot) {
        success
      }
    }
  }
`;

const WEEK = 7;

/** Two taps and two texts: this week's numbers, the open blockers and last week's plan are filled in. */
export function checkInForm(pilot: Pilot, details: Details, reader: Reader): FormSpec {
  const say = sayTo(reader);
  const today = todayOf(reader);
  const [last] = details.checkIns ?? [];
  const numbers = weekNumbers(pilot, say).join(' · ');
  const mood = (value: string): { label: string; value: string } => {
    return { label: say(`Pilot_Mood_${value}`), value };
  };
  const booked = pilot.nextCheckIn !== null && pilot.nextCheckIn > today ? pilot.nextCheckIn : null;
  return {
    heading: say('Pilot_Check_in_log'),
    lines: [
      numbers === '' ? '' : say('Pilot_Check_in_numbers', { numbers }),
      last?.nextWeek ? say('Pilot_Check_in_planned', { plan: last.nextWeek }) : '',
    ],
    fields: [
      {
        name: 'Sentiment__c',
        label: say('Pilot_Check_in_mood'),
        kind: 'taps',
        value: null,
        isRequired: true,
        options: ['Positive', 'Neutral', 'Negative'].map(mood),
      },
      {
        name: 'Sponsor_Attended__c',
        label: say('Pilot_Check_in_sponsor'),
        kind: 'check',
        value: false,
      },
      {
        name: 'Issues__c',
        label: say('Pilot_Check_in_blockers'),
        kind: 'lines',
        value: last?.blockers ?? null,
      },
      {
        name: 'Next_Week__c',
        label: say('Pilot_Check_in_next'),
        kind: 'lines',
        value: last?.nextWeek ?? null,
      },
      {
        name: 'Held_On__c',
        label: say('Pilot_Check_in_held'),
        kind: 'date',
        value: today,
        isRequired: true,
        max: today,
      },
      {
        name: 'Next_Check_In__c',
        label: say('Pilot_Check_in_booked'),
        kind: 'date',
        value: booked ?? addDays(today, WEEK),
        min: today,
      },
    ],
    submit: say('Pilot_Form_Save'),
    save: (draft) => saveCheckIn(pilot, draft, numbers),
  };
}

function saveCheckIn(pilot: Pilot, draft: Draft, numbers: string): ReturnType<FormSpec['save']> {
  const checkIn = {
    Pilot__c: pilot.id,
    Held_On__c: textOf(draft, 'Held_On__c'),
    Sentiment__c: textOf(draft, 'Sentiment__c'),
    Sponsor_Attended__c: isChecked(draft, 'Sponsor_Attended__c'),
    Metrics__c: numbers === '' ? null : numbers,
    Issues__c: textOf(draft, 'Issues__c'),
    Next_Week__c: textOf(draft, 'Next_Week__c'),
  };
  const Next_Check_In__c = textOf(draft, 'Next_Check_In__c');
  if (Next_Check_In__c === pilot.nextCheckIn) return addRecord('PilotCheckIn__c', checkIn);
  return saveTogether(LOG_CHECK_IN, {
    checkIn: { PilotCheckIn__c: checkIn },
    pilot: { Id: pilot.id, Pilot__c: { Next_Check_In__c } },
  });
}
