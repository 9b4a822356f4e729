import { graphql } from 'lightning/graphql';
import PilotNetwork from 'c/pilotNetwork';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';
import { person, SMALL, someNetwork } from './someNetwork';

interface Wire {
  emit(data: unknown, filter?: (config: Config) => boolean): void;
  emitErrors(errors: unknown, filter?: (config: Config) => boolean): void;
}
interface Config {
  /** Absent until the wire is asked for the first time. */
  readonly variables?: Readonly<Record<string, unknown>>;
}
const wire = graphql as unknown as Wire;
const isPilot = ({ variables }: Config): boolean => 'pilotId' in (variables ?? {});
const isNames = ({ variables }: Config): boolean => 'contactIds' in (variables ?? {});
const PILOT = 'a01000000000001AAA';

function answerOf(fields: Readonly<Record<string, unknown>>): unknown {
  const values = Object.entries(fields).map(([name, value]) => [name, { value }]);
  const edges = [{ node: { Id: PILOT, ...Object.fromEntries(values) } }];
  return { uiapi: { query: { Pilot__c: { edges } } } };
}

async function open(properties: object = {}): Promise<Shown> {
  const element = show('c-pilot-network', PilotNetwork, { recordId: PILOT, ...properties });
  await settle();
  return element;
}

async function openWith(
  network: Parameters<typeof someNetwork>[0] = {},
  fields: object = {},
  properties: object = {},
): Promise<Shown> {
  const element = await open(properties);
  wire.emit(answerOf({ Network__c: JSON.stringify(someNetwork(network)), ...fields }), isPilot);
  await settle();
  return element;
}

holdClock();

describe('c-pilot-network', () => {
  it('waits with a named spinner', async () => {
    const element = await open();
    expect(element.shadowRoot.querySelector('lightning-spinner')!.alternativeText).toBe(
      'Reading how the pilot spreads',
    );
    await expect(element).toBeAccessible();
  });

  it('says stage, reasons, next move and how current they are', async () => {
    const element = await openWith(SMALL, { Usage_Complete_To__c: '2026-11-16' });
    expect(texts(element, 'stage')).toEqual(['Stage 3 of 6 since 28 Oct: more groups follow']);
    expect(texts(element, 'reason')).toEqual([
      'Groups that keep using it: 3 of 5',
      'Groups of the account that pay: 1',
    ]);
    expect(texts(element, 'move-text')).toEqual(['Ask IT which policy it needs, before somebody else does.']);
    expect(texts(element, 'usage-to')).toEqual(['Usage to 16 Nov']);
    await expect(element).toBeAccessible();
  });

  it('says why not to move yet instead of the next move', async () => {
    const { stage } = someNetwork();
    const notYet = { code: 'FEW_GROUPS_LAST', values: { groups: 1, needed: 3 } } as const;
    const element = await openWith({ stage: { ...stage, notYet } });
    expect(texts(element, 'move')).toEqual([expect.stringMatching(/^Do not move yet: .*\b3\b/)]);
  });

  it('says spread in numbers, attempts at gated features among them', async () => {
    const element = await openWith({}, { Restriction__c: 'Features', Gated_Features__c: 'Export, SSO' });
    expect(texts(element, 'number')).toContainEqual(
      expect.stringMatching(/^Attempts at gated features: 31 /),
    );
    expect(texts(element, 'gated')).toEqual(['Kept back until conversion: Export, SSO']);
  });

  it('does not speak of features kept back where users are', async () => {
    const element = await openWith({}, { Restriction__c: 'Users', Gated_Features__c: 'Export, SSO' });
    expect(find(element, 'gated')).toBeNull();
  });

  it('lists champions with their reach, and names those whose Contact may be seen', async () => {
    const element = await openWith();
    expect(texts(element, 'champion')[0]).toContain('Person aaaaa1');
    expect(texts(element, 'reach')[0]).toBe('brought in 14: 6 directly, 5 through one other, 3 through more');
    const contact = { Id: '003000000000002AAA', Name: { value: 'Priya Shah' } };
    wire.emit({ uiapi: { query: { Contact: { edges: [{ node: contact }] } } } }, isNames);
    await settle();
    expect(texts(element, 'champion')[0]).toContain('Priya Shah');
    const tree = element.shadowRoot.querySelector<HTMLElement & { names: ReadonlyMap<string, string> }>(
      'c-pilot-invitations',
    )!;
    expect([...tree.names]).toEqual([[person(1), 'Priya Shah']]);
  });

  it('stays whole when the champions’ Contacts may not be seen', async () => {
    const element = await openWith();
    wire.emitErrors([{ message: 'no', extensions: { ErrorType: 'ValidationError' } }], isNames);
    await settle();
    expect(element.shadowRoot.querySelector('c-pilot-error-panel')).toBeNull();
    expect(texts(element, 'champion')).toHaveLength(2);
  });

  it('never says that there were no invitations where the data name no inviters', async () => {
    const element = await openWith({ invitations: null, champions: [], tree: { nodes: [], more: 0 } });
    expect(texts(element, 'number')).toContain('The usage data name no inviters');
    expect(find(element, 'champion')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it.each([
    ['nothing is stored yet', null, /^Nothing is known yet/],
    ['it comes from another version', JSON.stringify({ ...someNetwork(), version: 2 }), /another version/],
    ['it is damaged', '{', /cannot be read/],
  ])('draws nothing and says so where %s', async (_name, Network__c, text) => {
    const element = await open();
    wire.emit(answerOf({ Network__c }), isPilot);
    await settle();
    expect(texts(element, 'empty')[0]).toMatch(text);
    expect(find(element, 'stage')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('leaves out the tree where the page’s owner asks for it, and its card inside the panel', async () => {
    const element = await openWith({}, {}, { hideTree: true, isPart: true });
    expect(element.shadowRoot.querySelector('c-pilot-invitations')).toBeNull();
    expect(element.shadowRoot.querySelector('.slds-card, h2')).toBeNull();
  });

  it('keeps the last answer when a later one fails, and drops it when the right to see it is gone', async () => {
    const element = await openWith();
    wire.emitErrors([{ status: 503 }], isPilot);
    await settle();
    expect(element.shadowRoot.querySelector('c-pilot-error-panel')).not.toBeNull();
    expect(texts(element, 'stage')).toHaveLength(1);
    wire.emit({ uiapi: { query: { Pilot__c: { edges: [] } } } }, isPilot);
    await settle();
    expect(texts(element, 'stage')).toHaveLength(0);
  });
});
