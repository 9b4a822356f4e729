import { describe } from 'node:test';
import { usedWell } from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';
import type { Day } from '../facts.ts';

const checkIn = (heldOn: Day, sponsorAttended: boolean) => ({ heldOn, sponsorAttended });
const TWO_MISSED = [checkIn('2026-10-18', true), checkIn('2026-10-26', false), checkIn('2026-11-02', false)];

describe('a rule about the sponsor speaks just above its threshold and not just below', () => {
  testRules([
    {
      code: 'SPONSOR_GONE',
      when: 'the sponsor is marked as left',
      input: usedWell('2026-11-10', { sponsorLeftOn: '2026-11-03' }),
      expected: {
        state: 'At risk',
        since: '2026-11-03',
        values: { sponsor: 'Dana Ortiz', champion: 'Priya Shah' },
      },
    },
    {
      code: 'SPONSOR_GONE',
      when: 'mail to the sponsor bounced',
      input: usedWell('2026-11-10', { sponsorBouncedOn: '2026-11-04' }),
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
      input: usedWell('2026-11-10', { sponsorLeftOn: '2026-11-03', sponsorBouncedOn: '2026-11-04' }),
      expected: { state: 'At risk', since: '2026-11-03' },
    },
    {
      code: 'SPONSOR_GONE',
      when: 'the sponsor leaves tomorrow',
      input: usedWell('2026-11-10', { sponsorLeftOn: '2026-11-11' }),
      expected: null,
      because: 'sponsorStays',
    },

    {
      code: 'SPONSOR_SILENT',
      when: 'two check-ins were missed and 22 days have passed',
      input: usedWell('2026-11-09', {
        readsActivities: true,
        checkIns: TWO_MISSED,
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
      input: usedWell('2026-11-08', {
        readsActivities: true,
        checkIns: TWO_MISSED,
      }),
      expected: null,
      because: 'sponsorSeen',
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'a check-in that lies ahead is entered as attended',
      input: usedWell('2026-11-09', {
        readsActivities: true,
        checkIns: [...TWO_MISSED, checkIn('2026-11-10', true)],
      }),
      expected: { since: '2026-11-09', values: { sponsor: 'Dana Ortiz', met: '2026-10-18' } },
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'only one check-in was missed',
      input: usedWell('2026-12-08', {
        readsActivities: true,
        checkIns: [checkIn('2026-10-18', true), checkIn('2026-10-26', false)],
      }),
      expected: null,
      because: 'sponsorSeen',
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'there was a meeting last week',
      input: usedWell('2026-11-09', {
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
      input: usedWell('2026-11-17', {
        customerSponsor: null,
        checkIns: [checkIn('2026-11-09', false), checkIn('2026-11-16', false)],
      }),
      expected: null,
      because: 'noSponsor',
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'the second check-in is missed long after the 21 days',
      input: usedWell('2026-11-17', {
        readsActivities: true,
        lastMeetingOn: '2026-10-13',
        checkIns: [checkIn('2026-11-09', false), checkIn('2026-11-16', false)],
      }),
      expected: { since: '2026-11-16' },
    },
    {
      code: 'SPONSOR_SILENT',
      when: 'the org shows no meetings: the sponsor may have been met',
      input: usedWell('2026-12-08', {
        checkIns: TWO_MISSED,
      }),
      expected: null,
      because: 'noActivities',
    },
  ]);
});
