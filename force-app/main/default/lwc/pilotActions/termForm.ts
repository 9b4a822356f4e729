import { textOf } from 'c/pilotForm';
import type { FormSpec } from 'c/pilotForm';
import { sayTo, todayOf } from 'c/pilotReader';
import type { Reader } from 'c/pilotReader';
import type { Term } from 'c/pilotRecord';
import { changeRecord } from 'c/pilotSave';

/** Invokes an agreed term whose trigger is met. */
export function invokeForm(term: Term, reader: Reader): FormSpec {
  const say = sayTo(reader);
  const today = todayOf(reader);
  const amount = term.amount ?? 0;
  return {
    heading: say('Pilot_Terms_invoke_title', { name: term.name ?? term.id }),
    lines: [
      term.validTo === null
        ? say('Pilot_Terms_invoke_about', { amount })
        : say('Pilot_Terms_invoke_about_to', { amount, to: term.validTo }),
    ],
    fields: [
      {
        name: 'Invoked_On__c',
        label: say('Pilot_Terms_invoked_on'),
        kind: 'date',
        value: today,
        isRequired: true,
        max: today,
      },
    ],
    submit: say('Pilot_Terms_invoke'),
    save: (draft) =>
      changeRecord(
        term.id,
        { Status__c: 'Invoked', Invoked_On__c: textOf(draft, 'Invoked_On__c') },
        term.lastModified,
      ),
  };
}
