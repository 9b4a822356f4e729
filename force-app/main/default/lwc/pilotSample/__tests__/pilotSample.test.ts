import { executeMutation, graphql } from 'lightning/graphql';
import PilotSample from 'c/pilotSample';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';
import { SAMPLE_NOTE } from '../sampleMark';

jest.mock('lightning/graphql', () => ({
  ...jest.requireActual<object>('lightning/graphql'),
  executeMutation: jest.fn(),
}));
const mutate = executeMutation as unknown as jest.Mock;
const wire = graphql as unknown as {
  emit(data: unknown, filter?: unknown, refresh?: () => Promise<void>): void;
  emitErrors(errors: unknown): void;
};

const row = (Id: string, Name: string, Description: string | null = SAMPLE_NOTE): object => ({
  node: { Id, Name: { value: Name }, Description: { value: Description } },
});
function rows(deals: object[], contacts: object[] = [], issues: object[] = []): object {
  const account = { node: { Id: '001', Opportunities: { edges: deals }, Contacts: { edges: contacts } } };
  const query = { Account: { edges: [account] }, PilotSyncIssue__c: { edges: issues } };
  return { uiapi: { query } };
}
const NONE = { uiapi: { query: { Account: { edges: [] }, PilotSyncIssue__c: { edges: [] } } } };

async function open(data?: object, canAdd = true): Promise<Shown> {
  const element = show('c-pilot-sample', PilotSample, { canAdd });
  if (data) wire.emit(data, undefined, async () => undefined);
  await settle();
  return element;
}

holdClock();
beforeEach(() => mutate.mockReset().mockResolvedValue({ data: {} }));

describe('c-pilot-sample', () => {
  it('looks first, and offers to add only to who may create pilots', async () => {
    const waiting = await open();
    expect(texts(waiting, 'summary')).toEqual(['Looking for sample data']);
    expect(find(waiting, 'add')).toBeNull();
    expect(find(await open(NONE, false), 'add')).toBeNull();
    const element = await open(NONE);
    expect(find(element, 'add')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('adds everything in one mutation, and every customer record carries the mark', async () => {
    const element = await open(NONE);
    find(element, 'add')!.click();
    await settle();
    expect(mutate).toHaveBeenCalledTimes(1);
    const { variables } = mutate.mock.calls[0]![0];
    expect(variables.account.Account.AccountNumber).toBe('PILOT-TRACKER-SAMPLE');
    expect(variables.deal.Opportunity.Description).toBe(SAMPLE_NOTE);
    expect(variables.champion.Contact.Description).toBe(SAMPLE_NOTE);
  });

  it('asks before it removes, keeps on no, and deletes what refers before what is referred to', async () => {
    const element = await open(rows([row('006', 'Deal')], [row('003', 'Dana')], [{ node: { Id: 'a09' } }]));
    find(element, 'ask')!.click();
    await settle();
    await expect(element).toBeAccessible();
    find(element, 'keep')!.click();
    await settle();
    expect(mutate).not.toHaveBeenCalled();
    find(element, 'ask')!.click();
    await settle();
    find(element, 'remove')!.click();
    for (let turn = 0; turn < 6; turn += 1) await settle();
    expect(mutate.mock.calls.map(([{ variables }]) => variables.d0.Id)).toEqual(['a09', '006', '003', '001']);
  });

  it('never removes over a deal that is not of the sample, and names it', async () => {
    const element = await open(rows([row('006', 'A real deal', 'Ours')]));
    expect(texts(element, 'summary')[0]).toContain('not of the sample: A real deal');
    expect(find(element, 'ask')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('tells a refusal and a failed reading', async () => {
    mutate.mockResolvedValueOnce({
      errors: [{ message: 'Fill in the industry.', extensions: { ErrorType: 'DataFetchingException' } }],
    });
    const element = await open(NONE);
    find(element, 'add')!.click();
    await settle();
    expect(texts(element, 'failure')[0]).toContain('Fill in the industry.');
    const failed = await open();
    wire.emitErrors([{ status: 0, message: 'x' }]);
    await settle();
    expect(texts(failed, 'failure')[0]).toContain('No connection.');
    await expect(failed).toBeAccessible();
  });
});
