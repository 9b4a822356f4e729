import { textOf } from 'c/pilotForm';
import type { FormOption, FormSpec } from 'c/pilotForm';
import { sayForRecord, sayTo, todayOf } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Contact, Details, Pilot } from 'c/pilotRecord';
import { changeRecord, refusal } from 'c/pilotSave';

const FORMER_MAX = 255;
const NOBODY = 'nobody';

/** Who takes over is one pick; the former sponsor keeps the day, and a signature stays with the one who gave it. */
export function sponsorForm(pilot: Pilot, details: Details, reader: Reader): FormSpec {
  const say = sayTo(reader);
  const today = todayOf(reader);
  const others = details.contacts?.filter(({ id }) => id !== pilot.sponsor?.id) ?? [];
  return {
    heading: say('Pilot_Sponsor_title'),
    lines: [
      say('Pilot_Sponsor_about', { sponsor: pilot.sponsor?.name ?? null }),
      hasSigned(pilot) ? say('Pilot_Sponsor_signed', { sponsor: pilot.sponsor?.name ?? null }) : '',
      details.contacts === null ? say('Pilot_Form_no_people') : '',
    ],
    fields: [
      {
        name: 'Sponsor_Left_On__c',
        label: say('Pilot_Sponsor_left_on'),
        kind: 'date',
        value: pilot.sponsorLeftOn ?? today,
        isRequired: true,
        max: today,
      },
      {
        name: 'Customer_Sponsor__c',
        label: say('Pilot_Sponsor_takes_over'),
        kind: 'choice',
        value: NOBODY,
        options: [{ label: say('Pilot_Sponsor_nobody'), value: NOBODY }, ...people(others)],
      },
    ],
    submit: say('Pilot_Form_Save'),
    save: async (draft) => {
      const leftOn = textOf(draft, 'Sponsor_Left_On__c') ?? today;
      const successor = textOf(draft, 'Customer_Sponsor__c');
      if (successor === null || successor === NOBODY)
        return changeRecord(pilot.id, { Sponsor_Left_On__c: leftOn }, pilot.lastModified);
      const Former_Sponsors__c = formerSponsors(pilot, leftOn, sayForRecord(reader));
      if (Former_Sponsors__c.length > FORMER_MAX) return refusal(say('Pilot_Sponsor_too_many'));
      const fields = { Customer_Sponsor__c: successor, Former_Sponsors__c, Sponsor_Left_On__c: null };
      return changeRecord(pilot.id, fields, pilot.lastModified);
    },
  };
}

/** Whether the sponsor who leaves is the one who signed the criteria. */
function hasSigned({ sponsor, signedByCustomer, criteriaSignedOn }: Pilot): boolean {
  return criteriaSignedOn !== null && sponsor !== null && sponsor.id === signedByCustomer?.id;
}

function formerSponsors({ sponsor, formerSponsors: earlier }: Pilot, leftOn: string, say: Say): string {
  const name = sponsor?.name ?? say('Pilot_Fallback_sponsor');
  return [earlier, say('Pilot_Sponsor_former', { name, until: leftOn })].filter(Boolean).join('; ');
}

export function people(contacts: readonly Contact[]): FormOption[] {
  return contacts.map(({ id, name, title }) => ({
    label: [name, title].filter(Boolean).join(', '),
    value: id,
  }));
}
