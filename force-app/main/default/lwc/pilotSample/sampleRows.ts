import { nodesOf, queryNodes, textOf } from 'c/pilotNodes';
import type { GraphqlNode } from 'c/pilotNodes';
import { SAMPLE_NOTE } from './sampleMark';

export interface SampleRows {
  /** Object → ids, in the order in which they can be deleted. */
  readonly ids: readonly (readonly [object: string, ids: readonly string[]])[];
  readonly deals: readonly string[];
  /** Names of deals and contacts on a sample account that are not of the sample: nothing is removed over them. */
  readonly foreign: readonly string[];
}

/** What the org holds of the sample; null when the viewer cannot see it. */
export function readSample(data: unknown): SampleRows | null {
  const accounts = queryNodes(data, 'Account');
  const issues = queryNodes(data, 'PilotSyncIssue__c');
  if (accounts === null || issues === null) return null;
  const deals = accounts.flatMap((account) => nodesOf(account['Opportunities']) ?? []);
  const contacts = accounts.flatMap((account) => nodesOf(account['Contacts']) ?? []);
  const isForeign = (node: GraphqlNode): boolean => textOf(node, 'Description') !== SAMPLE_NOTE;
  return {
    ids: [
      ['PilotSyncIssue__c', idsOf(issues)],
      ['Opportunity', idsOf(deals)],
      ['Contact', idsOf(contacts)],
      ['Account', idsOf(accounts)],
    ],
    deals: deals.map(nameOf),
    foreign: [...deals, ...contacts].filter(isForeign).map(nameOf),
  };
}

const idsOf = (nodes: readonly GraphqlNode[]): string[] => nodes.map((node) => String(node['Id']));
const nameOf = (node: GraphqlNode): string => textOf(node, 'Name') ?? String(node['Id']);
