import { graphql } from 'lightning/graphql';
import PilotCapacity from 'c/pilotCapacity';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const wire = graphql as unknown as { emit(data: unknown): void; emitErrors(errors: unknown): void };

const NAMES: Readonly<Record<string, string>> = {
  ann: 'Ann Lee',
  bob: 'Bob Ray',
  eve: 'Eve Sun',
  zoe: 'Zoe Fox',
};
const person = (lookup: string, id: string | null) => ({
  [`${lookup}__c`]: { value: id },
  [`${lookup}__r`]: { Name: { value: id && NAMES[id] } },
});
const group = (lookup: string, id: string | null, count: number) => ({
  ...person(lookup, id),
  Id: { count: { value: count } },
});
const hours = (id: string | null, promised: number | null, spent: number | null) => ({
  ...person('Owner_User', id),
  Hours__c: { count: { value: promised === null ? 0 : 1 }, sum: { value: promised ?? 0 } },
  Hours_Spent__c: { count: { value: spent === null ? 0 : 1 }, sum: { value: spent ?? 0 } },
});
const groups = (...nodes: object[]) => ({
  pageInfo: { hasNextPage: false },
  edges: nodes.map((aggregate) => ({ node: { aggregate } })),
});
const run = (limit: number, mode: string) => ({
  Id: 'r',
  Finished_At__c: { value: '2026-11-17T18:10:00.000Z' },
  Capacity_Per_Manager__c: { value: limit },
  Capacity_Mode__c: { value: mode },
});

/** Ann runs two, Bob none any more, Eve looks after one; limit two. */
function answer(changes: object = {}, runs: object[] = [run(2, 'Block')]) {
  const aggregate = {
    everManaged: groups(person('Success_Manager', 'ann'), person('Success_Manager', 'bob')),
    managed: groups(group('Success_Manager', 'ann', 2), group('Success_Manager', null, 3)),
    engineered: groups(group('Sales_Engineer', 'eve', 1), group('Sales_Engineer', null, 4)),
    promised: groups(hours('ann', 40, 12), hours('eve', 8, 10), hours(null, 5, null)),
    ...changes,
  };
  const edges = runs.map((node) => ({ node }));
  return { uiapi: { query: { PilotSyncRun__c: { edges } }, aggregate } };
}

async function openWith(data: unknown): Promise<Shown> {
  const element = show('c-pilot-capacity', PilotCapacity, {});
  wire.emit(data);
  await settle();
  return element;
}

/** Cells of each person, without the heads that only a phone shows. */
const rowsOf = (element: Shown): string[][] =>
  [...element.shadowRoot.querySelectorAll('[data-id="load"]')].map((row) =>
    [...row.children].map((cell) =>
      [...cell.childNodes]
        .filter((node) => (node as HTMLElement).className !== 'what')
        .map((node) => node.textContent)
        .join('')
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  );

holdClock();

describe('c-pilot-capacity', () => {
  it('waits with a named spinner', async () => {
    const element = show('c-pilot-capacity', PilotCapacity, {});
    expect(element.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows who runs how much, the fullest first, and who is free', async () => {
    const element = await openWith(answer());
    expect(rowsOf(element)).toEqual([
      ['Ann Lee', '2 of 2 full', '0', '40 h', '12 h'],
      ['Bob Ray', '0 of 2 2 free', '0', 'none entered', 'none entered'],
      ['Eve Sun', '0', '1', '8 h', '10 h, 2 h more than promised'],
    ]);
    expect(texts(element, 'next')).toEqual(['Can take the next one: Bob Ray (0 of 2).']);
    expect(texts(element, 'policy')[0]).toBe(
      'At most 2 live pilots per success manager. One more is refused, except from people who may exceed capacity. Policy as the sync read it on Tue 17 Nov.',
    );
    await expect(element).toBeAccessible();
  });

  it('tells what no person answers for, and whose pilots are counted', async () => {
    const element = await openWith(answer());
    expect(texts(element, 'unmanaged')).toEqual(['Live pilots without a success manager: 3.']);
    expect(texts(element, 'unowned')).toEqual([
      'Hours that no person answers for: promised 5 h, spent not recorded.',
    ]);
    expect(texts(element, 'scope')[0]).toContain('the pilots that you may read');
  });

  it('says how many are over, and that one more is only shown where the policy warns', async () => {
    const managed = groups(group('Success_Manager', 'ann', 4), group('Success_Manager', 'bob', 2));
    const element = await openWith(answer({ managed }, [run(2, 'Warn')]));
    expect(rowsOf(element).map(([, text]) => text)).toEqual(['4 of 2 2 over', '2 of 2 full', '0']);
    expect(texts(element, 'next')).toEqual([
      'No success manager is free: close a pilot first, or name somebody new.',
    ]);
    expect(texts(element, 'policy')[0]).toContain('not refused, only shown here');
  });

  it('takes the limit of the last run that came so far as to read it', async () => {
    const broken = { Id: 'broken', Capacity_Per_Manager__c: { value: null } };
    const element = await openWith(answer({}, [broken, run(3, 'Warn'), run(9, 'Block')]));
    expect(rowsOf(element)[0]!.slice(0, 2)).toEqual(['Ann Lee', '2 of 3 1 free']);
  });

  it('counts without a limit where none is known', async () => {
    const element = await openWith(answer({}, []));
    expect(rowsOf(element)[0]!.slice(0, 2)).toEqual(['Ann Lee', '2']);
    expect(texts(element, 'policy')).toEqual(['No limit is shown: managers see it once the sync has run.']);
    expect(find(element, 'next')).toBeNull();
  });

  it('says that nobody is named yet', async () => {
    const none = { everManaged: groups(), managed: groups(), engineered: groups(), promised: groups() };
    const element = await openWith(answer(none));
    expect(texts(element, 'nobody')).toHaveLength(1);
    expect(find(element, 'load')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('tells when there are more people than one answer holds', async () => {
    const managed = { ...groups(group('Success_Manager', 'ann', 1)), pageInfo: { hasNextPage: true } };
    expect(texts(await openWith(answer({ managed })), 'cut')[0]).toContain(
      'more people than one answer holds',
    );
  });

  it('shows nothing of what the reader may not see, and no way to try again', async () => {
    const element = await openWith(answer({ promised: null }));
    const panel = element.shadowRoot.querySelector('c-pilot-error-panel') as Shown;
    expect(panel.shadowRoot.textContent).toContain('permission set Pilot Rep');
    expect(find(element, 'load')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('keeps the table when a later read fails', async () => {
    const element = await openWith(answer());
    wire.emitErrors([{ status: 503 }]);
    await settle();
    const panel = element.shadowRoot.querySelector('c-pilot-error-panel') as Shown;
    expect(panel.shadowRoot.textContent).toContain('Salesforce is busy');
    expect(rowsOf(element)).toHaveLength(3);
  });
});
