import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { invitationForest, type InvitationForest } from './invitation-forest.ts';

interface Reach {
  readonly one: number;
  readonly two: number;
  readonly all: number;
}

/** Breadth first from every person over a plain list of edges. */
function oracle(inviters: readonly number[]): Reach[] {
  return inviters.map((_, root) => {
    const degrees = new Map([[root, 0]]);
    let edge = [root];
    for (let degree = 1; edge.length > 0; degree++) {
      edge = inviters.flatMap((inviter, person) =>
        edge.includes(inviter) && !degrees.has(person) ? [person] : [],
      );
      for (const person of edge) degrees.set(person, degree);
    }
    const at = (degree: number) => [...degrees.values()].filter((one) => one === degree).length;
    return { one: at(1), two: at(2), all: degrees.size - 1 };
  });
}

function reachOf(inviters: readonly number[]): Reach[] {
  const forest = forestOf(inviters);
  return inviters.map((_, at) => ({ one: forest.one[at]!, two: forest.two[at]!, all: forest.reach[at]! }));
}

function forestOf(inviters: readonly number[]): InvitationForest {
  return invitationForest(Int32Array.from(inviters), new Int32Array(inviters.length));
}

/** Any graph: rings, self-invitations, strangers; sometimes mostly trees, sometimes mostly rings. */
const graph = fc
  .tuple(fc.integer({ min: 1, max: 200 }), fc.boolean())
  .chain(([size, isTree]) =>
    fc
      .tuple(...Array.from({ length: size }, (_, at) => fc.integer({ min: -1, max: isTree ? at : size - 1 })))
      .map((inviters): number[] => inviters),
  );

function ringsOf(inviters: readonly number[]): number {
  const { parents } = forestOf(inviters);
  return inviters.filter((inviter, at) => inviter !== -1 && inviter !== at && parents[at] === -1).length;
}

test('reach through one, two and more degrees is what a breadth-first search finds, on random graphs', () => {
  const seen = { graphs: 0, withRings: 0, withSelf: 0, people: 0 };
  fc.assert(
    fc.property(graph, (inviters) => {
      seen.graphs += 1;
      seen.people += inviters.length;
      if (ringsOf(inviters) > 0) seen.withRings += 1;
      if (inviters.some((inviter, at) => inviter === at)) seen.withSelf += 1;
      assert.deepEqual(reachOf(inviters), oracle(inviters));
    }),
    { numRuns: 300 },
  );
  console.log(`  ${JSON.stringify(seen)}`);
  assert.ok(seen.withRings > 50 && seen.withSelf > 50, JSON.stringify(seen));
});

/** What one gets wrong: each must differ from the oracle on some random graph. */
const MISTAKES: Readonly<Record<string, (inviters: readonly number[]) => Reach[]>> = {
  'counts an invitation of oneself': (inviters) =>
    reachOf(inviters).map((reach, at) => (inviters[at] === at ? { ...reach, one: reach.one + 1 } : reach)),
  'counts oneself around a ring': (inviters) => {
    const { parents } = forestOf(inviters);
    return reachOf(inviters).map((reach, at) =>
      parents[at] === -1 && inviters[at] !== -1 && inviters[at] !== at
        ? { ...reach, all: reach.all + 1 }
        : reach,
    );
  },
  'forgets the third degree': (inviters) =>
    reachOf(inviters).map((reach) => ({ ...reach, all: reach.one + reach.two })),
  'takes two who invited each other for a second degree': (inviters) =>
    reachOf(inviters).map((reach, at) =>
      inviters[inviters[at]!] === at && inviters[at] !== at ? { ...reach, two: reach.two + 1 } : reach,
    ),
  'follows the invitations upwards': (inviters) =>
    inviters.map((inviter) => ({ one: Number(inviter !== -1), two: 0, all: Number(inviter !== -1) })),
};

for (const [name, mistaken] of Object.entries(MISTAKES))
  test(`the search notices one who ${name}`, () => {
    assert.throws(() =>
      fc.assert(
        fc.property(graph, (inviters) => assert.deepEqual(mistaken(inviters), oracle(inviters))),
        { numRuns: 300, endOnFailure: true },
      ),
    );
  });

test('inviters come before those they brought in, and no ring is left', () => {
  fc.assert(
    fc.property(graph, (inviters) => {
      const { order, parents } = forestOf(inviters);
      const places = new Map([...order].map((person, place) => [person, place]));
      assert.equal(places.size, inviters.length);
      for (const [person, parent] of parents.entries())
        if (parent !== -1) assert.ok(places.get(parent)! < places.get(person)!);
    }),
    { numRuns: 200 },
  );
});

test('a ring is cut above the member who was there first', () => {
  const { parents, order } = invitationForest(Int32Array.of(2, 0, 1), Int32Array.of(9, 3, 5));
  assert.deepEqual([...parents], [2, -1, 1]);
  assert.deepEqual([...order], [1, 2, 0]);
});

test('counts marked people below each, without oneself', () => {
  const forest = forestOf([-1, 0, 0, 1]);
  assert.deepEqual([...forest.countBelow(Uint8Array.of(1, 0, 1, 1))], [2, 1, 0, 0]);
});

const MILLION = 1_000_000;
const LARGE: Readonly<Record<string, () => Int32Array>> = {
  'a million people in one component': () => {
    const inviters = new Int32Array(MILLION);
    for (let at = 0; at < MILLION; at++) inviters[at] = at === 0 ? -1 : Math.floor(at / 3);
    return inviters;
  },
  'a chain of ten thousand': () => Int32Array.from({ length: 10_000 }, (_, at) => at - 1),
  'a million invited by one': () => new Int32Array(MILLION).fill(0),
  'one ring of a million': () => Int32Array.from({ length: MILLION }, (_, at) => (at + 1) % MILLION),
};

for (const [name, make] of Object.entries(LARGE))
  test(`is done in time and space with ${name}`, () => {
    const inviters = make();
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const { reach } = invitationForest(inviters, new Int32Array(inviters.length));
    const ms = Math.round(performance.now() - started);
    const mb = Math.round((process.memoryUsage().rss - before) / 1_048_576);
    console.log(`  ${name}: ${ms} ms, ${mb} MB more`);
    assert.equal(reach[0], inviters.length - 1);
    assert.ok(ms < 5_000, `${ms} ms`);
    assert.ok(mb < 300, `${mb} MB`);
  });
