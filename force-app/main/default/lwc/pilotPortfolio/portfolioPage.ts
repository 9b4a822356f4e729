// A page of the answer, read once: pilots with what only a list needs beside them.
import { parentText, queryNodes, textOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';
import { readPilots } from 'c/pilotRecord';
import type { Person, Pilot } from 'c/pilotRecord';

export interface ListedPilot {
  readonly pilot: Pilot;
  readonly dealId: string | null;
  readonly closeDate: string | null;
  readonly decidedOn: string | null;
  readonly manager: Person | null;
  readonly engineer: Person | null;
}

export interface PortfolioPage {
  readonly pilots: readonly ListedPilot[];
  /** Of all pages together. */
  readonly totalCount: number;
  /** Cursor for the next page; null on the last one. */
  readonly next: string | null;
}

/** Reads `data.uiapi.query.Pilot__c`; null when the answer has no such list. */
export function readPortfolioPage(data: unknown): PortfolioPage | null {
  const nodes = queryNodes(data, 'Pilot__c');
  const pilots = readPilots(data);
  if (nodes === null || pilots === null) return null;
  const nodeOf = new Map(nodes.map((node) => [node['Id'], node]));
  const listed = pilots.map((pilot) => listedPilot(pilot, nodeOf.get(pilot.id) ?? {}));
  const { totalCount, pageInfo } = connectionOf(data);
  return {
    pilots: listed,
    totalCount: totalCount ?? listed.length,
    next: pageInfo?.hasNextPage === true ? (pageInfo.endCursor ?? null) : null,
  };
}

interface Connection {
  readonly totalCount?: number;
  readonly pageInfo?: { readonly endCursor?: string | null; readonly hasNextPage?: boolean };
}

function connectionOf(data: unknown): Connection {
  return (data as { uiapi: { query: { Pilot__c: Connection } } }).uiapi.query.Pilot__c;
}

function listedPilot(pilot: Pilot, node: GraphqlNode): ListedPilot {
  return {
    pilot,
    dealId: textOf(node, 'Opportunity__c'),
    closeDate: parentText(node, 'Opportunity__r', 'CloseDate'),
    decidedOn: textOf(node, 'Decided_On__c'),
    manager: personOf(node, 'Success_Manager'),
    engineer: personOf(node, 'Sales_Engineer'),
  };
}

function personOf(node: GraphqlNode, lookup: string): Person | null {
  const id = textOf(node, `${lookup}__c`);
  return id === null ? null : { id, name: parentText(node, `${lookup}__r`, 'Name') };
}

/** The deal is to close before anybody decides; the same rule as the signal CLOSE_DATE_MISMATCH. */
export function hasContradiction({ pilot, closeDate, decidedOn }: ListedPilot): boolean {
  const { decisionDate } = pilot;
  return decidedOn === null && closeDate !== null && decisionDate !== null && closeDate < decisionDate;
}
