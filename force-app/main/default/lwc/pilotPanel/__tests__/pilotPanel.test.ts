import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import PilotPanel from 'c/pilotPanel';
import {
  answerFor,
  answerOf,
  criterionNode,
  detailsAnswer,
  pilotNode,
} from '../../pilotRecord/__tests__/pilotAnswer';

type Shown = HTMLElement & { shadowRoot: ShadowRoot };
interface Wire {
  emit(data: unknown, filter?: unknown, refresh?: () => Promise<void>): void;
  emitErrors(errors: unknown, filter?: unknown, refresh?: () => Promise<void>): void;
  getLastConfig(): { variables: Record<string, unknown> };
}
const both = graphql as unknown as Wire;
type Config = { variables?: Record<string, unknown> };
const isOfDeal = ({ variables }: Config): boolean => 'dealId' in (variables ?? {});
const isOfPilot = ({ variables }: Config): boolean => 'pilotId' in (variables ?? {});
/** The first wire, of the deal's pilots. */
const wire = {
  emit: (data: unknown, _filter?: unknown, refresh?: () => Promise<void>) =>
    both.emit(data, isOfDeal, refresh),
  emitErrors: (errors: unknown, _filter?: unknown, refresh?: () => Promise<void>) =>
    both.emitErrors(errors, isOfDeal, refresh),
};

/** Waits until the wires have their questions. */
async function show(properties = {}): Promise<Shown> {
  const element = createElement('c-pilot-panel', { is: PilotPanel });
  Object.assign(element, { recordId: '006000000000001AAA', ...properties });
  document.body.appendChild(element);
  await settle();
  return element as Shown;
}
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};
const find = (element: Shown, selector: string) => element.shadowRoot.querySelector<Shown>(selector);
const headline = (element: Shown) =>
  find(find(element, 'c-pilot-header')!, '[data-id="headline"]')!.textContent;

afterEach(() => document.body.replaceChildren());

