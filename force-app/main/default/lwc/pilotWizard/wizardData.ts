// What the org answers the dialog, believed field by field: what the reader may not see is null.
import { labelOf, nodesOf, numberOf, parentText, queryNodes, textOf, valueOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';
import { parseSignals } from 'c/pilotRecord';
import type { StoredSignals } from 'c/pilotRecord';
import type { Template, TemplateItem, Workspace } from './pilotPlan';

export interface Deal {
  readonly name: string | null;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly country: string | null;
  readonly ownerId: string | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
}

export interface EarlierPilot {
  readonly id: string;
  readonly name: string | null;
  readonly dealId: string | null;
  /** False when it was declined, not needed or cancelled: that shows nothing about this buyer. */
  readonly isRun: boolean;
  readonly isDecided: boolean;
  readonly isConverted: boolean;
  /** In the reader's words. */
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly decidedOn: string | null;
}

export interface AccountFacts {
  /** Null when the reader may not read contacts. */
  readonly people: readonly Person[] | null;
  readonly earlier: readonly EarlierPilot[];
  /** What the sync found likely for this account's pilots without a workspace. */
  readonly unlinked: readonly (StoredSignals | null)[];
  /** Workspaces that earlier pilots of this account used. */
  readonly workspaces: readonly Workspace[];
  /** Live pilots of the deal's owner, on all accounts. */
  readonly livePilots: number;
}

export function readDeal(data: unknown): Deal | null {
  const [node] = queryNodes(data, 'Opportunity') ?? [];
  if (!node) return null;
  return {
    name: textOf(node, 'Name'),
    accountId: textOf(node, 'AccountId'),
    ownerId: textOf(node, 'OwnerId'),
    accountName: parentText(node, 'Account', 'Name'),
    country: parentText(node, 'Account', 'BillingCountry'),
  };
}

/** The order that the template gives its items; one without a place comes last. */
function byPlace(a: GraphqlNode, b: GraphqlNode): number {
  const [first, second] = [a, b].map((item) => numberOf(item, 'Sort__c') ?? Number.MAX_VALUE);
  return first! - second!;
}

/** Templates in use that say how long they last: without weeks there is no end to derive. */
export function readTemplates(data: unknown): Template[] {
  return (queryNodes(data, 'PilotTemplate__c') ?? []).flatMap((node) => {
    const id = node['Id'];
    const weeks = numberOf(node, 'Weeks__c');
    // Hidden from the reader it would fail the query as a filter.
    const isRetired = valueOf(node, 'Active__c') === false;
    if (typeof id !== 'string' || weeks === null || isRetired) return [];
    return [
      {
        id,
        name: textOf(node, 'Name') ?? id,
        description: textOf(node, 'Description__c'),
        type: textOf(node, 'Type__c'),
        typeLabel: labelOf(node, 'Type__c'),
        purpose: textOf(node, 'Purpose__c'),
        weeks,
        commitmentLevel: textOf(node, 'Commitment_Level__c'),
        restriction: textOf(node, 'Restriction__c'),
        checkInDays: numberOf(node, 'Check_In_Days__c'),
        items: [...(nodesOf(node['Items__r']) ?? [])].sort(byPlace).flatMap(readItem),
      },
    ];
  });
}

export function readAccountFacts(data: unknown): AccountFacts {
  const pilots = queryNodes(data, 'earlier') ?? [];
  return {
    people: queryNodes(data, 'Contact')?.flatMap(readPerson) ?? null,
    earlier: pilots.map(readEarlier),
    workspaces: distinct(
      pilots.flatMap((node) => (nodesOf(node['Usage_Keys__r']) ?? []).flatMap(readWorkspace)),
    ),
    unlinked: (queryNodes(data, 'unlinked') ?? []).map((node) => parseSignals(textOf(node, 'Signals__c'))),
    livePilots: (queryNodes(data, 'live') ?? []).length,
  };
}

export function pilotsOfDeal(facts: AccountFacts | undefined, deal: string): EarlierPilot[] {
  return facts?.earlier.filter(({ dealId }) => dealId === deal) ?? [];
}

function readEarlier(node: GraphqlNode): EarlierPilot {
  const outcome = textOf(node, 'Outcome__c') ?? '';
  return {
    id: String(node['Id']),
    name: textOf(node, 'Name'),
    dealId: textOf(node, 'Opportunity__c'),
    isRun: !['Declined', 'Not needed', 'Cancelled'].includes(outcome),
    isDecided: textOf(node, 'Status__c') === 'Closed',
    isConverted: outcome.startsWith('Converted'),
    outcome: labelOf(node, 'Outcome__c'),
    reason: labelOf(node, 'Outcome_Reason__c'),
    decidedOn: textOf(node, 'Decided_On__c'),
  };
}

function readItem(node: GraphqlNode): TemplateItem[] {
  const item = textOf(node, 'Item__c');
  const name = textOf(node, 'Name');
  if (name === null || (item !== 'Criterion' && item !== 'Term' && item !== 'Commitment')) return [];
  return [
    {
      name,
      item,
      kind: textOf(node, 'Kind__c'),
      isMustHave: valueOf(node, 'Must_Have__c') === true,
      direction: textOf(node, 'Direction__c'),
      target: numberOf(node, 'Target__c'),
      unit: textOf(node, 'Unit__c'),
      metric: textOf(node, 'Metric__c'),
      window: textOf(node, 'Window__c'),
      party: textOf(node, 'Party__c'),
      dueDay: numberOf(node, 'Due_Day__c'),
      amount: numberOf(node, 'Amount__c'),
      billing: textOf(node, 'Billing__c'),
      months: numberOf(node, 'Months__c'),
      days: numberOf(node, 'Days__c'),
    },
  ];
}

function readPerson(node: GraphqlNode): Person[] {
  const id = node['Id'];
  return typeof id === 'string'
    ? [{ id, name: textOf(node, 'Name') ?? id, title: textOf(node, 'Title') }]
    : [];
}

function readWorkspace(node: GraphqlNode): Workspace[] {
  const [source, key] = [textOf(node, 'Source__c'), textOf(node, 'Key__c')];
  return source !== null && key !== null ? [{ source, key }] : [];
}

function distinct(workspaces: readonly Workspace[]): Workspace[] {
  return workspaces.filter(
    (one, index) =>
      workspaces.findIndex(({ source, key }) => source === one.source && key === one.key) === index,
  );
}
