import PilotForm from 'c/pilotForm';
import PilotSignals from 'c/pilotSignals';
import { SIGNALS } from '../../pilotRecord/__tests__/pilotAnswer';
import {
  aPilot,
  find,
  holdClock,
  settle,
  show,
  someDetails,
  texts,
} from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const showSignals = (stored: unknown, values = {}, details: object | undefined = someDetails()): Shown =>
  show('c-pilot-signals', PilotSignals, {
    pilot: aPilot({ Signals__c: JSON.stringify(stored), ...values }),
    details,
  });

holdClock();

describe('c-pilot-signals', () => {
  it('lists every reason with since, numbers, next step and owner, paperwork apart', async () => {
    const element = showSignals(SIGNALS);
    expect(texts(element, 'reason')).toEqual([
      'Stalled since 3 Nov: None of 25 users active since Mon 19 Oct. Ask Priya Shah (champion) what changed.',
      'At risk since 3 Nov: Price still proposed, pilot ends 4 Dec. Get $575 K agreed.',
    ]);
    expect(texts(element, 'clears')).toEqual([
      'Clears once somebody is active again.',
      'Clears once the terms are agreed.',
    ]);
    expect(texts(element, 'tidy')).toEqual([
      'No check-in since 28 Oct and none booked. Book the next check-in.',
      'SSO access by Acme was due 2 Nov. Settle a new date.',
    ]);
    expect(texts(element, 'owner')).toEqual(['Sales rep', 'Sales rep', 'Sales rep', 'Sales rep']);
    await expect(element).toBeAccessible();
  });

  it('says that nothing stands out', async () => {
    const element = showSignals({ version: 1, signals: [], toTidy: [] });
    expect(texts(element, 'none')).toEqual(['Nothing stands out.']);
    await expect(element).toBeAccessible();
  });

  it('tells how the health changed once asked', async () => {
    const element = showSignals(SIGNALS);
    expect(texts(element, 'change')).toEqual([]);
    find(element, 'history')!.click();
    await settle();
    expect(texts(element, 'change')).toEqual(['3 Nov: Stalled (no usage)']);
    await expect(element).toBeAccessible();
  });

  it('says that a damaged history cannot be read', async () => {
    const element = showSignals(SIGNALS, {}, someDetails({ Health_Log__c: '{"version":1' }));
    expect(texts(element, 'damaged')).toEqual(['The history could not be read.']);
    await expect(element).toBeAccessible();
  });

  it('tells no reasons of data that are too old, and keeps the history', async () => {
    const element = showSignals(SIGNALS, { Health_Now__c: 'Unknown' });
    expect(texts(element, 'reason')).toEqual([]);
    expect(find(element, 'none')).toBeNull();
    expect(find(element, 'history')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it.each([
    ['a closed pilot', { Status__c: 'Closed' }],
    ['a pilot whose deal is closed', { Opportunity__r: { IsClosed: true, IsWon: false } }],
  ])('tells no reasons of %s before the sync has seen it', async (_, values) => {
    const element = showSignals(SIGNALS, { ...values, Is_Live__c: false });
    expect(texts(element, 'reason')).toEqual([]);
    expect(texts(element, 'tidy')).toEqual([]);
    expect(texts(element, 'none')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('asks who takes over from the sponsor, and waits for the people to choose from', async () => {
    const element = showSignals(SIGNALS);
    find(element, 'sponsor')!.click();
    const { spec } = (PilotForm.open as unknown as jest.Mock).mock.calls.at(-1)[0];
    expect(spec.lines[0]).toBe('Who takes over from Dana Ortiz?');
    const waiting = show('c-pilot-signals', PilotSignals, { pilot: aPilot() });
    expect(find<HTMLButtonElement>(waiting, 'sponsor')!.disabled).toBe(true);
    const none = showSignals(SIGNALS, { Customer_Sponsor__c: null, Customer_Sponsor__r: undefined });
    expect(find(none, 'sponsor')).toBeNull();
    await expect(waiting).toBeAccessible();
  });

  it('writes names as text, never as markup', () => {
    const hostile = {
      ...SIGNALS.signals[0]!,
      values: { users: 2, last: '2026-10-19', champion: '<img src=x>{users}' },
    };
    const element = showSignals({ version: 1, signals: [hostile], toTidy: [] });
    expect(element.shadowRoot.querySelector('img')).toBeNull();
    expect(texts(element, 'reason')[0]).toContain('<img src=x>{users} (champion)');
  });
});
