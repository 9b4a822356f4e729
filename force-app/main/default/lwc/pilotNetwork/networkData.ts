// The answers about one pilot's network, believed field by field.
import { queryNodes, textOf } from 'c/pilotNodes';
import { parseNetwork } from 'c/pilotSpread';
import type { Network } from 'c/pilotSpread';

export interface PilotNetworkData {
  /** Null where the sync has written none, or another version of it. */
  readonly network: Network | null;
  /** Something is stored that is none of this version. */
  readonly isUnreadable: boolean;
  /** Null where features are not what is kept back. */
  readonly gatedFeatures: string | null;
  readonly usageTo: string | null;
}

/** Null when the answer holds no such pilot: the reader may not see it. */
export function readNetwork(data: unknown): PilotNetworkData | null {
  const [node] = queryNodes(data, 'Pilot__c') ?? [];
  if (!node) return null;
  const text = textOf(node, 'Network__c');
  const network = parseNetwork(text);
  const isGated = ['Features', 'Both'].includes(textOf(node, 'Restriction__c') ?? '');
  return {
    network,
    isUnreadable: text !== null && network === null,
    gatedFeatures: isGated ? textOf(node, 'Gated_Features__c') : null,
    usageTo: textOf(node, 'Usage_Complete_To__c'),
  };
}

/** Names of people by hash, for those champions whose Contact the reader may see. */
export function readNames(data: unknown, network: Network): ReadonlyMap<string, string> {
  const nodes = queryNodes(data, 'Contact') ?? [];
  const nameOf = new Map(nodes.map((node) => [node['Id'], textOf(node, 'Name')]));
  const named = network.champions.flatMap(({ person, contactId }) => {
    const name = contactId === null ? null : (nameOf.get(contactId) ?? null);
    return name === null ? [] : [[person, name] as const];
  });
  return new Map(named);
}
