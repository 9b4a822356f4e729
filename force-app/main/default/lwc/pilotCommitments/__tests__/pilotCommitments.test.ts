import { updateRecord } from 'lightning/uiRecordApi';
import PilotCommitments from 'c/pilotCommitments';
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

const promise = (Id: string, Name: string, values: object) => ({
  Id,
  Name,
  Party__c: 'Vendor',
  Done__c: false,
  ...values,
});
const LIST = [
  promise('1', 'Training', {
    Due_On__c: '2026-11-24',
    Owner_User__c: '005',
    Owner_User__r: { Name: 'Ines' },
  }),
  promise('2', 'Survey', { Due_On__c: null }),
  promise('3', 'Kick-off', { Done__c: true, Due_On__c: '2026-10-12', Done_On__c: '2026-10-12' }),
  promise('4', 'SSO access', { Due_On__c: '2026-11-02', Party__c: 'Customer' }),
  promise('5', 'Due today', { Due_On__c: '2026-11-17' }),
];
const showPromises = (Commitments__r: typeof LIST | null = LIST): Shown =>
  show('c-pilot-commitments', PilotCommitments, {
    pilot: aPilot(),
    details: someDetails({}, { Commitments__r }),
  });
const update = updateRecord as unknown as jest.Mock;

holdClock();

describe('c-pilot-commitments', () => {
  it('lists overdue first, then what is next, what has no day and what was kept', async () => {
    const element = showPromises();
    expect(texts(element, 'commitment')).toEqual([
      'SSO accessAcmewas due 2 Nov',
      'Due todayWedue 17 Nov',
      'TrainingWe · Inesdue 24 Nov',
      'SurveyWeno day yet',
      'Kick-offWedone 12 Oct',
    ]);
    expect(texts(element, 'keep')).toHaveLength(4);
    await expect(element).toBeAccessible();
  });

  it('says nothing of a hidden day, rather than that there is none', () => {
    expect(texts(showPromises([promise('6', 'Hidden', {})]), 'commitment')).toEqual(['HiddenWe']);
  });

  it('takes one tap to keep one, and tells the page', async () => {
    update.mockReset().mockResolvedValueOnce({});
    const element = showPromises();
    const saved = jest.fn();
    element.addEventListener('saved', saved);
    find(element, 'keep')!.click();
    await settle();
    expect(update.mock.calls[0]![0].fields).toEqual({ Id: '4', Done__c: true, Done_On__c: '2026-11-17' });
    expect(saved).toHaveBeenCalledTimes(1);
  });

  it('says in words why it could not be saved', async () => {
    update.mockReset().mockRejectedValueOnce({ status: 403, body: { message: 'insufficient access' } });
    const element = showPromises();
    find(element, 'keep')!.click();
    await settle();
    expect(texts(element, 'failure')[0]).toContain('You may not change this.');
    await expect(element).toBeAccessible();
  });

  it('asks what, who and until when to add one', () => {
    const element = showPromises();
    find(element, 'add')!.click();
    const { spec } = (PilotForm.open as unknown as jest.Mock).mock.calls.at(-1)![0];
    expect(spec.fields.map(({ name }: { name: string }) => name)).toEqual(['Name', 'Party__c', 'Due_On__c']);
  });

  it('says that there are none, that they are hidden, and that it waits', async () => {
    expect(texts(showPromises([]), 'none')[0]).toContain('No commitments yet.');
    const hidden = showPromises(null);
    expect(texts(hidden, 'none')).toEqual(['You do not have access to the commitments.']);
    expect(find(hidden, 'add')).toBeNull();
    const waiting = show('c-pilot-commitments', PilotCommitments, { pilot: aPilot() });
    expect(find(waiting, 'waiting')).not.toBeNull();
    await expect(hidden).toBeAccessible();
    await expect(waiting).toBeAccessible();
  });
});
