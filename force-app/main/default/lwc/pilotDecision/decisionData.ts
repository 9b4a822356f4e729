// The dialog's answer from the org, and the stamps by which an undo sees that somebody else was here.
import { isNode, nodesOf, numberOf, parentText, queryNodes, textOf, valueOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';
import type { Change, DecisionFacts, DecisionTerm } from './decisionPlan';

const PILOT_FIELDS = [
  'Status__c',
  'End_Date__c',
  'Readout_Date__c',
  'Decision_Date__c',
  'Extension_Reason__c',
  'Outcome__c',
  'Outcome_Reason__c',
  'Outcome_Notes__c',
  'Decided_On__c',
  'Holiday_Region__c',
];

/** Null when the pilot, its deal or its terms may not be seen: then nothing can be decided here. */
export function readFacts(data: unknown): DecisionFacts | null {
  const [node] = queryNodes(data, 'Pilot__c') ?? [];
  const deal = node?.['Opportunity__r'];
  const terms = node && nodesOf(node['Conversion_Terms__r']);
  if (!node || !isNode(deal) || typeof deal['Id'] !== 'string' || !terms) return null;
  return {
    pilot: {
      id: String(node['Id']),
      stamp: stampOf(node),
      fields: Object.fromEntries(PILOT_FIELDS.map((name) => [name, textOf(node, name)])),
      counts: {
        criteriaCount: numberOf(node, 'Criteria__c'),
        criteriaMet: numberOf(node, 'Criteria_Met__c'),
        mustHaves: numberOf(node, 'Must_Haves__c'),
        mustHavesMet: numberOf(node, 'Must_Haves_Met__c'),
      },
    },
    deal: {
      id: deal['Id'],
      stamp: stampOf(deal),
      isClosed: valueOf(deal, 'IsClosed') === true,
      isWon: valueOf(deal, 'IsWon') === true,
      closeDate: textOf(deal, 'CloseDate'),
      amount: numberOf(deal, 'Amount'),
      hasProducts: valueOf(deal, 'HasOpportunityLineItem') === true,
    },
    terms: terms.map(readTerm),
  };
}

/** When each record that a decision may touch was last changed, by id. */
export function stampsOf({ pilot, deal, terms }: DecisionFacts): Record<string, string> {
  return Object.fromEntries([pilot, deal, ...terms].map(({ id, stamp }) => [id, stamp]));
}

export interface KeptUndo {
  readonly changes: readonly Change[];
  readonly stamps: Readonly<Record<string, string>>;
}

const keyOf = (pilotId: string): string => `pilotUndo:${pilotId}`;

/** What may still be taken back in this tab; null when nothing. */
export function readUndo(storage: Storage, pilotId: string): KeptUndo | null {
  try {
    return JSON.parse(storage.getItem(keyOf(pilotId)) ?? 'null') as KeptUndo | null;
  } catch {
    return null;
  }
}

export function keepUndo(storage: Storage, pilotId: string, undo: KeptUndo | null): void {
  if (undo === null) storage.removeItem(keyOf(pilotId));
  else storage.setItem(keyOf(pilotId), JSON.stringify(undo));
}

function readTerm(node: GraphqlNode): DecisionTerm {
  return {
    id: String(node['Id']),
    name: textOf(node, 'Name') ?? String(node['Id']),
    status: textOf(node, 'Status__c'),
    annual: numberOf(node, 'Annual_Amount__c') ?? 0,
    once: numberOf(node, 'One_Time_Amount__c') ?? 0,
    validTo: textOf(node, 'Price_Valid_To__c'),
    invokedOn: textOf(node, 'Invoked_On__c'),
    trigger: textOf(node, 'Trigger__c'),
    approver: approverOf(node),
    stamp: stampOf(node),
  };
}

// The platform's times end at the second, so the person counts too.
function stampOf(node: GraphqlNode): string {
  return `${textOf(node, 'LastModifiedDate')} ${textOf(node, 'LastModifiedById')}`;
}

function approverOf(node: GraphqlNode): string | null | undefined {
  if (!('Approver__c' in node)) return undefined;
  return textOf(node, 'Approver__c') === null ? null : (parentText(node, 'Approver__r', 'Name') ?? undefined);
}
