// Who came through whom. Everybody has at most one inviter, so the invitations are trees, and here and there a ring
// with trees on it. All of it is linear in the number of people and in typed arrays: no recursion, which a chain of ten
// thousand would break.

const NOBODY = -1;

export interface InvitationForest {
  /** Place of each person's inviter, -1 for none; invitations of oneself are none. */
  readonly inviters: Int32Array;
  /** The same with each ring cut above the member who was there first: no ring is left. */
  readonly parents: Int32Array;
  /** All people, inviters before those they brought in (by `parents`). */
  readonly order: Int32Array;
  /** People at one, at two, and at any number of degrees below each; oneself never among them. */
  readonly one: Uint32Array;
  readonly two: Uint32Array;
  readonly reach: Uint32Array;
  /** How many of the marked people (1, else 0) each one's reach holds. */
  readonly countBelow: (marks: Uint8Array) => Uint32Array;
}

/** The forest of `inviters` (places, -1 for none); `firstDays` says who was there first. */
export function invitationForest(given: Int32Array, firstDays: Int32Array): InvitationForest {
  const inviters = given.map((inviter, person) => (inviter === person ? NOBODY : inviter));
  const one = new Uint32Array(inviters.length);
  for (const inviter of inviters) if (inviter !== NOBODY) one[inviter]!++;
  const { peeled, rings } = peel(inviters, one);
  const countBelow = (marks: Uint8Array): Uint32Array => sumsBelow(inviters, peeled, rings, marks);
  const everybody = new Uint8Array(inviters.length).fill(1);
  const { parents, order } = cut(inviters, peeled, rings, firstDays);
  return {
    inviters,
    parents,
    order,
    one,
    two: secondDegree(inviters, one, rings),
    reach: countBelow(everybody),
    countBelow,
  };
}

/** Takes away, again and again, whoever brought in nobody that is left; what remains are the rings. */
function peel(inviters: Int32Array, one: Uint32Array): { peeled: Int32Array; rings: Int32Array[] } {
  const left = one.slice();
  const peeled = new Int32Array(inviters.length);
  let [next, length] = [0, 0];
  for (let person = 0; person < left.length; person++) if (left[person] === 0) peeled[length++] = person;
  while (next < length) {
    const inviter = inviters[peeled[next++]!]!;
    if (inviter !== NOBODY && --left[inviter]! === 0) peeled[length++] = inviter;
  }
  const rings: Int32Array[] = [];
  for (let person = 0; length < inviters.length && person < left.length; person++) {
    if (left[person] === 0) continue;
    const ring: number[] = [];
    for (let at = person; left[at] !== 0; at = inviters[at]!) {
      ring.push(at);
      left[at] = 0;
    }
    rings.push(Int32Array.from(ring));
  }
  return { peeled: peeled.subarray(0, length), rings };
}

function sumsBelow(
  inviters: Int32Array,
  peeled: Int32Array,
  rings: readonly Int32Array[],
  marks: Uint8Array,
): Uint32Array {
  const sums = new Uint32Array(inviters.length);
  for (const person of peeled) {
    const inviter = inviters[person]!;
    if (inviter !== NOBODY) sums[inviter]! += sums[person]! + marks[person]!;
  }
  for (const ring of rings) {
    let all = 0;
    for (const person of ring) all += sums[person]! + marks[person]!;
    // Around the ring everybody reaches everybody, but nobody is counted below themselves.
    for (const person of ring) sums[person] = all - marks[person]!;
  }
  return sums;
}

function secondDegree(inviters: Int32Array, one: Uint32Array, rings: readonly Int32Array[]): Uint32Array {
  const two = new Uint32Array(one.length);
  for (let person = 0; person < one.length; person++)
    if (inviters[person] !== NOBODY) two[inviters[person]!]! += one[person]!;
  // Two who invited each other are their own second degree.
  for (const ring of rings) if (ring.length === 2) for (const person of ring) two[person]!--;
  return two;
}

function cut(
  inviters: Int32Array,
  peeled: Int32Array,
  rings: readonly Int32Array[],
  firstDays: Int32Array,
): Pick<InvitationForest, 'parents' | 'order'> {
  const parents = inviters.slice();
  const order = new Int32Array(inviters.length);
  let length = 0;
  for (const ring of rings) {
    let root = 0;
    for (let place = 1; place < ring.length; place++)
      if (isFirst(ring[place]!, ring[root]!, firstDays)) root = place;
    parents[ring[root]!] = NOBODY;
    // The ring lists inviters after those they brought in, so it is walked backwards from the root.
    for (let step = 0; step < ring.length; step++)
      order[length++] = ring[(root - step + ring.length) % ring.length]!;
  }
  for (let at = peeled.length - 1; at >= 0; at--) order[length++] = peeled[at]!;
  return { parents, order };
}

function isFirst(a: number, b: number, firstDays: Int32Array): boolean {
  return firstDays[a]! < firstDays[b]! || (firstDays[a] === firstDays[b] && a < b);
}
