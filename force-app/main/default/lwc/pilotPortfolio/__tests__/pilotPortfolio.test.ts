import { graphql } from 'lightning/graphql';
import { CurrentPageReference } from 'lightning/navigation';
import PilotPortfolio from 'c/pilotPortfolio';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';
import { listedNode, pageAnswer, pilotId } from './portfolioAnswer';

// What makes a reader a manager: all pilots instead of the own ones.
jest.mock('@salesforce/customPermission/Pilot_Exceed_Capacity', () => ({ default: true }), { virtual: true });

interface Wire {
  emit(data: unknown): void;
  emitErrors(errors: unknown): void;
  getLastConfig(): { variables: Record<string, unknown> };
}
const wire = graphql as unknown as Wire;
const address = CurrentPageReference as unknown as { emit(page: object): void };

const STALLED = listedNode();
const FINE = listedNode({
  Id: pilotId(2),
  Name: 'Globex: data platform',
  Health__c: 'On track',
  Health_Now__c: 'On track',
  Signals__c: JSON.stringify({ version: 1, signals: [], toTidy: [], note: null }),
  Decision_Date__c: '2026-11-18',
  Readout_Date__c: null,
  Opportunity__r: { CloseDate: '2026-11-10', Account: { Name: 'Globex' } },
  Annual_Value__c: 900000,
  One_Time_Value__c: null,
  Price_Lock_Ends__c: null,
});

async function open(state: Record<string, string> = {}): Promise<Shown> {
  const element = show('c-pilot-portfolio', PilotPortfolio, {});
  address.emit({ type: 'standard__navItemPage', attributes: { apiName: 'Pilot_Portfolio' }, state });
  await settle();
  return element;
}

async function openWith(...nodes: Parameters<typeof pageAnswer>[0]): Promise<Shown> {
  const element = await open();
  wire.emit(pageAnswer(nodes));
  await settle();
  return element;
}

/** A group of buttons, which is a component of its own. */
const group = (element: Shown, id: string): Shown => find(element, id)!;

async function press(element: Shown, id: string): Promise<void> {
  find(element, id)!.click();
  await settle();
}

/** Later pages are drawn in a task of their own. */
async function nextTask(): Promise<void> {
  await new Promise((done) => setTimeout(done));
  await settle();
}

holdClock();

