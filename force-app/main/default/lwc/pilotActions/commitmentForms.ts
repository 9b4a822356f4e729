import { textOf } from 'c/pilotForm';
import type { FormSpec } from 'c/pilotForm';
import { addDays, sayTo, todayOf } from 'c/pilotReader';
import type { Reader } from 'c/pilotReader';
import type { Commitment, Pilot } from 'c/pilotRecord';
import { addRecord, changeRecord } from 'c/pilotSave';
import type { Saved } from 'c/pilotSave';

const WEEK = 7;

/** What one side promises until when. */
export function commitmentForm(pilot: Pilot, reader: Reader): FormSpec {
  const say = sayTo(reader);
  return {
    heading: say('Pilot_Promise_add'),
    lines: [],
    fields: [
      {
        name: 'Name',
        label: say('Pilot_Promise_what'),
        kind: 'text',
        value: null,
        isRequired: true,
        maxLength: 80,
      },
      {
        name: 'Party__c',
        label: say('Pilot_Promise_who'),
        kind: 'taps',
        value: null,
        isRequired: true,
        options: [
          { label: say('Pilot_Promise_us'), value: 'Vendor' },
          { label: say('Pilot_Promise_them'), value: 'Customer' },
        ],
      },
      {
        name: 'Due_On__c',
        label: say('Pilot_Promise_until'),
        kind: 'date',
        value: addDays(todayOf(reader), WEEK),
        isRequired: true,
      },
    ],
    submit: say('Pilot_Form_Save'),
    save: (draft) =>
      addRecord('PilotCommitment__c', {
        Pilot__c: pilot.id,
        Name: textOf(draft, 'Name'),
        Party__c: textOf(draft, 'Party__c'),
        Due_On__c: textOf(draft, 'Due_On__c'),
      }),
  };
}

/** One tap: kept today. */
export function keepCommitment(commitment: Commitment, reader: Reader): Promise<Saved> {
  const fields = { Done__c: true, Done_On__c: todayOf(reader) };
  return changeRecord(commitment.id, fields, commitment.lastModified);
}
