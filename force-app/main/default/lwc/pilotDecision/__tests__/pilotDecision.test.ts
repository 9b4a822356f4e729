import { graphql } from 'lightning/graphql';
import PilotDecision from 'c/pilotDecision';
import { decisionChecks } from '../decisionChecks';
import { closedDealDecision } from '../decisionForm';
import { decide, difference, extend, holdReadout, reverse } from '../decisionPlan';
import type { Decision, DecisionFacts } from '../decisionPlan';
import { savedNotice } from '../readBack';
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
    trigger: 'Must-haves',
    approver: 'Dana Ortiz' as string | null | undefined,
    stamp: '1',
  };
};
const FACTS: DecisionFacts = {
  pilot: {
    id: 'p',
    stamp: '1',
    counts: { criteriaCount: 4, criteriaMet: 3, mustHaves: 2, mustHavesMet: 2 },
    fields: { Status__c: 'Active', End_Date__c: '2026-11-27', Readout_Date__c: '2026-12-18' },
  },
  deal: {
    id: 'd',
    isClosed: false,
    isWon: false,
    closeDate: null,
    amount: 100,
    hasProducts: false,
    stamp: '1',
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

const say = (label: string, values: object = {}) => `${label} ${JSON.stringify(values)}`;
const withTerm = (change: object): DecisionFacts => ({
  ...FACTS,
  terms: [{ ...FACTS.terms[0]!, ...change }],
});

describe('decisionChecks', () => {
  const labels = (facts: DecisionFacts, decision = CONVERTED) =>
    decisionChecks(facts, decision, say).map(
      ({ isOpen, text }) => `${isOpen ? '!' : ' '}${text.split(' ')[0]}`,
    );
  const withCounts = (change: object): DecisionFacts => {
    return { ...FACTS, pilot: { ...FACTS.pilot, counts: { ...FACTS.pilot.counts, ...change } } };
  };

  it('finds nothing open where the conditions hold', () => {
    expect(labels(FACTS)).toEqual([
      ' Pilot_Decision_check_trigger_met',
      ' Pilot_Decision_check_price_holds',
      ' Pilot_Decision_check_approver',
    ]);
  });

  it.each([
    ['a must-have that is not met', withCounts({ mustHavesMet: 1 }), '!Pilot_Decision_check_must_haves_open'],
    ['criteria nobody may see', withCounts({ mustHavesMet: null }), '!Pilot_Decision_check_trigger_hidden'],
    [
      'no must-have at all',
      withCounts({ mustHaves: 0, mustHavesMet: 0 }),
      '!Pilot_Decision_check_must_haves_open',
    ],
    [
      'all criteria asked for, one open',
      withTerm({ trigger: 'All criteria' }),
      '!Pilot_Decision_check_all_open',
    ],
    [
      'a price that lapsed the day before',
      withTerm({ validTo: '2026-11-16' }),
      '!Pilot_Decision_check_price_lapsed',
    ],
    ['a price without a last day', withTerm({ validTo: null }), '!Pilot_Decision_check_price_none'],
    ['nobody who approves', withTerm({ approver: null }), '!Pilot_Decision_check_approver_none'],
    [
      'an approver one may not see',
      withTerm({ approver: undefined }),
      '!Pilot_Decision_check_approver_hidden',
    ],
  ])('names %s', (_, facts, label) => {
    expect(labels(facts).filter((text) => text.startsWith('!'))).toEqual([label]);
  });

  it('takes the last day of the price as still valid, and asks nothing of another outcome', () => {
    expect(labels(withTerm({ validTo: '2026-11-17' }))).toContain(' Pilot_Decision_check_price_holds');
    expect(labels(FACTS, { ...CONVERTED, outcome: 'No decision' })).toEqual([]);
  });
});

describe('savedNotice', () => {
  const changes = decide(FACTS, CONVERTED, 'Other');
  const saved: DecisionFacts = {
    pilot: { ...FACTS.pilot, fields: { ...FACTS.pilot.fields, ...changes[1]!.fields } },
    deal: { ...FACTS.deal, amount: 575 },
    terms: [{ ...FACTS.terms[0]!, status: 'Invoked', invokedOn: '2026-11-17' }],
  };
  const notice = (facts: DecisionFacts) => savedNotice(facts, changes, {}, false, say);

  it('is done when all is as it was sent', () => {
    expect(notice(saved)).toBe('Pilot_Save_Done {}');
  });

  it('tells the amount that Salesforce kept', () => {
    expect(notice({ ...saved, deal: FACTS.deal })).toBe('Pilot_Decision_amount_kept {"amount":100}');
  });

  it('names a term and a pilot that hold something else, and a record that is gone', () => {
    expect(notice({ ...saved, terms: FACTS.terms })).toBe('Pilot_Decision_differs {"names":"t"}');
    expect(notice({ ...saved, terms: [] })).toContain('Pilot_Decision_differs');
    expect(notice({ ...saved, pilot: FACTS.pilot })).toContain('Pilot_Decision_the_pilot');
  });
});

describe('a deal that is closed already', () => {
  const won = (amount: number | null, terms = FACTS.terms): DecisionFacts => {
    return { ...FACTS, terms, deal: { ...FACTS.deal, isClosed: true, isWon: true, amount } };
  };

  it('is a conversion as agreed, or on other terms with what was closed', () => {
    expect(closedDealDecision(won(575), '2026-11-17')).toMatchObject({
      outcome: 'Converted',
      otherAmount: null,
    });
    expect(closedDealDecision(won(520), '2026-11-17')).toMatchObject({
      outcome: 'Converted on other terms',
      otherAmount: 520,
    });
  });

  it('makes no term without an amount where nothing was agreed', () => {
    const facts = won(null, []);
    const changes = decide(facts, closedDealDecision(facts, '2026-11-17'), 'Other');
    expect(changes.map(({ object }) => object)).toEqual(['Pilot__c']);
  });
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
