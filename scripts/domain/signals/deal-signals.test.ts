// The rules over dates and terms of the deal.
import { describe } from 'node:test';
import { usedWell } from '../../testing/evaluation-fixture.ts';
import { testRules } from '../../testing/rule-rows.ts';
import type { TermInput } from '../evaluation.ts';

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

describe('a rule about the deal speaks just above its threshold and not just below', () => {
  testRules([
    {
      code: 'OVERRUN',
      when: 'the readout date has passed',
      input: usedWell('2026-12-24', {}),
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
      input: usedWell('2026-12-23', {}),
      expected: null,
      because: 'notDue',
    },
    {
      code: 'OVERRUN',
      when: 'the decision was made without a readout',
      input: usedWell('2026-11-17', { readoutDate: '2026-11-10', decidedOn: '2026-11-09' }),
      expected: null,
      because: 'notRunning',
    },
    {
      code: 'OVERRUN',
      when: 'the readout was held: the pilot is in review',
      input: usedWell('2026-11-17', { readoutDate: '2026-11-10', status: 'In Review' }),
      expected: null,
      because: 'notRunning',
    },
    {
      code: 'OVERRUN',
      when: 'there is no readout date and the end has passed',
      input: usedWell('2026-12-19', { readoutDate: null, extensionCount: 1 }),
      expected: {
        since: '2026-12-19',
        variant: 'end_extended',
        values: { due: '2026-12-18', extensions: 1 },
      },
    },
    {
      code: 'OVERRUN',
      when: 'in review',
      input: usedWell('2026-12-24', { status: 'In Review' }),
      expected: null,
      because: 'notRunning',
    },

    {
      code: 'DECISION_OVERDUE',
      when: 'it has passed after two extensions, which are told',
      input: usedWell('2026-11-17', { decisionDate: '2026-11-10', extensionCount: 2 }),
      expected: { variant: 'extended', since: '2026-11-11' },
    },
    {
      code: 'DECISION_OVERDUE',
      when: 'the decision date has passed',
      input: usedWell('2026-12-29', { status: 'In Review' }),
      expected: {
        state: 'At risk',
        since: '2026-12-29',
        values: { due: '2026-12-28', sponsor: 'Dana Ortiz', extensions: 0 },
      },
    },
    {
      code: 'DECISION_OVERDUE',
      when: 'it is today',
      input: usedWell('2026-12-28', { status: 'In Review' }),
      expected: null,
      because: 'notDue',
    },
    {
      code: 'DECISION_OVERDUE',
      when: 'it was made',
      input: usedWell('2026-12-29', { status: 'In Review', decidedOn: '2026-12-20' }),
      expected: null,
      because: 'decided',
    },

    {
      code: 'TERMS_NOT_READY',
      when: 'proposed 14 days before the end',
      input: usedWell('2026-12-04', { terms: [term()] }),
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
      input: usedWell('2026-12-03', { terms: [term()] }),
      expected: null,
      because: 'notDue',
    },
    {
      code: 'TERMS_NOT_READY',
      when: 'agreed',
      input: usedWell('2026-12-04', {
        terms: [term({ status: 'Agreed' }), term({ id: 't2', status: 'Withdrawn' })],
      }),
      expected: null,
      because: 'agreed',
    },
    {
      code: 'TERMS_NOT_READY',
      when: 'nobody entered any: paperwork',
      input: usedWell('2026-12-04', {}),
      expected: { state: 'Watch', variant: 'none' },
    },

    {
      code: 'PRICE_LOCK_ENDING',
      when: 'seven days are left',
      input: usedWell('2026-12-07', { terms: [term({ status: 'Agreed', priceValidTo: '2026-12-14' })] }),
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
      input: usedWell('2026-12-06', { terms: [term({ status: 'Agreed', priceValidTo: '2026-12-14' })] }),
      expected: null,
      because: 'notDue',
    },
    {
      code: 'PRICE_LOCK_ENDING',
      when: 'it has lapsed',
      input: usedWell('2026-12-15', { terms: [term({ status: 'Agreed', priceValidTo: '2026-12-14' })] }),
      expected: { variant: 'lapsed', since: '2026-12-15' },
    },
    {
      code: 'PRICE_LOCK_ENDING',
      when: 'the price is only proposed',
      input: usedWell('2026-12-10', { terms: [term({ priceValidTo: '2026-12-14' })] }),
      expected: null,
      because: 'noLock',
    },

    {
      code: 'CLOSE_DATE_MISMATCH',
      when: 'the deal closes the day before the decision',
      input: usedWell('2026-11-02', { dealCloseDate: '2026-12-27' }),
      expected: {
        state: 'Watch',
        since: '2026-11-02',
        values: { closes: '2026-12-27', decision: '2026-12-28' },
      },
    },
    {
      code: 'CLOSE_DATE_MISMATCH',
      when: 'on the same day',
      input: usedWell('2026-11-02', { dealCloseDate: '2026-12-28' }),
      expected: null,
      because: 'inOrder',
    },
  ]);
});
