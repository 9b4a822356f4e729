import { gql } from 'lightning/graphql';
import { numberOf, textOf } from 'c/pilotForm';
import type { Draft, FormField, FormSpec } from 'c/pilotForm';
import { sayTo, todayOf } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import { writeAmendments } from 'c/pilotRecord';
import type { Criterion, Details, Pilot } from 'c/pilotRecord';
import { changeRecord, refusal, saveTogether } from 'c/pilotSave';
import type { Saved } from 'c/pilotSave';
import { people } from './sponsorForm';

const AMEND = gql`
  mutation Amend($criterion: SuccessCriterion__cUpdateInput!, $pilot: Pilot__cUpdateInput!) {
    uiapi(input: { allOrNone: true }) {
      criterion: SuccessCriterion__cUpdate(input: $criterion) {
        success
      }
      pilot: Pilot__cUpdate(input: $pilot) {
        success
      }
    }
  }
`;

/** Baseline, target and, where nobody counts it, the value: free until both sides have signed. */
export function editCriterionForm(criterion: Criterion, reader: Reader): FormSpec {
  const say = sayTo(reader);
  const fields = [
    numberField('Baseline__c', say('Pilot_Criteria_Baseline'), criterion.baseline),
    { ...numberField('Target__c', targetLabel(criterion, say), criterion.target), isRequired: true },
    ...(criterion.isMeasured
      ? []
      : [numberField('Actual__c', say('Pilot_Criteria_Actual'), criterion.actual)]),
  ];
  return numbersForm(criterion, fields, reader);
}

/** The value of a criterion that people measure; it stays open after signing. */
export function enterValueForm(criterion: Criterion, reader: Reader): FormSpec {
  const say = sayTo(reader);
  const field = {
    ...numberField('Actual__c', say('Pilot_Criteria_Actual'), criterion.actual),
    isRequired: true,
  };
  return numbersForm(criterion, [field], reader);
}

/** Both signers and the day, after which defining fields are locked. */
export function signForm(pilot: Pilot, details: Details, userId: string, reader: Reader): FormSpec {
  const say = sayTo(reader);
  const today = todayOf(reader);
  return {
    heading: say('Pilot_Sign_title'),
    lines: [say('Pilot_Sign_about'), details.contacts === null ? say('Pilot_Form_no_people') : ''],
    fields: [
      {
        name: 'Signed_By_Customer__c',
        label: say('Pilot_Sign_customer'),
        kind: 'choice',
        value: pilot.sponsor?.id ?? null,
        options: people(details.contacts ?? []),
        isRequired: true,
      },
      {
        name: 'Criteria_Signed_On__c',
        label: say('Pilot_Sign_on'),
        kind: 'date',
        value: today,
        max: today,
        isRequired: true,
      },
    ],
    submit: say('Pilot_Sign_submit'),
    save: (draft) =>
      changeRecord(
        pilot.id,
        {
          Criteria_Signed_On__c: textOf(draft, 'Criteria_Signed_On__c'),
          Signed_By_Customer__c: textOf(draft, 'Signed_By_Customer__c'),
          Signed_By_Vendor__c: userId,
        },
        pilot.lastModified,
      ),
  };
}

/** Another target for a signed criterion: the old one, the day and the reason are kept, to be signed again. */
export function amendForm(criterion: Criterion, pilot: Pilot, details: Details, reader: Reader): FormSpec {
  const say = sayTo(reader);
  return {
    heading: say('Pilot_Amend_title', { name: nameOf(criterion) }),
    lines: [say('Pilot_Amend_about')],
    fields: [
      { ...numberField('Target__c', targetLabel(criterion, say), criterion.target), isRequired: true },
      {
        name: 'reason',
        label: say('Pilot_Amend_reason'),
        kind: 'text',
        value: null,
        isRequired: true,
        maxLength: 255,
      },
    ],
    submit: say('Pilot_Amend_submit'),
    save: (draft) => saveAmendment(criterion, pilot, details, draft, reader),
  };
}

async function saveAmendment(
  criterion: Criterion,
  pilot: Pilot,
  { amendments }: Details,
  draft: Draft,
  reader: Reader,
): Promise<Saved> {
  const say = sayTo(reader);
  const target = numberOf(draft, 'Target__c');
  if (target === null || target === criterion.target) {
    const text = say('Pilot_Amend_same');
    return refusal(text, { Target__c: text });
  }
  if (amendments === null) return refusal(say('Pilot_Amend_unreadable'));
  const amount = (value: number | null): string =>
    say('Pilot_Criteria_amount', { value, unit: criterion.unit });
  const amendment = {
    on: todayOf(reader),
    criterionId: criterion.id,
    name: nameOf(criterion),
    from: amount(criterion.target),
    to: amount(target),
    reason: textOf(draft, 'reason') ?? '',
  };
  return saveTogether(AMEND, {
    criterion: { Id: criterion.id, SuccessCriterion__c: { Target__c: target } },
    pilot: { Id: pilot.id, Pilot__c: { Amendments__c: writeAmendments([amendment, ...amendments]) } },
  });
}

function numbersForm(criterion: Criterion, fields: readonly FormField[], reader: Reader): FormSpec {
  const say = sayTo(reader);
  return {
    heading: nameOf(criterion),
    lines: [],
    fields,
    submit: say('Pilot_Form_Save'),
    save: (draft) => {
      const values = fields.map(({ name }) => [name, numberOf(draft, name)] as const);
      return changeRecord(criterion.id, Object.fromEntries(values), criterion.lastModified);
    },
  };
}

function numberField(name: string, label: string, value: number | null): FormField {
  return { name, label, kind: 'number', value };
}

function targetLabel({ isAtMost, unit }: Criterion, say: Say): string {
  return say(isAtMost ? 'Pilot_Amend_at_most' : 'Pilot_Amend_at_least', { unit: unit ?? '' }).trim();
}

function nameOf({ name, id }: Criterion): string {
  return name ?? id;
}
