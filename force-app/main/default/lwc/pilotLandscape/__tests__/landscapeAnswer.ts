// An account's answer, for the tests of the landscape.
import { someNetwork } from '../../pilotNetwork/__tests__/someNetwork';
import { pilotNode } from '../../pilotRecord/__tests__/pilotAnswer';

type Values = Readonly<Record<string, unknown>>;

export const DEAL = '006000000000001AAA';

/** A live pilot of Sales Ops, judged on track, with other values where given; `undefined` hides a field. */
export function landscapeNode(values: Values = {}): Values {
  return pilotNode({
    Opportunity__c: DEAL,
    Opportunity__r: { IsWon: false, IsClosed: false, CloseDate: '2026-12-20' },
    Health__c: 'On track',
    Health_Now__c: 'On track',
    Signals__c: JSON.stringify({ version: 1, signals: [], toTidy: [], note: null }),
    Active_Users_7d__c: 12,
    Annual_Value__c: null,
    Outcome__c: null,
    Decided_On__c: null,
    Rival_Tool__c: null,
    Adoption_Stage__c: null,
    ...values,
  });
}

/** A pilot that is over; `Converted` unless another outcome is given. */
export function closedNode(values: Values = {}): Values {
  return landscapeNode({
    Is_Live__c: false,
    Status__c: 'Closed',
    Outcome__c: 'Converted',
    Decided_On__c: '2026-09-30',
    ...values,
  });
}

/** An id of the pilot with this number. */
export function pilotId(number: number): string {
  return `a01${String(number).padStart(12, '0')}AAA`;
}

/** `Network__c` in which these departments have so many active people. */
export function networkText(active: Readonly<Record<string, number>>): string {
  const one = someNetwork().departments[0]!;
  const departments = Object.entries(active).map(([name, count]) => ({ ...one, name, active: count }));
  return JSON.stringify(someNetwork({ departments, tree: { nodes: [], more: 0 } }));
}

interface Rest {
  readonly totalCount?: number;
  /** Of the pilots with these ids. */
  readonly networks?: Readonly<Record<string, string>>;
  readonly deals?: readonly Values[];
}

/** `data` of the wire. */
export function landscapeAnswer(nodes: readonly Values[], rest: Rest = {}): Values {
  const { totalCount = nodes.length, networks = {}, deals = [] } = rest;
  const edges = (list: readonly Values[]): Values => ({ edges: list.map((node) => ({ node })) });
  const networkNodes = Object.entries(networks).map(([Id, value]) => ({ Id, Network__c: { value } }));
  const query = {
    Pilot__c: { totalCount, ...edges(nodes) },
    networks: edges(networkNodes),
    Opportunity: edges(deals),
  };
  return { uiapi: { query } };
}
