import { executeMutation } from 'lightning/graphql';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { addRecord, changeRecord, saveTogether } from 'c/pilotSave';

jest.mock('lightning/graphql', () => ({
  ...jest.requireActual<object>('lightning/graphql'),
  executeMutation: jest.fn(),
}));

const update = updateRecord as unknown as jest.Mock;
const mutate = executeMutation as unknown as jest.Mock;

describe('changeRecord', () => {
  it('refuses to write over what somebody else changed since', async () => {
    update.mockResolvedValueOnce({});
    expect(await changeRecord('a01', { Name: 'x' }, '2026-11-17T06:10:00.123Z')).toBeNull();
    expect(update).toHaveBeenLastCalledWith(
      { fields: { Id: 'a01', Name: 'x' } },
      { ifUnmodifiedSince: '2026-11-17T06:10:00.123Z' },
    );
  });

  it.each([
    [
      'a lost permission',
      { status: 403, body: { message: 'insufficient' } },
      'no-access',
      'You may not change this.',
    ],
    ['an expired session', { status: 401, body: {} }, 'signed-out', 'You are signed out.'],
    ['throttling', { status: 503, body: {} }, 'busy', 'Salesforce is busy.'],
    ['a server that is down', { status: 0, body: {} }, 'offline', 'No connection.'],
    [
      'a conflict',
      { status: 412, body: [{ message: 'modified' }] },
      'conflict',
      'Somebody changed this record',
    ],
    ['something unheard of', new Error('boom'), 'unknown', 'Not saved, for a reason nobody foresaw.'],
  ])('answers %s in words instead of throwing', async (_name, error, kind, text) => {
    update.mockRejectedValueOnce(error);
    const failure = await changeRecord('a01', {}, null);
    expect(failure!.kind).toBe(kind);
    expect(failure!.text).toContain(text);
  });

  it('keeps the message of a rule with its field and tells it once', async () => {
    const output = { errors: [], fieldErrors: { End_Date__c: [{ message: 'Before the start.' }] } };
    update.mockRejectedValueOnce({ status: 400, body: { message: 'An error occurred', output } });
    expect(await changeRecord('a01', {}, null)).toMatchObject({
      kind: 'refused',
      detail: '',
      byField: { End_Date__c: 'Before the start.' },
    });
  });
});

describe('addRecord', () => {
  it('makes one record', async () => {
    const create = createRecord as unknown as jest.Mock;
    create.mockResolvedValueOnce({ id: 'a03' });
    expect(await addRecord('PilotCheckIn__c', { Held_On__c: '2026-11-17' })).toBeNull();
    expect(create).toHaveBeenCalledWith({ apiName: 'PilotCheckIn__c', fields: { Held_On__c: '2026-11-17' } });
  });
});

describe('saveTogether', () => {
  it.each([[undefined], [[]]])('takes errors %p as saved', async (errors) => {
    mutate.mockResolvedValueOnce({ data: {}, errors });
    expect(await saveTogether({}, {})).toBeNull();
  });

  it('says which message made the org refuse all of it', async () => {
    const errors = [{ message: 'Held in the future', extensions: { ErrorType: 'DataFetchingException' } }];
    mutate.mockResolvedValueOnce({ data: undefined, errors });
    expect(await saveTogether({}, {})).toMatchObject({ kind: 'refused', detail: 'Held in the future' });
  });
});