describe('c-pilot-portfolio', () => {
  it('waits with a named spinner', async () => {
    const element = await open();
    expect(element.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says that no pilot is live', async () => {
    const element = await openWith();
    expect(texts(element, 'empty')).toEqual(['No pilot is live.']);
    expect(find(element, 'row')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows the worst first, with the reason, days to the decision and the value agreed', async () => {
    const element = await openWith(FINE, STALLED);
    expect(texts(element, 'name')).toEqual(['Acme: SaaS adoption', 'Globex: data platform']);
    expect(texts(element, 'state')[0]).toBe('Stalled since 3 Nov');
    expect(texts(element, 'reason')[0]).toBe(
      'None of 25 users active since Mon 19 Oct. Ask Priya Shah (champion) what changed. +1 more',
    );
    expect(texts(element, 'due')).toEqual(['in 31 days 18 Dec', 'tomorrow 18 Nov']);
    expect(texts(element, 'agreed')).toEqual(['$575 K', '$900 K']);
    expect(texts(element, 'contradiction')).toEqual([
      'The deal closes 10 Nov, before the decision on 18 Nov.',
    ]);
    await expect(element).toBeAccessible();
  });

  it('sorts by a column and turns the order when it is pressed again', async () => {
    const element = await openWith(STALLED, FINE);
    await press(element, 'value');
    expect(texts(element, 'agreed')).toEqual(['$900 K', '$575 K']);
    expect(element.shadowRoot.querySelector('[aria-sort="descending"]')!.textContent).toContain('Value');
    await press(element, 'value');
    expect(texts(element, 'agreed')).toEqual(['$575 K', '$900 K']);
  });

  it('counts each health and leaves only that one when its button is pressed', async () => {
    const element = await openWith(STALLED, FINE);
    expect(texts(group(element, 'filters'), 'Stalled')).toEqual(['Stalled 1']);
    await press(group(element, 'filters'), 'Stalled');
    expect(texts(element, 'name')).toEqual(['Acme: SaaS adoption']);
    expect(find(group(element, 'filters'), 'Stalled')!.getAttribute('aria-pressed')).toBe('true');
    await press(group(element, 'filters'), 'dates');
    expect(texts(element, 'name')).toEqual(['Globex: data platform']);
  });

  it('offers everybody who supports a pilot with their number, and leaves only the pilots of one', async () => {
    const other = { Success_Manager__c: '005000000000002AAA', Success_Manager__r: { Name: 'Ana Ruiz' } };
    const both = {
      ...other,
      Sales_Engineer__c: '005000000000001AAA',
      Sales_Engineer__r: { Name: 'Sam Lee' },
    };
    const element = await openWith(STALLED, listedNode({ Id: pilotId(3), Name: 'Initech: trial', ...both }));
    const person = find<HTMLElement & { options: { label: string; value: string }[] }>(element, 'person')!;
    expect(person.options.map(({ label }) => label)).toEqual([
      'Everybody',
      'Ana Ruiz: 1 live',
      'Sam Lee: 2 live',
    ]);
    person.dispatchEvent(new CustomEvent('change', { detail: { value: '005000000000002AAA' } }));
    await settle();
    expect(texts(element, 'name')).toEqual(['Initech: trial']);
    expect(texts(group(element, 'filters'), 'all')).toEqual(['All 1']);
  });

  it('shows what the address says, and says so when nothing is left', async () => {
    const element = await open({ c__health: 'Watch', c__sort: '-days' });
    wire.emit(pageAnswer([STALLED]));
    await settle();
    expect(texts(element, 'none')).toEqual(['No live pilot matches the filters.']);
    await expect(element).toBeAccessible();
    await press(element, 'show-all');
    expect(texts(element, 'name')).toEqual(['Acme: SaaS adoption']);
  });

  it('asks for all pilots, or only the own ones when the address says so', async () => {
    await open();
    expect(wire.getLastConfig().variables['where']).toEqual({ Is_Live__c: { eq: true } });
    document.body.replaceChildren();
    await open({ c__scope: 'mine' });
    expect(wire.getLastConfig().variables['where']).toEqual({
      and: [{ Is_Live__c: { eq: true } }, { Is_Mine__c: { eq: true } }],
    });
  });

  it('reads page after page, says how far it is, and shows 50 rows at once', async () => {
    const element = await open();
    const nodes = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => listedNode({ Id: pilotId(from + index) }));
    wire.emit(pageAnswer(nodes(0, 40), 70, 'djE6Mzk='));
    await settle();
    expect(texts(element, 'progress')).toEqual(['40 of 70 pilots read so far.']);
    expect(wire.getLastConfig().variables).toMatchObject({
      after: 'djE6Mzk=',
      first: 2000,
      upperBound: 20000,
    });
    wire.emit(pageAnswer(nodes(40, 70), 70));
    await nextTask();
    expect(texts(element, 'progress')).toEqual(['']);
    expect(texts(element, 'row')).toHaveLength(50);
    expect(texts(element, 'place')).toEqual(['1 to 50 of 70']);
    await press(element, 'next');
    expect(texts(element, 'row')).toHaveLength(20);
    expect(find(element, 'next')).toBeNull();
  });

  it('shows the capacity instead of the pilots, without their filters', async () => {
    const element = await openWith(STALLED);
    await press(group(element, 'views'), 'capacity');
    expect(element.shadowRoot.querySelector('c-pilot-capacity')).not.toBeNull();
    expect(find(element, 'row')).toBeNull();
    expect(find(element, 'scope')).toBeNull();
    expect(find(element, 'filters')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('keeps what was read when a later page fails, and says that it is not all', async () => {
    const element = await open();
    wire.emit(pageAnswer([STALLED], 70, 'djE6MA=='));
    await settle();
    wire.emitErrors([{ status: 503, message: 'Busy' }]);
    await settle();
    expect(texts(element, 'progress')[0]).toContain('Only 1 of 70 pilots are shown');
    expect(texts(group(element, 'failure'), 'error')[0]).toContain('Salesforce is busy');
    expect(texts(element, 'name')).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('names the permission set to a reader without access and shows nothing else', async () => {
    const element = await open();
    wire.emitErrors([{ message: 'x', extensions: { ErrorType: 'ValidationError' } }]);
    await settle();
    expect(texts(group(element, 'failure'), 'error')[0]).toContain('permission set Pilot Rep');
    expect(find(group(element, 'failure'), 'retry')).toBeNull();
    expect(find(element, 'empty')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('opens the calendar with the month of today, and turns to the next one', async () => {
    const element = await openWith(STALLED, FINE);
    await press(group(element, 'views'), 'calendar');
    const calendar = element.shadowRoot.querySelector('c-pilot-calendar') as Shown;
    expect(texts(calendar, 'month')).toEqual(['November 2026']);
    expect(texts(calendar, 'event')).toEqual([
      'Decision:Globex: data platformThe deal closes 10 Nov, before the decision on 18 Nov.',
    ]);
    await expect(element).toBeAccessible();
    await press(calendar, 'next');
    expect(texts(calendar, 'event')).toEqual(['Readout:Acme: SaaS adoption', 'Decision:Acme: SaaS adoption']);
    expect(find(element, 'row')).toBeNull();
  });
});
