import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { conditionalBinomialLower, overDispersion } from './conditional-binomial.ts';
import { fisherLower } from './fisher-exact.ts';
import { projectLine } from './line-projection.ts';
import { wilcoxonLower } from './wilcoxon-signed-rank.ts';
import { wilsonInterval } from './wilson.ts';

function close(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

describe('Fisher, lower tail', () => {
  // [recent, before, published p, tolerance, source]
  const published = [
    [
      { hits: 1, of: 4 },
      { hits: 3, of: 4 },
      17 / 70,
      1e-12,
      'Fisher, The Design of Experiments §6: at most one of four cups right, (16 + 1) of 70',
    ],
    [
      { hits: 0, of: 4 },
      { hits: 4, of: 4 },
      1 / 70,
      1e-12,
      'Fisher, The Design of Experiments §6: all eight cups right, 1 in 70',
    ],
    [
      { hits: 1, of: 12 },
      { hits: 9, of: 12 },
      0.001379728,
      1e-8,
      'https://en.wikipedia.org/wiki/Fisher%27s_exact_test: studying men and women, 0.001346076 + 0.000033652',
    ],
    [
      { hits: 2, of: 17 },
      { hits: 10, of: 13 },
      0.0004652,
      5e-7,
      'Fisher 1935, convicted twins (R ?fisher.test, alternative "less")',
    ],
  ] as const;
  for (const [recent, before, expected, tolerance, source] of published) {
    test(source, () => close(fisherLower(recent, before), expected, tolerance));
  }

  test('equals the share of all arrangements, up to 12 trials', () => {
    for (const [a, n, b, m] of tables(12)) {
      close(fisherLower({ hits: a, of: n }, { hits: b, of: m }), enumeratedFisher(a, n, b, m), 1e-9);
    }
  });
});

function* tables(limit: number): Generator<readonly [number, number, number, number]> {
  for (let n = 1; n < limit; n += 1)
    for (let m = 1; n + m <= limit; m += 1)
      for (let a = 0; a <= n; a += 1) for (let b = 0; b <= m; b += 1) yield [a, n, b, m];
}

/** Every way to spread a+b hits over n+m places, counted. */
function enumeratedFisher(a: number, n: number, b: number, m: number): number {
  let [ways, low] = [0, 0];
  for (let set = 0; set < 2 ** (n + m); set += 1) {
    if (bits(set) !== a + b) continue;
    ways += 1;
    if (bits(set & (2 ** n - 1)) <= a) low += 1;
  }
  return low / ways;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

describe('Wilson interval', () => {
  // Newcombe, Statist. Med. 17 (1998) 857–872, table I, method 3.
  const published = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const;
  for (const [hits, of, low, high] of published) {
    test(`${hits} of ${of}`, () => {
      close(wilsonInterval(hits, of).low, low, 5e-5);
      close(wilsonInterval(hits, of).high, high, 5e-5);
    });
  }

  test('its ends are the rates at which the score test just rejects', () => {
    for (let of = 1; of <= 12; of += 1)
      for (let hits = 0; hits <= of; hits += 1) {
        const { low, high } = wilsonInterval(hits, of);
        for (const end of [low, high].filter((share) => share > 1e-6 && share < 1 - 1e-6))
          close(Math.abs(hits / of - end) / Math.sqrt((end * (1 - end)) / of), 1.959964, 1e-6);
      }
  });
});

describe('Wilcoxon signed rank, lower tail', () => {
  test('Darwin, heights of maize: 15 pairs, sum of negative ranks 24, one-sided p 0.0206 (Fisher, Design of Experiments §17)', () => {
    const darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
    close(wilcoxonLower(darwin.map((value) => -value)), 0.02063, 5e-5);
  });

  test('Hollander & Wolfe, table 3.1: depression scores of 9 patients, T+ = 5, p 0.0195 (R ?wilcox.test)', () => {
    const first = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const second = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    close(wilcoxonLower(second.map((value, index) => value - first[index]!)), 0.01953125, 1e-10);
  });

  test('https://en.wikipedia.org/wiki/Wilcoxon_signed-rank_test: 10 pairs, one zero, W 9, mid-ranks', () => {
    const pairs = [
      [125, 110],
      [115, 122],
      [130, 125],
      [140, 120],
      [140, 140],
      [115, 124],
      [140, 123],
      [125, 137],
      [140, 135],
      [135, 145],
    ] as const;
    const differences = pairs.map(([second, first]) => second - first);
    close(wilcoxonLower(differences), enumeratedWilcoxon(differences), 1e-12);
    assert.ok(wilcoxonLower(differences) > 0.3);
  });

  // Critical values of the smaller rank sum, one-sided: McCornack, JASA 60 (1965) 864–871; the same in Hollander &
  // Wolfe, table A.4. The tabled value is the largest whose chance is still at most the level.
  const critical = [
    { pairs: 8, level: 0.05, value: 5 },
    { pairs: 10, level: 0.05, value: 10 },
    { pairs: 12, level: 0.05, value: 17 },
    { pairs: 15, level: 0.05, value: 30 },
    { pairs: 10, level: 0.025, value: 8 },
    { pairs: 12, level: 0.025, value: 13 },
    { pairs: 15, level: 0.025, value: 25 },
    { pairs: 10, level: 0.005, value: 3 },
  ] as const;
  for (const { pairs, level, value } of critical)
    test(`published critical value ${value} of ${pairs} pairs at ${level}`, () => {
      assert.ok(wilcoxonLower(withRankSum(pairs, value)) <= level);
      assert.ok(wilcoxonLower(withRankSum(pairs, value + 1)) > level);
    });

  test('equals the share of all sign patterns, up to 12 differences with ties and zeros', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 12 }),
        (differences) => {
          close(wilcoxonLower(differences), enumeratedWilcoxon(differences), 1e-9);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  test('the approximation for many pairs continues the exact one', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => (index % 9 < 5 ? -1 : 1) * (1 + ((index * 7) % 31)));
    const [exact, approximate] = [wilcoxonLower(many(200)), wilcoxonLower(many(201))];
    close(approximate, exact, 0.01);
  });
});

