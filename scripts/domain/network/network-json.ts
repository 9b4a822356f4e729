// Network__c: the spread as the page reads it. Versioned, under 30,000 bytes, with the digest that the diff compares.
import { createHash } from 'node:crypto';
import {
  NETWORK_MAX_BYTES,
  TREE_MAX_NODES,
  type Network,
  type NetworkGated,
  type NetworkStage,
} from '../../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { championsOf } from './champions.ts';
import { invitationTree } from './invitation-tree.ts';
import type { Spread } from './spread.ts';

const MOST_WEEKS = 26;
const MOST_DEPARTMENTS = 20;
const NAME_CHARACTERS = 60;

/** What the people alone do not tell. */
export interface NetworkParts {
  readonly stage: NetworkStage;
  /** Invitation events; null where none are configured. */
  readonly sent: number | null;
  readonly gated: NetworkGated | null;
  /** Contact id by hash of the address; empty unless the match is configured. */
  readonly contacts: ReadonlyMap<string, string>;
}

/** The network with at most `nodes` people in its tree. */
export function networkOf(spread: Spread, parts: NetworkParts, nodes = TREE_MAX_NODES): Network {
  const { grid } = spread;
  const recent = <T>(weeks: Iterable<T>): T[] => [...weeks].slice(-MOST_WEEKS);
  const shown = shownDepartments(spread);
  return {
    version: 1,
    asOf: grid.asOf,
    weeks: recent(grid.mondays),
    activeWeekly: recent(grid.activeWeekly),
    newWeekly: recent(spread.newWeekly),
    invitedWeekly: recent(spread.invitedWeekly),
    departments: shown.map(({ place: _, weekly, name, ...department }) => ({
      name: cut(name),
      ...department,
      weekly: recent(weekly),
    })),
    moreDepartments: spread.departments.length - shown.length,
    people: spread.people,
    invitations: spread.invitations && { sent: parts.sent, ...spread.invitations },
    champions: championsOf(spread).map(({ addressHash, department, ...champion }) => ({
      ...champion,
      contactId: (addressHash && parts.contacts.get(addressHash)) ?? null,
      department: department && cut(department),
    })),
    tree: invitationTree(spread, nodes, new Map(shown.map(({ place }, index) => [place, index]))),
    gated: parts.gated,
    stage: parts.stage,
  };
}

/** The network, its text for Network__c, and 32 hexadecimal digits that change with anything in it but the day it is as of. */
export function writeNetwork(
  spread: Spread,
  parts: NetworkParts,
): { readonly network: Network; readonly text: string; readonly digest: string } {
  // The tree is most of the text: of a pilot with long names in every list its outermost branches are counted instead.
  for (let nodes = TREE_MAX_NODES; ; nodes = nodes >> 1) {
    const network = networkOf(spread, parts, nodes);
    const text = JSON.stringify(network);
    if (Buffer.byteLength(text) >= NETWORK_MAX_BYTES && nodes > 0) continue;
    const { asOf: _, ...facts } = network;
    const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
    return { network, text, digest };
  }
}

/** Those with most people, by first day. */
function shownDepartments({ departments }: Spread): Spread['departments'] {
  if (departments.length <= MOST_DEPARTMENTS) return departments;
  const largest = departments.toSorted((a, b) => b.users - a.users || (a.name < b.name ? -1 : 1));
  const shown = new Set(largest.slice(0, MOST_DEPARTMENTS));
  return departments.filter((department) => shown.has(department));
}

function cut(name: string): string {
  // A control character takes six bytes in JSON and says nothing to a reader.
  const characters = [...name.toWellFormed().replaceAll(/\p{Cc}/gu, ' ')];
  return characters.length <= NAME_CHARACTERS
    ? characters.join('')
    : `${characters.slice(0, NAME_CHARACTERS - 1).join('')}…`;
}
