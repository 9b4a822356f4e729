// The answer, read once. What the reader may not see is in no number; what nobody entered is null, never zero.
import { isNode, nodesOf, numberOf, parentText, queryNodes, textOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';

export interface CapacityPolicy {
  /** Live pilots per success manager. */
  readonly limit: number;
  readonly isBlocking: boolean;
  /** When the sync read it, as an instant. */
  readonly readAt: string | null;
}

export interface Hours {
  /** Null where nobody entered any. */
  readonly promised: number | null;
  readonly spent: number | null;
}

export interface PersonLoad {
  readonly id: string;
  readonly name: string;
  /** Runs or ran a pilot as success manager, and is still active. */
  readonly isManager: boolean;
  /** Live pilots. */
  readonly managed: number;
  readonly engineered: number;
  readonly hours: Hours;
}

export interface Capacity {
  /** Null where no run tells it, or the reader may not see the runs. */
  readonly policy: CapacityPolicy | null;
  readonly people: readonly PersonLoad[];
  /** Live pilots without a success manager. */
  readonly unmanaged: number;
  /** Of our commitments that name no owner. */
  readonly unowned: Hours;
  /** There are more groups than one answer holds. */
  readonly isCut: boolean;
}

type Draft = { -readonly [Key in keyof PersonLoad]: PersonLoad[Key] };

const NO_HOURS: Hours = { promised: null, spent: null };

/** Reads `data.uiapi`; null when the answer lacks one of its lists. */
export function readCapacity(data: unknown): Capacity | null {
  const groups = ['everManaged', 'managed', 'engineered', 'promised'].map((name) => groupsOf(data, name));
  const runs = queryNodes(data, 'PilotSyncRun__c');
  if (runs === null || groups.some((list) => list === null)) return null;
  const [ever, managed, engineered, promised] = groups as Groups[];
  const people = new Map<string, Draft>();
  for (const node of ever!.nodes) change(people, node, 'Success_Manager', { isManager: true });
  for (const node of managed!.nodes)
    change(people, node, 'Success_Manager', { isManager: true, managed: countOf(node) });
  for (const node of engineered!.nodes) change(people, node, 'Sales_Engineer', { engineered: countOf(node) });
  for (const node of promised!.nodes) change(people, node, 'Owner_User', { hours: hoursOf(node) });
  const nobody = (list: Groups, lookup: string): GraphqlNode | undefined =>
    list.nodes.find((node) => textOf(node, `${lookup}__c`) === null);
  const unmanaged = nobody(managed!, 'Success_Manager');
  const unowned = nobody(promised!, 'Owner_User');
  return {
    policy: policyOf(runs),
    // Who only once ran a pilot and has neither pilots nor hours now is listed too: that person is free.
    people: [...people.values()].filter((one) => one.isManager || one.engineered > 0 || hasHours(one)),
    unmanaged: unmanaged ? countOf(unmanaged) : 0,
    unowned: unowned ? hoursOf(unowned) : NO_HOURS,
    isCut: (groups as Groups[]).some((list) => list.isCut),
  };
}

interface Groups {
  readonly nodes: readonly GraphqlNode[];
  readonly isCut: boolean;
}

function groupsOf(data: unknown, name: string): Groups | null {
  const uiapi = isNode(data) ? data['uiapi'] : undefined;
  const all = isNode(uiapi) ? uiapi['aggregate'] : undefined;
  const list = isNode(all) ? all[name] : undefined;
  const nodes = nodesOf(list)?.map(({ aggregate }) => aggregate);
  if (!isNode(list) || !nodes) return null;
  const page = list['pageInfo'];
  return { nodes: nodes.filter(isNode), isCut: isNode(page) && page['hasNextPage'] === true };
}

function change(
  people: Map<string, Draft>,
  node: GraphqlNode,
  lookup: string,
  changes: Partial<Draft>,
): void {
  const id = textOf(node, `${lookup}__c`);
  if (id === null) return;
  const name = parentText(node, `${lookup}__r`, 'Name') ?? id;
  const before = people.get(id) ?? {
    id,
    name,
    isManager: false,
    managed: 0,
    engineered: 0,
    hours: NO_HOURS,
  };
  people.set(id, { ...before, ...changes });
}

function countOf(node: GraphqlNode): number {
  return calculated(node, 'Id', 'count') ?? 0;
}

function hoursOf(node: GraphqlNode): Hours {
  return { promised: sumOf(node, 'Hours__c'), spent: sumOf(node, 'Hours_Spent__c') };
}

/** A sum over nothing says nothing. */
function sumOf(node: GraphqlNode, field: string): number | null {
  return calculated(node, field, 'count') === 0 ? null : calculated(node, field, 'sum');
}

function calculated(node: GraphqlNode, field: string, fn: 'count' | 'sum'): number | null {
  const held = node[field];
  return isNode(held) ? numberOf(held, fn) : null;
}

function hasHours({ hours }: PersonLoad): boolean {
  return hours.promised !== null || hours.spent !== null;
}

/** Of the last run that came so far as to read it; runs come newest first. */
function policyOf(runs: readonly GraphqlNode[]): CapacityPolicy | null {
  const run = runs.find((one) => numberOf(one, 'Capacity_Per_Manager__c') !== null);
  const limit = run ? numberOf(run, 'Capacity_Per_Manager__c') : null;
  if (!run || limit === null) return null;
  const isBlocking = textOf(run, 'Capacity_Mode__c') === 'Block';
  return { limit, isBlocking, readAt: textOf(run, 'Finished_At__c') };
}