/** Differences −1 … −n, of which some are turned positive so that their ranks add up to `sum`. */
function withRankSum(pairs: number, sum: number): number[] {
  let left = sum;
  return Array.from({ length: pairs }, (_, index) => {
    const rank = pairs - index;
    if (rank > left) return -rank;
    left -= rank;
    return rank;
  });
}

function enumeratedWilcoxon(differences: readonly number[]): number {
  const moved = differences.filter((difference) => difference !== 0);
  if (moved.length === 0) return 1;
  const rank = (value: number): number => {
    const below = moved.filter((other) => Math.abs(other) < Math.abs(value)).length;
    const equal = moved.filter((other) => Math.abs(other) === Math.abs(value)).length;
    return below + (equal + 1) / 2;
  };
  const ranks = moved.map(rank);
  const seen = ranks.reduce((sum, one, index) => sum + (moved[index]! > 0 ? one : 0), 0);
  let low = 0;
  for (let signs = 0; signs < 2 ** ranks.length; signs += 1) {
    const sum = ranks.reduce((total, one, index) => total + ((signs >> index) & 1 ? one : 0), 0);
    if (sum <= seen + 1e-9) low += 1;
  }
  return low / 2 ** ranks.length;
}

describe('conditional binomial, lower tail', () => {
  test('equal exposure is the sign test: 3 of 15, 576 of 32768 patterns', () => {
    close(
      conditionalBinomialLower({ events: 3, exposure: 10 }, { events: 12, exposure: 10 }),
      576 / 32768,
      1e-12,
    );
  });

  test('https://en.wikipedia.org/wiki/Sign_test: hind legs longer in 8 of 10 deer (Zar 1999), two-sided 0.109375', () => {
    close(
      2 * conditionalBinomialLower({ events: 2, exposure: 7 }, { events: 8, exposure: 7 }),
      0.109375,
      1e-12,
    );
  });

  test('Boice & Monson 1977: 15 cases in 19,017 person-years against 41 in 28,010, by whole-number arithmetic', () => {
    let [ways, low] = [1n, 0n];
    for (let count = 0n; count <= 15n; count += 1n) {
      low += ways * 19017n ** count * 28010n ** (56n - count);
      ways = (ways * (56n - count)) / (count + 1n);
    }
    const exact = Number((low * 10n ** 12n) / 47027n ** 56n) / 1e12;
    const p = conditionalBinomialLower({ events: 15, exposure: 19017 }, { events: 41, exposure: 28010 });
    close(p, exact, 1e-11);
    assert.ok(p > 0.02 && p < 0.03);
  });

  test('https://en.wikipedia.org/wiki/Binomial_test: 51 sixes of 235 rolls, upper tail 0.02654 as 1 − P(≤ 50)', () => {
    const below = conditionalBinomialLower({ events: 50, exposure: 1 }, { events: 185, exposure: 5 });
    close(1 - below, 0.02654, 5e-5);
  });

  test('equals the count of all arrangements, up to 12 events and exposure 1 : 2', () => {
    for (let total = 1; total <= 12; total += 1) {
      const arrangements = Array.from({ length: total + 1 }, () => 0);
      for (let code = 0; code < 3 ** total; code += 1) arrangements[recentOnes(code, total)]! += 1;
      for (let hits = 0; hits <= total; hits += 1) {
        const low = arrangements.slice(0, hits + 1).reduce((sum, ways) => sum + ways, 0);
        const p = conditionalBinomialLower(
          { events: hits, exposure: 5 },
          { events: total - hits, exposure: 10 },
        );
        close(p, low / 3 ** total, 1e-9);
      }
    }
  });

  test('scatter beyond Poisson makes the same counts less telling', () => {
    const days = (counts: readonly number[]) => counts.map((events) => ({ events, exposure: 1 }));
    const dispersion = overDispersion([days([0, 40, 2, 38]), days([1, 79, 3, 77])]);
    assert.ok(dispersion > 20);
    const [recent, before] = [
      { events: 80, exposure: 4 },
      { events: 160, exposure: 4 },
    ] as const;
    assert.ok(conditionalBinomialLower(recent, before) < 1e-6);
    assert.ok(conditionalBinomialLower(recent, before, dispersion) > 0.05);
  });

  // [source, how many squares, women or years had 0, 1, 2 … events, mean and variance (n − 1) of the published table]
  const scattered = [
    ['Bortkiewicz 1898: deaths by horse kicks in 200 corps-years', [109, 65, 22, 3, 1], 0.61, 0.6109],
    [
      'Student, Biometrika 5 (1907) 351–360: yeast cells in 400 squares, I',
      [213, 128, 37, 18, 3, 1],
      0.6825,
      0.8137,
    ],
    [
      'Greenwood & Yule, JRSS 83 (1920) 255–279: accidents of 647 women',
      [447, 132, 42, 21, 3, 2],
      0.465,
      0.692,
    ],
  ] as const;
  for (const [source, frequencies, mean, variance] of scattered)
    test(`${source}: variance ${variance} over mean ${mean}`, () => {
      const counts = frequencies.flatMap((times, events) =>
        Array.from({ length: times }, () => ({ events, exposure: 1 })),
      );
      close(overDispersion([counts]), variance / mean, 2e-3);
    });

  test('is the variance over the mean of every way to spread up to 12 events over three days', () => {
    for (let total = 1; total <= 12; total += 1)
      for (let first = 0; first <= total; first += 1)
        for (let second = 0; first + second <= total; second += 1) {
          const days = [first, second, total - first - second];
          const mean = total / 3;
          const variance = days.reduce((sum, events) => sum + (events - mean) ** 2, 0) / 2;
          const counts = days.map((events) => ({ events, exposure: 1 }));
          close(overDispersion([counts]), Math.max(1, variance / mean), 1e-12);
        }
  });

  test('dispersion is never below 1', () => {
    assert.equal(overDispersion([[5, 5, 5, 5].map((events) => ({ events, exposure: 1 }))]), 1);
    assert.equal(overDispersion([]), 1);
  });
});

