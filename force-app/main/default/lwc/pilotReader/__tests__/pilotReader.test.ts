import { calendarDays, clockTime, emptyWords, readerAt, signalWords } from 'c/pilotReader';
import { aPilot } from '../../pilotRecord/__tests__/showComponent';

const signal = {
  code: 'NO_USAGE',
  variant: null,
  state: 'Stalled',
  since: '2026-11-03',
  values: { users: 25, last: '2026-10-19', champion: null },
};

describe('pilotReader', () => {
  it('words a signal for the reader', () => {
    expect(signalWords(signal, readerAt(new Date('2026-11-17T12:00:00Z'))).line).toBe(
      'Stalled since 3 Nov: none of 25 users active since Mon 19 Oct. Ask the champion what changed.',
    );
  });

  it('names a signal that it has no words for, instead of hiding it or failing', () => {
    const { headline, evidence, nextStep } = signalWords(
      { ...signal, code: 'FROM_THE_FUTURE', state: 'Worse' },
      readerAt(new Date('2026-11-17T12:00:00Z')),
    );
    expect(headline).toBe('Unknown since 3 Nov');
    expect(evidence).toBe('A reason that this page does not know yet: FROM_THE_FUTURE.');
    expect(nextStep).toBe('');
  });

  it.each([
    ['of rows that are hidden', null, 'Closed', 'hidden'],
    ['of a pilot that runs', [], 'Active', 'none yet'],
    ['of a closed pilot', [], 'Closed', 'Nothing was entered.'],
  ])('asks for nothing more %s', (_, rows, Status__c, text) => {
    expect(emptyWords(rows, aPilot({ Status__c }), { hidden: 'hidden', empty: 'none yet' })).toBe(text);
  });

  it.each([
    ['2026-10-12', '2026-10-12', 1],
    ['2026-10-12', '2026-12-04', 54],
    ['2026-10-24', '2026-10-26', 3],
  ])('counts the days from %s to %s with both', (from, to, days) =>
    expect(calendarDays(from, to)).toBe(days),
  );

  it("writes midnight as 00:00 in the reader's zone", () => {
    expect(clockTime(new Date('2026-11-17T05:00:00Z'), 'en-US', 'America/New_York')).toBe('00:00');
  });
});
