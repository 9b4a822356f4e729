import { graphql } from 'lightning/graphql';
import PilotDecision from 'c/pilotDecision';
import { decide, difference, extend, holdReadout, reverse } from '../decisionPlan';
import type { Decision, DecisionFacts } from '../decisionPlan';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';

const wire = graphql as unknown as { emit(data: unknown): void; emitErrors(errors: unknown): void };
const term = (id: string, status: string) => {
  return {
    id,
    name: id,
    status,
    annual: 500,
    once: 75,
    validTo: '2027-01-03',
    invokedOn: null,
    lastModified: '1',
  };
};
const FACTS: DecisionFacts = {
  pilot: {
    id: 'p',
    lastModified: '1',
    fields: { Status__c: 'Active', End_Date__c: '2026-11-27', Readout_Date__c: '2026-12-18' },
  },
  deal: {
    id: 'd',
    isClosed: false,
    isWon: false,
    closeDate: null,
    amount: 100,
    hasProducts: false,
    lastModified: '1',
  },
  terms: [term('t', 'Agreed'), term('draft', 'Draft')],
};
const CONVERTED: Decision = {
  outcome: 'Converted',
  reason: 'Price',
  date: '2026-11-17',
  notes: null,
  otherAmount: null,
};

describe('decide', () => {
  it('writes terms, then pilot, then deal', () => {
    const changes = decide(FACTS, CONVERTED, 'Other');
    expect(changes.map(({ object, id }) => [object, id])).toEqual([
      ['ConversionTerm__c', 't'],
      ['Pilot__c', 'p'],
      ['Opportunity', 'd'],
    ]);
    expect(changes[2]!.fields).toEqual({ Amount: 575 });
    expect(Object.keys(changes[1]!.fields)).not.toContain('StageName');
  });

  it.each([{ isClosed: true }, { hasProducts: true }, { amount: 575 }])(
    'leaves the deal alone with %o',
    (change) => {
      const changes = decide({ ...FACTS, deal: { ...FACTS.deal, ...change } }, CONVERTED, 'Other');
      expect(changes.map(({ object }) => object)).not.toContain('Opportunity');
    },
  );

  it('is put back in the opposite order with the old values', () => {
    const changes = reverse(decide(FACTS, CONVERTED, 'Other'), {});
    expect(changes.map(({ alias }) => alias)).toEqual(['deal', 'pilot', 'term1']);
    expect(changes[0]!.fields).toEqual({ Amount: 100 });
    expect(changes[1]!.fields).toMatchObject({ Status__c: 'Active', Outcome__c: null });
    expect(changes[2]!.fields).toEqual({ Status__c: 'Agreed', Invoked_On__c: null });
  });
});

it('an extension moves only the dates that would come before the new end', () => {
  expect(extend(FACTS, '2026-12-11', 'why')[0]!.fields).toMatchObject({
    Readout_Date__c: '2026-12-18',
    Decision_Date__c: null,
  });
  expect(extend(FACTS, '2026-12-22', 'why')[0]!.fields).toMatchObject({ Readout_Date__c: '2026-12-25' });
  const fields = { ...FACTS.pilot.fields, Holiday_Region__c: 'DE' };
  expect(
    extend({ ...FACTS, pilot: { ...FACTS.pilot, fields } }, '2026-12-22', 'why')[0]!.fields,
  ).toMatchObject({ Readout_Date__c: '2026-12-28' });
});

it('a readout before the end leaves its planned day, which the org would refuse to move', () => {
  expect(holdReadout(FACTS, '2026-11-17', '2026-12-20')[0]!.fields).toEqual({
    Status__c: 'In Review',
    Decision_Date__c: '2026-12-20',
  });
});

it('tells the difference in percent, and none where nothing was agreed', () => {
  expect(difference(575, 520)).toBe(-9.6);
  expect(difference(0, 520)).toBeNull();
});

const pilotNode = (fields: object, deal: object = {}) => ({
  uiapi: {
    query: {
      Pilot__c: {
        edges: [
          {
            node: {
              Id: 'p',
              Status__c: { value: 'Active' },
              ...fields,
              Opportunity__r: { Id: 'd', IsClosed: { value: false }, ...deal },
              Conversion_Terms__r: { edges: [] },
            },
          },
        ],
      },
    },
  },
});

describe('c-pilot-decision', () => {
  holdClock();
  beforeEach(() => window.sessionStorage.clear());
  const open = () => show('c-pilot-decision', PilotDecision, { pilotId: 'p' });

  it('waits, then offers the readout of a running pilot', async () => {
    const element = open();
    await expect(element).toBeAccessible();
    wire.emit(pilotNode({}));
    await settle();
    expect(texts(element, 'preview')[0]).toContain('The pilot is in review');
    await expect(element).toBeAccessible();
  });

  it('asks one thing of a deal that is already won', async () => {
    const element = open();
    wire.emit(
      pilotNode(
        {},
        { IsClosed: { value: true }, IsWon: { value: true }, CloseDate: { value: '2026-11-12' } },
      ),
    );
    await settle();
    expect(element.shadowRoot.textContent).toContain('Closed Won on 12 Nov: record the pilot as converted?');
    expect(find(element, 'record-closed')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('offers nothing to decide twice', async () => {
    const element = open();
    wire.emit(pilotNode({ Status__c: { value: 'Closed' } }));
    await settle();
    expect(texts(element, 'decided')).toEqual(['This pilot is decided.']);
    expect(find(element, 'save')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('says that it cannot be read', async () => {
    const element = open();
    wire.emitErrors([{ status: 503 }]);
    await settle();
    expect(texts(element, 'load-error')).toHaveLength(1);
    await expect(element).toBeAccessible();
  });
});