function recentOnes(code: number, total: number): number {
  let ones = 0;
  for (let place = 0, rest = code; place < total; place += 1, rest = Math.floor(rest / 3))
    if (rest % 3 === 0) ones += 1;
  return ones;
}

describe('projection of a line', () => {
  test('points on a line project onto it without any range', () => {
    const projected = projectLine(
      [1, 2, 3, 4].map((x) => ({ x, y: 2 * x + 1 })),
      10,
    );
    assert.deepEqual(projected, { value: 21, low: 21, high: 21 });
  });

  test('three scattered points give the hand-computed 80 % limits', () => {
    // x 0 1 2, y 0 1 0: slope 0, mean 1/3, residual² = 2/3, at x = 3: 3.078·√(2/3)·√(1 + 1/3 + 4/2).
    const projected = projectLine(
      [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
        { x: 2, y: 0 },
      ],
      3,
    )!;
    close(projected.value, 1 / 3, 1e-12);
    close(projected.high - projected.value, 3.078 * Math.sqrt(2 / 3) * Math.sqrt(1 + 1 / 3 + 2), 1e-9);
  });

  // Half of a published interval, turned to our 80 % by the t quantiles of its own degrees of freedom.
  const published = [
    {
      source: 'McClave & Sincich, Statistics, §11.6: sales by advertising, at x = 4: 2.7 ± 2.2 (t 3.182)',
      y: [1, 1, 2, 2, 4],
      at: 4,
      value: 2.7,
      half: (2.2 * 1.638) / 3.182,
      tolerance: 0.03,
    },
    {
      source:
        'https://en.wikipedia.org/wiki/Linear_least_squares#Example: 3.5 + 1.4 x, squares 4.2, at x = 5',
      y: [6, 5, 7, 10],
      at: 5,
      value: 3.5 + 1.4 * 5,
      half: 1.886 * Math.sqrt(4.2 / 2) * Math.sqrt(1 + 1 / 4 + 2.5 ** 2 / 5),
      tolerance: 1e-9,
    },
  ];
  for (const { source, y, at, value, half, tolerance } of published)
    test(source, () => {
      const projected = projectLine(
        y.map((one, index) => ({ x: index + 1, y: one })),
        at,
      )!;
      close(projected.value, value, 1e-9);
      close(projected.high - projected.value, half, tolerance);
      close(projected.value - projected.low, half, tolerance);
    });

  test('says nothing from two points', () => {
    assert.equal(
      projectLine(
        [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
        3,
      ),
      null,
    );
  });
});
