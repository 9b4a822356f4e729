import PilotForm from 'c/pilotForm';
import PilotTerms from 'c/pilotTerms';
import { aPilot, find, holdClock, show, someDetails, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const TERM = {
  Id: 'a05000000000001AAA',
  Name: 'Subscription',
  Kind__c: 'Subscription',
  Amount__c: 500000,
  Billing__c: 'Annual',
  Status__c: 'Agreed',
  Trigger__c: 'Must-haves',
  Agreed_On__c: '2026-10-05',
  Price_Valid_To__c: '2027-01-03',
};
const showTerms = (term: object | null, values = {}): Shown =>
  show('c-pilot-terms', PilotTerms, {
    pilot: aPilot(values),
    details: someDetails({}, { Conversion_Terms__r: term === null ? [] : [{ ...TERM, ...term }] }),
  });

holdClock();

describe('c-pilot-terms', () => {
  it('says what is agreed, when it is due and until when the price holds', async () => {
    const element = showTerms({});
    expect(texts(element, 'totals')).toEqual(['$500 K a year + $75 K once']);
    expect(texts(element, 'term')).toEqual([
      'Subscription$500 K a year · SubscriptionAgreed on 5 OctWhen the must-haves are met. Price holds until 3 Jan 2027.',
    ]);
    expect(find(element, 'invoke')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it.each([
    ['the must-haves are met', {}, { Must_Haves_Met__c: 1 }, true],
    ['a must-have is open', {}, { Must_Haves_Met__c: 0 }, false],
    ['there are no must-haves', {}, { Must_Haves__c: 0, Must_Haves_Met__c: 0 }, false],
    ['the reader may not see whether they are met', {}, { Must_Haves_Met__c: undefined }, false],
    ['not all criteria are met', { Trigger__c: 'All criteria' }, {}, false],
    ['all criteria are met', { Trigger__c: 'All criteria' }, { Criteria_Met__c: 4 }, true],
    ['there is no trigger', { Trigger__c: 'None' }, {}, true],
    ['it is only proposed', { Trigger__c: 'None', Status__c: 'Proposed' }, {}, false],
    ['its price has lapsed', { Trigger__c: 'None', Price_Valid_To__c: '2026-11-16' }, {}, false],
    ['its price holds until today', { Trigger__c: 'None', Price_Valid_To__c: '2026-11-17' }, {}, true],
  ])('when %s, invoking is offered or not', (_name, term, values, isOffered) => {
    expect(find(showTerms(term, values), 'invoke') !== null).toBe(isOffered);
  });

  it('says that a price has lapsed', () => {
    expect(texts(showTerms({ Price_Valid_To__c: '2026-11-16' }), 'term')[0]).toContain(
      'the price no longer holds',
    );
  });

  it('calls a hidden amount hidden, and one that nobody entered missing', () => {
    expect(texts(showTerms({ Amount__c: undefined }), 'term')[0]).toContain('amount hidden from you');
    expect(texts(showTerms({ Amount__c: null }), 'term')[0]).toContain('no amount yet');
  });

  it('asks before it invokes', async () => {
    const element = showTerms({ Trigger__c: 'None' });
    find(element, 'invoke')!.click();
    expect((PilotForm.open as unknown as jest.Mock).mock.calls.at(-1)![0].label).toBe('Invoke: Subscription');
    await expect(element).toBeAccessible();
  });

  it('says that there are none, that they are hidden, and that it waits', async () => {
    expect(texts(showTerms(null), 'none')).toEqual([
      'No terms yet. Agree the price before the pilot starts.',
    ]);
    const details = someDetails({}, { Conversion_Terms__r: null });
    const hidden = show('c-pilot-terms', PilotTerms, { pilot: aPilot(), details });
    expect(texts(hidden, 'none')).toEqual(['You do not have access to the terms.']);
    const waiting = show('c-pilot-terms', PilotTerms, { pilot: aPilot() });
    expect(find(waiting, 'waiting')).not.toBeNull();
    await expect(hidden).toBeAccessible();
    await expect(waiting).toBeAccessible();
  });
});
