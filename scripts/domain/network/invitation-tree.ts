import type {
  NetworkNode,
  NetworkTree,
} from '../../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import type { Spread } from './spread.ts';

const NOBODY = -1;

/**
 * The invitations as trees of at most `most` people: those with most people below them, and so never a person without
 * the inviter. Whoever is not listed is counted as `more` of the nearest listed inviter, or of the whole.
 */
export function invitationTree(
  spread: Spread,
  most: number,
  listed: ReadonlyMap<number, number>,
): NetworkTree {
  const { forest, grid, ids, users } = spread;
  const sizes = treeSizes(forest.parents, forest.order);
  const isLinked = (person: number): boolean => sizes[person]! > 1 || forest.parents[person] !== NOBODY;
  const chosen = largest(sizes, isLinked, most);
  const places = new Map<number, number>();
  const nodes: NetworkNode[] = [];
  for (const person of inTreeOrder(chosen, forest.parents, sizes)) {
    const below = chosen.filter((other) => forest.parents[other] === person);
    places.set(person, nodes.length);
    nodes.push({
      person: ids[person]!,
      parent: places.get(forest.parents[person]!) ?? null,
      department: person < users.length ? (listed.get(grid.departmentOf[person]!) ?? null) : null,
      active: person < users.length ? (grid.recent[person] as 0 | 1) : null,
      reach: forest.reach[person]!,
      more: below.reduce((rest, child) => rest - sizes[child]!, sizes[person]! - 1),
    });
  }
  const roots = chosen.filter((person) => forest.parents[person] === NOBODY);
  let linked = 0;
  for (let person = 0; person < ids.length; person++) linked += Number(isLinked(person));
  return { nodes, more: roots.reduce((rest, root) => rest - sizes[root]!, linked) };
}

/** People of each one's tree, oneself included. */
function treeSizes(parents: Int32Array, order: Int32Array): Uint32Array {
  const sizes = new Uint32Array(parents.length).fill(1);
  for (let at = order.length - 1; at >= 0; at--) {
    const parent = parents[order[at]!]!;
    if (parent !== NOBODY) sizes[parent]! += sizes[order[at]!]!;
  }
  return sizes;
}

/** A parent's tree is larger than any child's, so taking the largest never leaves a parent out. */
function largest(sizes: Uint32Array, isLinked: (person: number) => boolean, most: number): number[] {
  const ofSize = new Map<number, number>();
  for (let person = 0; person < sizes.length; person++)
    if (isLinked(person)) ofSize.set(sizes[person]!, (ofSize.get(sizes[person]!) ?? 0) + 1);
  let [left, least, room] = [most, Infinity, 0];
  for (const [size, count] of [...ofSize].toSorted(([a], [b]) => b - a)) {
    if (left === 0) break;
    least = size;
    room = Math.min(count, left);
    left -= room;
  }
  const chosen: number[] = [];
  for (let person = 0; person < sizes.length; person++)
    if (isLinked(person) && (sizes[person]! > least || (sizes[person] === least && room-- > 0)))
      chosen.push(person);
  return chosen;
}

/** Parents before children, a tree at a time, the larger first. */
function inTreeOrder(chosen: readonly number[], parents: Int32Array, sizes: Uint32Array): number[] {
  const bySize = chosen.toSorted((a, b) => sizes[b]! - sizes[a]! || a - b);
  const children = Map.groupBy(bySize, (person) => parents[person]!);
  const ordered: number[] = [];
  // The largest is on top of the pile; ten thousand generations must not become ten thousand calls.
  const pile = (children.get(NOBODY) ?? []).toReversed();
  for (let person = pile.pop(); person !== undefined; person = pile.pop()) {
    ordered.push(person);
    pile.push(...(children.get(person) ?? []).toReversed());
  }
  return ordered;
}
