import PilotCheckIns from 'c/pilotCheckIns';
import PilotForm from 'c/pilotForm';
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

const meeting = (Id: string, Held_On__c: string) => ({ Id, Held_On__c, Sentiment__c: 'Positive' });
const showCheckIns = (lists = {}): Shown =>
  show('c-pilot-check-ins', PilotCheckIns, { pilot: aPilot(), details: someDetails({}, lists) });

holdClock();

describe('c-pilot-check-ins', () => {
  it('tells when it was held, how it went and what was said', async () => {
    const element = showCheckIns();
    expect(texts(element, 'check-in')).toEqual([
      'Wed 28 Oct · So-so · with the sponsorBlocked by: SSO is not open yet.Next: First session with Finance.',
    ]);
    await expect(element).toBeAccessible();
  });

  it('shows the last three, and all of them once asked', async () => {
    const days = ['2026-11-16', '2026-11-09', '2026-11-02', '2026-10-26'];
    const element = showCheckIns({ Check_Ins__r: days.map((day, index) => meeting(String(index), day)) });
    expect(texts(element, 'check-in')).toHaveLength(3);
    find(element, 'more')!.click();
    await settle();
    expect(texts(element, 'check-in').at(-1)).toBe('Mon 26 Oct · Good');
    expect(find(element, 'more')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('opens the form of the header', () => {
    const element = showCheckIns();
    find(element, 'log')!.click();
    expect((PilotForm.open as unknown as jest.Mock).mock.calls.at(-1)![0].label).toBe('Log check-in');
  });

  it('writes what was said as text, never as markup', () => {
    const element = showCheckIns({
      Check_Ins__r: [{ ...meeting('1', '2026-11-16'), Issues__c: '<img src=x>' }],
    });
    expect(element.shadowRoot.querySelector('img')).toBeNull();
    expect(texts(element, 'check-in')[0]).toContain('<img src=x>');
  });

  it('says that there is none, that they are hidden, and that it waits', async () => {
    const none = showCheckIns({ Check_Ins__r: [] });
    expect(texts(none, 'none')).toEqual(['No check-in yet.']);
    const hidden = showCheckIns({ Check_Ins__r: null });
    expect(texts(hidden, 'none')).toEqual(['You do not have access to the check-ins.']);
    expect(find(hidden, 'log')).toBeNull();
    const waiting = show('c-pilot-check-ins', PilotCheckIns, { pilot: aPilot() });
    expect(find(waiting, 'waiting')).not.toBeNull();
    await expect(none).toBeAccessible();
    await expect(hidden).toBeAccessible();
    await expect(waiting).toBeAccessible();
  });
});
