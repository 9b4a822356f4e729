// The rules over criteria, people, dates, terms and paperwork. Dates are those of the lines in the product's table.
import { describe } from 'node:test';
import { factsOf, inputOf, usersActive, workdays } from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';
import { addDays } from '../day.ts';
import type { CriterionInput, EvaluationInput, PilotInput, TermInput } from '../evaluation.ts';
import type { Day } from '../facts.ts';

const START = '2026-10-12';

/** Healthy use by twenty people of 25; only the records matter. */
function records(today: Day, pilot: Partial<PilotInput>): EvaluationInput {
  const to = addDays(today, -1);
  return inputOf({ pilot, facts: factsOf(usersActive(20, workdays(START, to)), to), today });
}

function criterion(changes: Partial<CriterionInput> = {}): CriterionInput {
  return {
    id: 'c1',
    name: 'Reply time',
    kind: 'Business outcome',
    isMustHave: false,
    metric: null,
    window: null,
    direction: 'At least',
    unit: 'h',
    baseline: 0,
    target: 10,
    actual: 1,
    measuredOn: '2026-11-09',
    metOn: null,
    ...changes,
  };
}

function term(changes: Partial<TermInput> = {}): TermInput {
  return {
    id: 't1',
    status: 'Proposed',
    annualAmount: 500_000,
    oneTimeAmount: 75_000,
    agreedOn: null,
    priceValidTo: null,
    ...changes,
  };
}

const checkIn = (heldOn: Day, sponsorAttended: boolean) => ({ heldOn, sponsorAttended });
const commitment = (dueOn: Day, isDone = false) => ({
  id: 'm1',
  name: 'SSO access',
  party: 'Customer' as const,
  dueOn,
  isDone,
});
const met = criterion({ actual: 12, metOn: '2026-10-20' });

