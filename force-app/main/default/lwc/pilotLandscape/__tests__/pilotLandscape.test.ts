import { graphql } from 'lightning/graphql';
import PilotLandscape from 'c/pilotLandscape';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';
import { closedNode, DEAL, landscapeAnswer, landscapeNode, networkText, pilotId } from './landscapeAnswer';

interface Wire {
  emit(data: unknown): void;
  emitErrors(errors: unknown): void;
  getLastConfig(): { variables: Record<string, unknown> };
}
const wire = graphql as unknown as Wire;
const ACCOUNT = '001000000000001AAA';

async function open(properties: object = {}): Promise<Shown> {
  const element = show('c-pilot-landscape', PilotLandscape, { recordId: ACCOUNT, ...properties });
  await settle();
  return element;
}

async function openWith(
  nodes: Parameters<typeof landscapeAnswer>[0],
  rest: Parameters<typeof landscapeAnswer>[1] = {},
  properties: object = {},
): Promise<Shown> {
  const element = await open(properties);
  wire.emit(landscapeAnswer(nodes, rest));
  await settle();
  return element;
}

const STALLED = {
  Health__c: 'Stalled',
  Health_Now__c: 'Stalled',
  Department__c: 'Sales Ops',
  Decision_Date__c: '2026-11-20',
};
const FINANCE = { Id: pilotId(2), Department__c: 'Finance', Decision_Date__c: '2026-12-18' };
const CARE = {
  Id: pilotId(3),
  Name: 'Acme: care',
  Department__c: 'Customer care',
  Annual_Value__c: 575000,
};

holdClock();

