import { graphql } from 'lightning/graphql';
import PilotLearning from 'c/pilotLearning';
import { find, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

type Values = Readonly<Record<string, unknown>>;
const wire = graphql as unknown as {
  emit(data: unknown): void;
  emitErrors(errors: unknown): void;
};

const ENDED = {
  Outcome__c: { value: 'Converted', label: 'Converted' },
  Converted__c: { value: 1 },
  Structured_At_Start__c: { value: true },
  Type__c: { value: 'Pilot', label: 'Pilot (label)' },
  Template_Name__c: { value: 'SaaS adoption' },
  Purpose__c: { value: null, label: null },
  Commitment_Level__c: { value: 'Funded', label: 'Funded' },
  Extension_Count__c: { value: null },
  Amendments__c: { value: null },
  Days_To_First_Value__c: { value: 3 },
  Active_Departments__c: { value: 4 },
  Signals__c: { value: null },
};
const SIGNAL = { code: 'NO_USAGE', state: 'Stalled', since: '2026-11-03', values: {}, owner: 'rep' };
const LOST = {
  Outcome__c: { value: 'No decision', label: 'No decision' },
  Converted__c: { value: 0 },
  Structured_At_Start__c: { value: false },
  Signals__c: { value: JSON.stringify({ version: 1, signals: [SIGNAL], toTidy: [], note: null }) },
};
const DECLINED = { Outcome__c: { value: 'Declined', label: 'Declined' }, Converted__c: { value: null } };

const errorOf = (element: Shown) => element.shadowRoot.querySelector<Shown>('c-pilot-error-panel')!;
const some = (count: number, more: Values = {}): Values[] =>
  Array.from({ length: count }, () => ({ ...ENDED, ...more }));

function answer(nodes: readonly Values[], totalCount = nodes.length): Values {
  const edges = nodes.map((node, index) => ({ node: { Id: `a01${index}`, ...node } }));
  return { uiapi: { query: { Pilot__c: { totalCount, edges } } } };
}

async function showWith(data: unknown): Promise<Shown> {
  const element = show('c-pilot-learning', PilotLearning, {});
  wire.emit(data);
  await settle();
  return element;
}

/** Names, counts and rates of one table, row by row. */
function rowsOf(element: Shown, id: string): string[] {
  const table = element.shadowRoot.querySelector(`[data-table="${id}"]`)!;
  return [...table.querySelectorAll('[data-id="row"]')].map((row) =>
    [...row.querySelectorAll('[data-id]')]
      .map((cell) => cell.textContent!.trim())
      .filter((text) => text !== '')
      .join(' '),
  );
}

afterEach(() => document.body.replaceChildren());

describe('c-pilot-learning', () => {
  it('waits with a named spinner', async () => {
    const element = show('c-pilot-learning', PilotLearning, {});
    expect(element.shadowRoot.querySelector('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says that no pilot has been closed, which is no failure and no rate', async () => {
    const element = await showWith(answer([]));
    expect(texts(element, 'empty')[0]).toMatch(/^No pilot has been closed yet\./);
    expect(find(element, 'row')).toBeNull();
    expect(find(element, 'summary')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('gives counts and nowhere a rate below eight pilots', async () => {
    const element = await showWith(answer([...some(4), ...some(3, LOST), ...some(9, DECLINED)]));
    expect(texts(element, 'summary')).toEqual([
      '4 of 7 decided pilots converted. Fewer than 8 are too few for a rate.',
    ]);
    expect(texts(element, 'left-out')).toEqual([
      'In no rate, because nothing was decided about the product: Declined 9.',
    ]);
    expect(new Set(texts(element, 'rate'))).toEqual(new Set(['fewer than 8, no rate']));
    expect(find(element, 'plot')).toBeNull();
    const rows = ['type', 'template', 'losses'].flatMap((id) => rowsOf(element, id));
    expect(rows.filter((row) => row.includes('%'))).toEqual([]);
    expect(rows).toContain('Pilot (label) 4 of 7 fewer than 8, no rate');
    await expect(element).toBeAccessible();
  });

  it('shows rates with their interval, drawn and in words, in the words of the org', async () => {
    const element = await showWith(
      answer([...some(6), ...some(2, LOST), ...some(1, { ...LOST, Type__c: null })]),
    );
    expect(texts(element, 'summary')).toEqual(['6 of 9 decided pilots converted: 67 % (35 to 88 %).']);
    expect(rowsOf(element, 'structured')).toEqual([
      'Structured 6 of 6 fewer than 8, no rate',
      'Not structured 0 of 3 fewer than 8, no rate',
    ]);
    expect(rowsOf(element, 'type')).toEqual([
      'Pilot (label) 6 of 8 75 % (41 to 93 %)',
      'Not known 0 of 1 fewer than 8, no rate',
    ]);
    expect(rowsOf(element, 'extensions')).toEqual(['None 6 of 9 67 % (35 to 88 %)']);
    expect(rowsOf(element, 'firstValue')).toEqual(['In the first week 6 of 9 67 % (35 to 88 %)']);
    expect(rowsOf(element, 'losses')).toEqual(['No usage 3 of 3 fewer than 8, no rate']);
    const dot = element.shadowRoot.querySelector('[data-table="type"] circle')!;
    expect(dot.getAttribute('cx')).toBe('75.0%');
    await expect(element).toBeAccessible();
  });

  it('knows nothing of a field that the reader may not see', async () => {
    const hidden = { ...ENDED, Extension_Count__c: undefined, Amendments__c: undefined };
    const nodes = some(1).map(() =>
      Object.fromEntries(Object.entries(hidden).filter(([, value]) => value !== undefined)),
    );
    const element = await showWith(answer(nodes));
    expect(rowsOf(element, 'extensions')).toEqual(['Not known 1 of 1 fewer than 8, no rate']);
    expect(rowsOf(element, 'amendments')).toEqual(['Not known 1 of 1 fewer than 8, no rate']);
  });

  it('says where only the last of many were read', async () => {
    const element = await showWith(answer(some(9), 2500));
    expect(texts(element, 'bounded')).toEqual([
      'These are the 9 of 2,500 closed pilots that were planned last.',
    ]);
  });

  it('names the permission set to somebody who may not see pilots', async () => {
    const element = await showWith({ uiapi: { query: {} } });
    expect(texts(errorOf(element), 'error')[0]).toContain('permission set Pilot Rep');
    expect(find(errorOf(element), 'retry')).toBeNull();
    expect(find(element, 'summary')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says what failed, shows no stale numbers, and offers to try again', async () => {
    const element = await showWith(answer(some(9)));
    wire.emitErrors([{ message: 'The server is on fire.' }]);
    await settle();
    expect(texts(errorOf(element), 'error')[0]).toMatch(
      /^The closed pilots could not be read\..*The server is on fire\./,
    );
    expect(find(element, 'summary')).toBeNull();
    await expect(element).toBeAccessible();
  });
});
