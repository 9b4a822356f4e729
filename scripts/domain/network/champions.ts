// Champions are found by reach and by role (domain.md, "Network pilots"): whom they brought in and who stayed, and
// whether their work is one that carries information between groups.
import type { NetworkChampion } from '../../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { addDays } from '../day.ts';
import type { Spread } from './spread.ts';

const MOST = 5;

/** Words of departments that must keep changing information, answer questions or gather feedback across groups. */
const CONNECTORS = new Set(
  (
    'marketing research product project projects pmo hr people it helpdesk communications communication comms ' +
    'investigación producto proyecto proyectos rrhh informática comunicación comunicaciones'
  ).split(' '),
);
const CONNECTOR_PHRASES = /\b(?:human resources|help desk|service desk|recursos humanos)\b/;

/** Whether a department is one of those that spread a product by their work. */
export function isConnector(department: string | null): boolean {
  const name = department?.toLowerCase() ?? '';
  return CONNECTOR_PHRASES.test(name) || (name.match(/\p{L}+/gu) ?? []).some((word) => CONNECTORS.has(word));
}

export interface Champion extends Omit<NetworkChampion, 'contactId'> {
  /** What ties them to a contact, where the source knows the address. */
  readonly addressHash: string | null;
}

/**
 * The five who brought in most of those who are still active; ties by all they brought in, then role, then recency.
 * Inviters who never used it themselves are none: they cannot go away.
 */
export function championsOf({ users, forest, grid }: Spread): Champion[] {
  const { one, two, reach } = forest;
  const marks = new Uint8Array(reach.length);
  marks.set(grid.recent);
  const stayed = forest.countBelow(marks);
  const active = grid.recent.reduce((sum, mark) => sum + mark, 0);
  const connects = (person: number): number => Number(isConnector(users[person]!.department));
  const compare = (a: number, b: number): number =>
    stayed[b]! - stayed[a]! ||
    reach[b]! - reach[a]! ||
    connects(b) - connects(a) ||
    grid.last[b]! - grid.last[a]! ||
    a - b;
  return strongest(users.length, (person) => reach[person]! > 0, compare).map((person) => ({
    person: users[person]!.user,
    addressHash: users[person]!.addressHash ?? null,
    department: users[person]!.department,
    isConnector: isConnector(users[person]!.department),
    reach: [one[person]!, two[person]!, reach[person]! - one[person]! - two[person]!],
    lastOn: addDays(grid.origin, grid.last[person]!),
    downstreamPercent: active === 0 ? 0 : Math.round((100 * stayed[person]!) / active),
  }));
}

/** The first few in order, without sorting a million. */
function strongest(
  people: number,
  isCandidate: (person: number) => boolean,
  compare: (a: number, b: number) => number,
): number[] {
  const best: number[] = [];
  for (let person = 0; person < people; person++) {
    if (!isCandidate(person)) continue;
    if (best.length === MOST && compare(person, best[MOST - 1]!) > 0) continue;
    best.push(person);
    best.sort(compare);
    best.length = Math.min(best.length, MOST);
  }
  return best;
}