describe('c-pilot-landscape', () => {
  it('asks about the account of the page and waits with a named spinner', async () => {
    const element = await open();
    expect(wire.getLastConfig().variables).toEqual({ accountId: ACCOUNT });
    expect(element.shadowRoot.querySelector('lightning-spinner')!.alternativeText).toBe(
      'Reading the pilots of this account',
    );
    await expect(element).toBeAccessible();
  });

  it('says what to do where the account has no pilot', async () => {
    const element = await openWith([]);
    expect(texts(element, 'empty')).toEqual([
      'This account has no pilot yet.Start one from an opportunity of this account.',
    ]);
    expect(find(element, 'row')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows who pays first, then who decides first, then who plans, then how others ended', async () => {
    const declined = { Id: pilotId(4), Department__c: 'HR', Outcome__c: 'No decision' };
    const draft = { Id: pilotId(5), Department__c: 'Legal', Is_Live__c: false, Status__c: 'Draft' };
    const element = await openWith([
      closedNode(declined),
      landscapeNode(draft),
      landscapeNode(FINANCE),
      closedNode(CARE),
    ]);
    expect(texts(element, 'group')).toEqual(['Customer care', 'Finance', 'Legal', 'HR']);
    expect(texts(element, 'standing')).toEqual(['Pays', 'Pilot running', 'Being planned', 'Ended']);
    expect(texts(element, 'summary')).toEqual(['Groups that pay: 1 of 4 · $575 K agreed a year']);
    expect(texts(element, 'next')).toEqual(['Next: Finance, On track, decision 18 Dec']);
    expect(texts(element, 'pays')[0]).toBe('$575 K agreed a year');
    expect(texts(element, 'about')[3]).toBe('Pilot · No decision · 30 Sep');
    await expect(element).toBeAccessible();
  });

  it('calls a moving pilot next before one that stands still, whatever their dates', async () => {
    const element = await openWith([landscapeNode(STALLED), landscapeNode(FINANCE)]);
    expect(texts(element, 'group')).toEqual(['Finance', 'Sales Ops']);
    expect(texts(element, 'next')).toEqual(['Next: Finance, On track, decision 18 Dec']);
  });

  it('takes a department written in another way for the same group', async () => {
    const element = await openWith([
      landscapeNode({ ...CARE, Department__c: ' customer  CARE ', Annual_Value__c: null }),
      closedNode({ ...CARE, Id: pilotId(6) }),
    ]);
    expect(texts(element, 'group')).toHaveLength(1);
    expect(texts(element, 'standing')).toEqual(['Pays']);
    expect(texts(element, 'pilot')).toHaveLength(2);
  });

  it('does not throw pilots without a department together', async () => {
    const element = await openWith([
      landscapeNode({ Department__c: null }),
      landscapeNode({ Id: pilotId(2), Department__c: null }),
    ]);
    expect(texts(element, 'group')).toEqual(['No department given', 'No department given']);
  });

  it('counts a deal won as paying and says that the pilot is still to be closed', async () => {
    const won = { Opportunity__r: { IsWon: true, IsClosed: true }, Is_Live__c: false };
    const element = await openWith([landscapeNode(won)]);
    expect(texts(element, 'standing')).toEqual(['Pays']);
    expect(texts(element, 'pays')).toEqual(['Yes, no yearly amount recorded']);
    expect(texts(element, 'pilot')[0]).toContain('Deal won · record the pilot as converted');
  });

  it('never calls a group unpaying where the reader may not see how its pilot ended', async () => {
    const element = await openWith([closedNode({ Outcome__c: undefined })]);
    expect(texts(element, 'standing')).toEqual(['Closed']);
    expect(texts(element, 'pilot')[0]).toContain('Closed · you may not see how it ended');
    expect(texts(element, 'pays')).toEqual(['Not visible to you']);
  });

  it('tells of departments that use the product without a pilot, once though two pilots saw them', async () => {
    const networks = {
      [pilotId(1)]: networkText({ Marketing: 4, 'Sales Ops': 12 }),
      [pilotId(2)]: networkText({ marketing: 9, HR: 0 }),
    };
    const both = [landscapeNode({ Id: pilotId(1) }), landscapeNode({ Id: pilotId(2) })];
    const element = await openWith(both, { networks });
    expect(texts(element, 'group')).toEqual(['Sales Ops', 'marketing']);
    expect(texts(element, 'standing')[1]).toBe('In use, no pilot');
    expect(texts(element, 'use')).toEqual([
      'Active in the 28 days to 15 Nov: 12',
      'Active in the 28 days to 15 Nov: 9',
    ]);
    expect(texts(element, 'next')).toEqual(['Next: Sales Ops, On track, decision 18 Dec']);
  });

  it('names the group in use as next where no pilot that runs is its own, and nobody where nothing is known', async () => {
    const paying = closedNode(CARE);
    const expansion = landscapeNode({ Id: pilotId(8), Department__c: CARE.Department__c });
    const next = async (text: string): Promise<string[]> =>
      texts(await openWith([paying, expansion], { networks: { [pilotId(8)]: text } }), 'next');
    expect(await next(networkText({ Marketing: 4 }))).toEqual([
      'Next: Marketing, active users without a pilot: 4',
    ]);
    expect(await next('damaged')).toEqual([
      'Nobody is next: no other group has a live pilot or was seen using it',
    ]);
  });

  it('does not believe that a department still uses what a pilot saw before it ended', async () => {
    const networks = { [CARE.Id]: networkText({ Marketing: 4 }) };
    expect(texts(await openWith([closedNode(CARE)], { networks }), 'group')).toEqual(['Customer care']);
  });

  it('shows stage and rival tool, and says where nobody has noted one', async () => {
    const staged = { Adoption_Stage__c: '3 More groups', Rival_Tool__c: 'Spreadsheets' };
    const early = { ...staged, Decision_Date__c: '2026-11-30' };
    const element = await openWith([landscapeNode(FINANCE), landscapeNode(early)]);
    expect(texts(element, 'account-stage')).toEqual(['Adoption: 3 More groups']);
    expect(texts(element, 'stage')).toEqual(['3 More groups', 'Not inferred yet']);
    expect(texts(element, 'rival')).toEqual(['Spreadsheets', 'Not noted']);
  });

  it('shows no number of a week that is too old to be believed', async () => {
    expect(texts(await openWith([landscapeNode()]), 'pilot')[0]).toContain('Active a week 12 of 25');
    const stale = { Health_Now__c: 'Unknown', Stale_After__c: '2026-11-10T00:00:00Z' };
    expect(texts(await openWith([landscapeNode(stale)]), 'pilot')[0]).not.toContain('Active a week');
  });

  it('lists deals won without a pilot, and not those of the pilots', async () => {
    const deal = (Id: string, Name: string): Record<string, unknown> => {
      return { Id, Name: { value: Name }, Amount: { value: 40000 }, CloseDate: { value: '2026-10-02' } };
    };
    const deals = [deal(DEAL, 'With pilot'), deal('006000000000009AAA', 'Starter seats')];
    const element = await openWith([landscapeNode()], { deals });
    expect(texts(element, 'deal')).toEqual(['Starter seats']);
    expect(texts(element, 'deal-about')).toEqual(['$40 K · Fri 2 Oct']);
    await expect(element).toBeAccessible();
  });

  it('leaves out what the page’s owner does not want to see, but counts it', async () => {
    const deals = [{ Id: '006000000000009AAA', Name: { value: 'Starter seats' } }];
    const ended = closedNode({ Id: pilotId(7), Department__c: 'HR', Outcome__c: 'Not converted' });
    const element = await openWith(
      [closedNode(CARE), ended],
      { deals },
      { hideEnded: true, hideDeals: true },
    );
    expect(texts(element, 'group')).toEqual(['Customer care']);
    expect(texts(element, 'summary')[0]).toContain('1 of 2');
    expect(find(element, 'deal')).toBeNull();
  });

  it('says that an account has more pilots than are shown', async () => {
    const element = await openWith([landscapeNode()], { totalCount: 230 });
    expect(texts(element, 'more')).toEqual(['Only the 1 pilots that started last are shown, of 230.']);
  });

  it('keeps the last answer when a later one fails, and drops it when the right to see it is gone', async () => {
    const element = await openWith([landscapeNode()]);
    wire.emitErrors([{ status: 503 }]);
    await settle();
    expect(element.shadowRoot.querySelector('c-pilot-error-panel')).not.toBeNull();
    expect(texts(element, 'row')).toHaveLength(1);
    await expect(element).toBeAccessible();
    wire.emitErrors([{ message: 'no', extensions: { ErrorType: 'ValidationError' } }]);
    await settle();
    expect(find(element, 'row')).toBeNull();
    await expect(element).toBeAccessible();
  });
});
