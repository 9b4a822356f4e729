// The answer about one account, read once: its pilots with what only this page needs, and deals won beside them.
import { isNode, labelOf, numberOf, queryNodes, textOf, valueOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';
import { readPilots } from 'c/pilotRecord';
import type { Pilot } from 'c/pilotRecord';
import { parseNetwork } from 'c/pilotSpread';

export interface LandscapePilot {
  readonly pilot: Pilot;
  readonly dealId: string | null;
  readonly isDealWon: boolean;
  readonly isDealClosed: boolean;
  readonly dealClosedOn: string | null;
  readonly isClosed: boolean;
  /** API value; null where none is recorded. */
  readonly outcome: string | null;
  readonly outcomeLabel: string | null;
  /** The reader may not see how pilots end: not known, not "does not pay". */
  readonly isOutcomeHidden: boolean;
  readonly decidedOn: string | null;
  readonly rivalTool: string | null;
  /** API value, which begins with the number of the stage. */
  readonly stage: string | null;
  readonly stageLabel: string | null;
}

export interface WonDeal {
  readonly id: string;
  readonly name: string;
  readonly amount: number | null;
  readonly closedOn: string | null;
}

/** A department that uses the product, as the sync saw it. */
export interface DepartmentInUse {
  readonly name: string;
  /** People active in the 28 days to `asOf`. */
  readonly active: number;
  readonly asOf: string;
}

export interface Landscape {
  /** The latest first. */
  readonly pilots: readonly LandscapePilot[];
  /** Of the account; more than were read where it has very many. */
  readonly count: number;
  readonly inUse: readonly DepartmentInUse[];
  /** Won without one of these pilots. */
  readonly deals: readonly WonDeal[];
}

/** Null when the answer has no list of pilots: the reader may not see them. */
export function readLandscape(data: unknown): Landscape | null {
  const nodes = queryNodes(data, 'Pilot__c');
  const pilots = readPilots(data);
  if (nodes === null || pilots === null) return null;
  const nodeOf = new Map(nodes.map((node) => [node['Id'], node]));
  const read = pilots.map((pilot) => landscapePilot(pilot, nodeOf.get(pilot.id) ?? {}));
  const withPilot = new Set(read.map(({ dealId }) => dealId));
  const deals = (queryNodes(data, 'Opportunity') ?? []).flatMap((node) => wonDeal(node) ?? []);
  return {
    pilots: read,
    count: Math.max(read.length, totalCount(data)),
    inUse: departmentsInUse(data, new Set(pilots.flatMap(({ id, isLive }) => (isLive ? [id] : [])))),
    deals: deals.filter(({ id }) => !withPilot.has(id)),
  };
}

function landscapePilot(pilot: Pilot, node: GraphqlNode): LandscapePilot {
  const deal = isNode(node['Opportunity__r']) ? node['Opportunity__r'] : {};
  return {
    pilot,
    dealId: textOf(node, 'Opportunity__c'),
    isDealWon: valueOf(deal, 'IsWon') === true,
    isDealClosed: valueOf(deal, 'IsClosed') === true,
    dealClosedOn: textOf(deal, 'CloseDate'),
    isClosed: textOf(node, 'Status__c') === 'Closed',
    outcome: textOf(node, 'Outcome__c'),
    outcomeLabel: labelOf(node, 'Outcome__c'),
    isOutcomeHidden: !('Outcome__c' in node),
    decidedOn: textOf(node, 'Decided_On__c'),
    rivalTool: textOf(node, 'Rival_Tool__c'),
    stage: textOf(node, 'Adoption_Stage__c'),
    stageLabel: labelOf(node, 'Adoption_Stage__c'),
  };
}

/** As live pilots saw it: after a pilot's end nobody looks any more. */
function departmentsInUse(data: unknown, live: ReadonlySet<string>): readonly DepartmentInUse[] {
  const nodes = (queryNodes(data, 'networks') ?? []).filter(({ Id }) => live.has(String(Id)));
  const networks = nodes.flatMap((node) => parseNetwork(textOf(node, 'Network__c')) ?? []);
  return networks.flatMap(({ departments, asOf }) =>
    departments.flatMap(({ name, active }) => (active > 0 ? [{ name, active, asOf }] : [])),
  );
}

function wonDeal(node: GraphqlNode): WonDeal | null {
  const id = node['Id'];
  if (typeof id !== 'string') return null;
  return {
    id,
    name: textOf(node, 'Name') ?? id,
    amount: numberOf(node, 'Amount'),
    closedOn: textOf(node, 'CloseDate'),
  };
}

function totalCount(data: unknown): number {
  return (
    (data as { uiapi: { query: { Pilot__c: { totalCount?: number } } } }).uiapi.query.Pilot__c.totalCount ?? 0
  );
}