describe('a rule over records speaks just above its threshold and is silent just below', () => {
  testRules([
    {
      code: 'CRITERIA_BEHIND',
      when: 'none of two is met after more than 25 % of the time',
      input: records('2026-10-30', {
        criteria: [criterion({ actual: 0 }), criterion({ id: 'c2', actual: 0 })],
      }),
      expected: { state: 'At risk', since: '2026-10-29', variant: null },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'at 25 % of the time',
      input: records('2026-10-28', { criteria: [criterion({ measuredOn: '2026-10-27' })] }),
      expected: null,
      because: 'onPace',
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'half are met at 60 %',
      input: records('2026-11-21', { criteria: [met, criterion({ measuredOn: '2026-11-20' })] }),
      expected: null,
      because: 'onPace',
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'nothing is measured: paperwork, no more than Watch',
      input: records('2026-11-12', { criteria: [criterion({ actual: null, measuredOn: null })] }),
      expected: { state: 'Watch' },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'a must-have is unmeasured at half-time',
      input: records('2026-11-15', {
        criteria: [met, criterion({ id: 'c2', actual: null, isMustHave: true, measuredOn: null })],
      }),
      expected: { state: 'Watch', variant: 'unmeasured', since: '2026-11-15' },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'a must-have is unmeasured the day before',
      input: records('2026-11-14', {
        criteria: [met, criterion({ id: 'c2', actual: null, isMustHave: true, measuredOn: null })],
      }),
      expected: null,
      because: 'onPace',
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'nothing moved for 15 days',
      input: records('2026-11-05', { criteria: [met, criterion({ id: 'c2', measuredOn: '2026-10-21' })] }),
      expected: { variant: 'still', state: 'Watch', since: '2026-11-05' },
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'nothing moved for 14 days',
      input: records('2026-11-04', { criteria: [met, criterion({ id: 'c2', measuredOn: '2026-10-21' })] }),
      expected: null,
      because: 'onPace',
    },
    {
      code: 'CRITERIA_BEHIND',
      when: 'all are met',
      input: records('2026-12-10', { criteria: [met] }),
      expected: null,
      because: 'allMet',
    },

    {
      code: 'SPONSOR_GONE',
      when: 'the sponsor is marked as left',
      input: records('2026-11-10', { sponsorLeftOn: '2026-11-03' }),
      expected: {
        state: 'At risk',
        since: '2026-11-03',
        values: { sponsor: 'Dana Ortiz', champion: 'Priya Shah' },
      },
    },
    {
      code: 'SPONSOR_GONE',
      when: 'mail to the sponsor bounced',
      input: records('2026-11-10', { sponsorBouncedOn: '2026-11-04' }),
      expected: {
        state: 'At risk',
        since: '2026-11-04',
        values: { sponsor: 'Dana Ortiz', champion: 'Priya Shah' },
        variant: 'bounced',
      },
    },
    {
      code: 'SPONSOR_GONE',
      when: 'mail bounced, and the sponsor is marked as left before',
      input: records('2026-11-10', { sponsorLeftOn: '2026-11-03', sponsorBouncedOn: '2026-11-04' }),
      expected: { state: 'At risk', since: '2026-11-03' },
    },
    {
      code: 'SPONSOR_GONE',
      when: 'the sponsor leaves tomorrow',
      input: records('2026-11-10', { sponsorLeftOn: '2026-11-11' }),
      expected: null,
      because: 'sponsorStays',
    },

    {
      code: 'SPONSOR_SILENT',
      when: 'two check-ins were missed and 22 days have passed',
      input: records('2026-11-09', {
        readsActivities: true,
        checkIns: [checkIn('2026-10-18', true), checkIn('2026-10-26', false), checkIn('2026-11-02', false)],
      }),
      expected: {
        state: 'At risk',
        since: '2026-11-09',
        values: { sponsor: 'Dana Ortiz', met: '2026-10-18' },
      },
    },
    {
      code: 'SPONSOR_SILENT',
      when: '21 days have passed',
      input: records('2026-11-08', {
        readsActivities: true,
        checkIns: [checkIn('2026-10-18', true), checkIn('2026-10-26', false), checkIn('2026-11-02', false)],
      }),
      expected: null,
      because: 'sponsorSeen',
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'only one check-in was missed',
      input: records('2026-12-08', {
        readsActivities: true,
        checkIns: [checkIn('2026-10-18', true), checkIn('2026-10-26', false)],
      }),
      expected: null,
      because: 'sponsorSeen',
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'there was a meeting last week',
      input: records('2026-11-09', {
        readsActivities: true,
        lastMeetingOn: '2026-11-04',
        checkIns: [checkIn('2026-10-26', false), checkIn('2026-11-02', false)],
      }),
      expected: null,
      because: 'sponsorSeen',
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'nobody is named as sponsor',
      input: records('2026-11-17', {
        customerSponsor: null,
        checkIns: [checkIn('2026-11-09', false), checkIn('2026-11-16', false)],
      }),
      expected: null,
      because: 'noSponsor',
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'the second check-in is missed long after the 21 days',
      input: records('2026-11-17', {
        readsActivities: true,
        lastMeetingOn: '2026-10-13',
        checkIns: [checkIn('2026-11-09', false), checkIn('2026-11-16', false)],
      }),
      expected: { since: '2026-11-16' },
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'the org shows no meetings: the sponsor may have been met',
      input: records('2026-12-08', {
        checkIns: [checkIn('2026-10-18', true), checkIn('2026-10-26', false), checkIn('2026-11-02', false)],
      }),
      expected: null,
      because: 'noActivities',
    },

    {
      code: 'OVERRUN',
      when: 'the readout date has passed',
      input: records('2026-12-24', {}),
      expected: {
        state: 'Stalled',
        since: '2026-12-24',
        variant: null,
        values: { due: '2026-12-23', extensions: 0 },
      },
    },
    {
      code: 'OVERRUN',
      when: 'it is today',
      input: records('2026-12-23', {}),
      expected: null,
      because: 'notDue',
    },
    {
      code: 'OVERRUN',
      when: 'the decision was made without a readout',
      input: records('2026-11-17', { readoutDate: '2026-11-10', decidedOn: '2026-11-09' }),
      expected: null,
      because: 'notRunning',
    },
    {
      code: 'OVERRUN',
      when: 'the readout was held: the pilot is in review',
      input: records('2026-11-17', { readoutDate: '2026-11-10', status: 'In Review' }),
      expected: null,
      because: 'notRunning',
    },
    {
      code: 'DECISION_OVERDUE',
      when: 'it has passed after two extensions, which are told',
      input: records('2026-11-17', { decisionDate: '2026-11-10', extensionCount: 2 }),
      expected: { variant: 'extended', since: '2026-11-11' },
    },
    {
      code: 'OVERRUN',
      when: 'there is no readout date and the end has passed',
      input: records('2026-12-19', { readoutDate: null, extensionCount: 1 }),
      expected: {
        since: '2026-12-19',
        variant: 'end_extended',
        values: { due: '2026-12-18', extensions: 1 },
      },
    },
    {
      code: 'OVERRUN',
      when: 'in review',
      input: records('2026-12-24', { status: 'In Review' }),
      expected: null,
      because: 'notRunning',
    },

    {
      code: 'DECISION_OVERDUE',
      when: 'the decision date has passed',
      input: records('2026-12-29', { status: 'In Review' }),
      expected: {
        state: 'At risk',
        since: '2026-12-29',
        values: { due: '2026-12-28', sponsor: 'Dana Ortiz', extensions: 0 },
      },
    },
    {
      code: 'DECISION_OVERDUE',
      when: 'it is today',
      input: records('2026-12-28', { status: 'In Review' }),
      expected: null,
      because: 'notDue',
    },
    {
      code: 'DECISION_OVERDUE',
      when: 'it was made',
      input: records('2026-12-29', { status: 'In Review', decidedOn: '2026-12-20' }),
      expected: null,
      because: 'decided',
    },

    {
      code: 'TERMS_NOT_READY',
      when: 'proposed 14 days before the end',
      input: records('2026-12-04', { terms: [term()] }),
      expected: {
        state: 'At risk',
        since: '2026-12-04',
        variant: null,
        values: { ends: '2026-12-18', status: 'Proposed', amount: 575_000 },
      },
    },
    {
      code: 'TERMS_NOT_READY',
      when: '15 days before',
      input: records('2026-12-03', { terms: [term()] }),
      expected: null,
      because: 'notDue',
    },
    {
      code: 'TERMS_NOT_READY',
      when: 'agreed',
      input: records('2026-12-04', {
        terms: [term({ status: 'Agreed' }), term({ id: 't2', status: 'Withdrawn' })],
      }),
      expected: null,
      because: 'agreed',
    },
    {
      code: 'TERMS_NOT_READY',
      when: 'nobody entered any: paperwork',
      input: records('2026-12-04', {}),
      expected: { state: 'Watch', variant: 'none' },
    },

    {
      code: 'PRICE_LOCK_ENDING',
      when: 'seven days are left',
      input: records('2026-12-07', { terms: [term({ status: 'Agreed', priceValidTo: '2026-12-14' })] }),
      expected: {
        state: 'Watch',
        since: '2026-12-07',
        variant: null,
        values: { annual: 500_000, oneTime: 75_000, lapses: '2026-12-14' },
      },
    },
    {
      code: 'PRICE_LOCK_ENDING',
      when: 'eight are',
      input: records('2026-12-06', { terms: [term({ status: 'Agreed', priceValidTo: '2026-12-14' })] }),
      expected: null,
      because: 'notDue',
    },
    {
      code: 'PRICE_LOCK_ENDING',
      when: 'it has lapsed',
      input: records('2026-12-15', { terms: [term({ status: 'Agreed', priceValidTo: '2026-12-14' })] }),
      expected: { variant: 'lapsed', since: '2026-12-15' },
    },
    {
      code: 'PRICE_LOCK_ENDING',
      when: 'the price is only proposed',
      input: records('2026-12-10', { terms: [term({ priceValidTo: '2026-12-14' })] }),
      expected: null,
      because: 'noLock',
    },

    {
      code: 'CLOSE_DATE_MISMATCH',
      when: 'the deal closes the day before the decision',
      input: records('2026-11-02', { dealCloseDate: '2026-12-27' }),
      expected: {
        state: 'Watch',
        since: '2026-11-02',
        values: { closes: '2026-12-27', decision: '2026-12-28' },
      },
    },
    {
      code: 'CLOSE_DATE_MISMATCH',
      when: 'on the same day',
      input: records('2026-11-02', { dealCloseDate: '2026-12-28' }),
      expected: null,
      because: 'inOrder',
    },

    {
      code: 'NO_SPONSOR',
      when: 'nobody is named',
      input: records('2026-11-02', { customerSponsor: null }),
      expected: { state: 'On track', since: START },
    },
    {
      code: 'NO_SPONSOR',
      when: 'somebody is',
      input: records('2026-11-02', {}),
      expected: null,
      because: 'hasSponsor',
    },
    {
      code: 'SINGLE_THREADED',
      when: 'one contact is known',
      input: records('2026-11-02', { contactCount: 1 }),
      expected: { state: 'On track', variant: null },
    },
    {
      code: 'SINGLE_THREADED',
      when: 'two are',
      input: records('2026-11-02', { contactCount: 2 }),
      expected: null,
      because: 'severalContacts',
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the last check-in was eight days ago and none is booked',
      input: records('2026-11-05', {
        readsActivities: true,
        nextCheckIn: null,
        checkIns: [checkIn('2026-10-28', true)],
      }),
      expected: { state: 'On track', since: '2026-11-05', values: { last: '2026-10-28' } },
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'seven days ago',
      input: records('2026-11-04', {
        readsActivities: true,
        nextCheckIn: null,
        checkIns: [checkIn('2026-10-28', true)],
      }),
      expected: null,
      because: 'recentCheckIn',
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the last check-in is long ago and a meeting was held last week',
      input: records('2026-11-17', {
        readsActivities: true,
        checkIns: [checkIn('2026-10-20', true)],
        lastMeetingOn: '2026-11-10',
        nextCheckIn: null,
      }),
      expected: null,
      because: 'recentCheckIn',
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the check-in that was booked is past',
      input: records('2026-11-17', {
        readsActivities: true,
        checkIns: [checkIn('2026-10-20', true)],
        nextCheckIn: '2026-11-16',
      }),
      expected: { since: '2026-10-28' },
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the next is booked for today',
      input: records('2026-11-05', { readsActivities: true, nextCheckIn: '2026-11-05' }),
      expected: null,
      because: 'booked',
    },
    {
      code: 'NO_NEXT_STEP',
      when: 'the org shows no activities',
      input: records('2026-11-05', { nextCheckIn: null }),
      expected: null,
      because: 'noActivities',
    },
    {
      code: 'COMMITMENT_OVERDUE',
      when: 'it was due yesterday',
      input: records('2026-11-03', { accountName: 'Acme', commitments: [commitment('2026-11-02')] }),
      expected: {
        since: '2026-11-03',
        values: { what: 'SSO access', party: 'Acme', due: '2026-11-02', more: 0 },
      },
    },
    {
      code: 'COMMITMENT_OVERDUE',
      when: 'it is due today',
      input: records('2026-11-02', {
        commitments: [commitment('2026-11-02'), commitment('2026-10-20', true)],
      }),
      expected: null,
      because: 'nothingOverdue',
    },
    {
      code: 'UNMEASURED',
      when: '15 days have passed without a value',
      input: records('2026-10-27', { criteria: [criterion({ actual: null })] }),
      expected: { since: '2026-10-27', values: { criterion: 'Reply time', more: 0 } },
    },
    {
      code: 'UNMEASURED',
      when: '14 have',
      input: records('2026-10-26', { criteria: [criterion({ actual: null })] }),
      expected: null,
      because: 'tooEarly',
    },
  ]);
});