describe('c-pilot-panel', () => {
  it('waits for the answer with a named spinner', async () => {
    const element = await show();
    expect(
      (find(element, 'lightning-spinner') as unknown as { alternativeText: string }).alternativeText,
    ).toBe('Reading the pilot');
    await expect(element).toBeAccessible();
  });

  it('asks for the long texts and the people of the pilot it shows', async () => {
    await show();
    await settle();
    expect(both.getLastConfig().variables).toEqual({ pilotId: undefined, accountId: undefined });
    wire.emit(answerOf(pilotNode()));
    await settle();
    expect(both.getLastConfig().variables).toEqual({
      pilotId: 'a01000000000001AAA',
      accountId: '001000000000001AAA',
    });
  });

  it('shows the pilot with its criteria', async () => {
    const element = await show();
    wire.emit(answerOf(pilotNode({}, [criterionNode()])));
    await settle();
    expect(find(element, 'lightning-spinner')).toBeNull();
    expect(headline(element)).toBe('Stalled since 3 Nov');
    expect(find(element, 'c-pilot-criteria')).not.toBeNull();
    expect(find(element, 'lightning-combobox')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('leaves the criteria out where the page shows them elsewhere', async () => {
    const element = await show({ hideCriteria: true });
    wire.emit(answerOf(pilotNode()));
    await settle();
    expect(find(element, 'c-pilot-criteria')).toBeNull();
  });

  it('is Unknown when the data are stale', async () => {
    const element = await show();
    wire.emit(answerOf(pilotNode({ Health_Now__c: 'Unknown' })));
    await settle();
    expect(headline(element)).toBe('Unknown since 19 Nov');
    await expect(element).toBeAccessible();
  });

  const READER = { updateable: false, fields: [{ createable: false }] };

  it('tells a reader who may not start a pilot whom to ask, and offers no button', async () => {
    const element = await show();
    wire.emit(answerFor(READER));
    await settle();
    expect(find(element, '[data-id="empty"]')!.textContent).toContain(
      'You may read pilots but not start one.',
    );
    expect((find(element, 'c-pilot-steps') as unknown as { noPlan: boolean }).noPlan).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('tells a reader who may not change the pilot so, and offers no workspace to link', async () => {
    const element = await show();
    wire.emit(answerFor(READER, pilotNode()));
    await settle();
    expect(find(element, '[data-id="read-only"]')!.textContent).toContain('not change it');
    expect(find(element, 'c-pilot-links')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says what to do on a deal without pilot', async () => {
    const element = await show();
    wire.emit(answerOf());
    await settle();
    expect(find(element, '[data-id="empty"]')!.textContent).toContain('Plan one');
    await expect(element).toBeAccessible();
  });

  it('lets the reader choose among several pilots, the live one first', async () => {
    const element = await show();
    const ended = pilotNode({
      Id: 'a01000000000002AAA',
      Name: 'POC',
      Status__c: 'Closed',
      Outcome__c: 'Not converted',
      Decided_On__c: '2026-11-12',
      Is_Live__c: false,
      Health__c: 'On track',
      Health_Now__c: 'On track',
      Signals__c: '{"version":1,"signals":[],"toTidy":[]}',
    });
    wire.emit(answerOf(ended, pilotNode()));
    await settle();
    expect(headline(element)).toBe('Stalled since 3 Nov');
    const chooser = find(element, 'lightning-combobox')!;
    expect(
      (chooser as unknown as { options: { label: string }[] }).options.map(({ label }) => label),
    ).toEqual(['POC · Closed', 'Acme: SaaS adoption · Active']);
    chooser.dispatchEvent(new CustomEvent('change', { detail: { value: 'a01000000000002AAA' } }));
    await settle();
    expect(headline(element)).toBe('Not converted on 12 Nov');
    await expect(element).toBeAccessible();
  });

  it('names the permission set to somebody without access, and shows no pilot', async () => {
    const element = await show();
    wire.emit(answerOf(pilotNode()));
    await settle();
    wire.emitErrors([
      {
        message: "Field 'Pilot__c' in type 'RecordQuery' is undefined",
        extensions: { ErrorType: 'ValidationError' },
      },
    ]);
    await settle();
    expect(find(element, '[data-id="error"]')!.textContent).toContain('permission set Pilot Rep');
    expect(find(element, 'c-pilot-header')).toBeNull();
    expect(find(element, '[data-id="error"] lightning-button')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('keeps the last answer beside the words of a failed refresh, and tries again', async () => {
    const element = await show();
    const refresh = jest.fn().mockResolvedValue(undefined);
    wire.emit(answerOf(pilotNode()), undefined, refresh);
    await settle();
    wire.emitErrors([{ status: 503, body: { message: 'Too many requests' } }], undefined, refresh);
    await settle();
    expect(find(element, '[data-id="error"]')!.textContent).toContain('Salesforce is busy');
    expect(headline(element)).toBe('Stalled since 3 Nov');
    find(element, '[data-id="error"] lightning-button')!.click();
    expect(refresh).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('reads again when its tab becomes visible, and not after it left the page', async () => {
    const element = await show();
    const refresh = jest.fn().mockResolvedValue(undefined);
    wire.emit(answerOf(pilotNode()), undefined, refresh);
    await settle();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(refresh).toHaveBeenCalledTimes(1);
    element.remove();
    document.dispatchEvent(new Event('visibilitychange'));
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('leaves out every part that the page shows elsewhere', async () => {
    const parts = ['usage', 'criteria', 'terms', 'commitments', 'check-ins'];
    const whole = await show();
    const bare = await show({
      hideUsage: true,
      hideCriteria: true,
      hideTerms: true,
      hideCommitments: true,
      hideCheckIns: true,
    });
    wire.emit(answerOf(pilotNode()));
    await settle();
    expect(parts.filter((part) => find(whole, `c-pilot-${part}`))).toEqual(parts);
    expect(parts.filter((part) => find(bare, `c-pilot-${part}`))).toEqual([]);
  });

  it('reads how a pilot spreads only when somebody asks, and names its stage before', async () => {
    const element = await show();
    wire.emit(answerOf(pilotNode({ Adoption_Stage__c: '3 More groups' })));
    await settle();
    expect(find(element, '[data-id="stage"]')!.textContent).toBe('Adoption: 3 More groups');
    expect(find(element, 'c-pilot-network')).toBeNull();
    find(element, '[data-id="network"]')!.click();
    await settle();
    const network = find(element, 'c-pilot-network') as unknown as { recordId: string; isPart: boolean };
    expect([network.recordId, network.isPart]).toEqual(['a01000000000001AAA', true]);
    find(element, '[data-id="network"]')!.click();
    await settle();
    expect(find(element, 'c-pilot-network')).toBeNull();
  });

  it.each([
    ['has no stage and keeps users small', {}, {}, false],
    ['keeps features back instead of users', { Restriction__c: 'Features' }, {}, true],
    ['is shown by another component', { Restriction__c: 'Features' }, { hideNetwork: true }, false],
  ])('offers how it spreads, or not, where a pilot %s', async (_name, values, properties, isOffered) => {
    const element = await show(properties);
    wire.emit(answerOf(pilotNode(values)));
    await settle();
    expect(find(element, '[data-id="network"]') !== null).toBe(isOffered);
  });

  it('gives the parts the details of the pilot shown, never those of another one', async () => {
    const element = await show();
    wire.emit(answerOf(pilotNode()));
    await settle();
    const usage = () =>
      (find(element, 'c-pilot-usage') as unknown as { details?: { pilotId: string } }).details;
    expect(usage()).toBeUndefined();
    both.emit(detailsAnswer({ Id: 'a01000000000009AAA' }), isOfPilot);
    await settle();
    expect(usage()).toBeUndefined();
    both.emit(detailsAnswer(), isOfPilot);
    await settle();
    expect(usage()!.pilotId).toBe('a01000000000001AAA');
    await expect(element).toBeAccessible();
  });

  it('shows the pilot although its details could not be read, and says so', async () => {
    const element = await show();
    wire.emit(answerOf(pilotNode()));
    await settle();
    both.emitErrors([{ status: 0, body: { message: 'Failed to fetch' } }], isOfPilot);
    await settle();
    expect(find(element, '[data-id="error"]')!.textContent).toContain('No connection.');
    expect(headline(element)).toBe('Stalled since 3 Nov');
    await expect(element).toBeAccessible();
  });

  it('reads both answers again after something was saved, and tells the page around it', async () => {
    const element = await show();
    const [refresh, refreshDetails] = [jest.fn(), jest.fn()];
    wire.emit(answerOf(pilotNode()), undefined, refresh);
    await settle();
    both.emit(detailsAnswer(), isOfPilot, refreshDetails);
    await settle();
    const heard = jest.fn();
    element.addEventListener('saved', heard);
    find(element, 'c-pilot-header')!.dispatchEvent(
      new CustomEvent('saved', { bubbles: true, composed: true }),
    );
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(refreshDetails).toHaveBeenCalledTimes(1);
    expect(heard).not.toHaveBeenCalled();
  });
});
