import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compare, oracleGroups, type AskedGroups, type GroupedRow } from './aggregate-oracle.test-support.ts';
import { openFixture, type FixtureData } from './fixture.test-support.ts';
import { mistakenDatabase } from './mistaken-database.test-support.ts';
import type { QueryContext } from './query-context.ts';
import { groupedSoql, randomGroups, TALLIED_GROUPS, tallyGroups } from './random-aggregates.test-support.ts';
import { randomData } from './random-queries.test-support.ts';
import { runQuery } from './run-query.ts';

const SEED = 20_261_122;
const QUERIES_PER_ORG = 25;

/** Compares the groups found with the oracle's: as a set, and in order as far as the query orders them. */
function check(data: FixtureData, asked: AskedGroups, context: QueryContext): GroupedRow[] {
  const soql = groupedSoql(asked);
  const expected = oracleGroups(data, asked);
  const width = asked.groups.length * (asked.subtotals === null ? 1 : 2) + asked.calls.length;
  const found = runQuery(soql, context).records.map((record): GroupedRow =>
    Array.from({ length: width }, (_, index) => rounded(record[`c${index}`] as GroupedRow[number])),
  );
  const sorted = (rows: readonly GroupedRow[]) => rows.map((row) => JSON.stringify(row.map(rounded))).sort();
  assert.deepEqual(sorted(found), sorted(expected), soql);
  found.slice(1).forEach((row, index) => assert.ok(compare(found[index]!, row, asked) <= 0, soql));
  return expected;
}

const rounded = (value: GroupedRow[number]) =>
  typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value;

const orgs = (count: number, seed: number) =>
  fc.sample(
    fc.tuple(randomData, fc.array(randomGroups, { minLength: QUERIES_PER_ORG, maxLength: QUERIES_PER_ORG })),
    { numRuns: count, seed },
  );

test('1,500 random grouped queries agree with the oracle', (t) => {
  const counts = new Map<string, number>();
  const note = (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1);
  let partial = 0;
  let total = 0;
  for (const [data, queries] of orgs(60, SEED)) {
    using fixture = openFixture(data);
    for (const asked of queries) {
      const found = check(data, asked, fixture.context);
      const all = oracleGroups(data, { ...asked, where: null, having: [], limit: null });
      total += 1;
      if (found.length > 0 && JSON.stringify(found) !== JSON.stringify(all)) partial += 1;
      tallyGroups(asked, counts);
      const { length } = asked.groups;
      if (asked.subtotals === null && found.some((row) => row.slice(0, length).includes(null)))
        note('blank group');
      if (found.some((row) => row.slice(length).includes(null))) note('blank aggregate');
    }
  }
  const share = Math.round((100 * partial) / total);
  t.diagnostic(
    `${total} queries, ${share} % find some but not all; ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`,
  );
  assert.ok(share >= 30 && share <= 70, `${share} %`);
  assert.deepEqual(
    TALLIED_GROUPS.filter((name) => (counts.get(name) ?? 0) < 100),
    [],
  );
});

// Each is a mistake a translator could make, seeded into the SQL on its way to SQLite.
const MISTAKES: readonly (readonly [name: string, find: RegExp, replacement: string])[] = [
  ['COUNT counts blanks', /COUNT\("[^)]+\)/g, 'COUNT(*)'],
  ['COUNT_DISTINCT counts all', /COUNT\(DISTINCT /g, 'COUNT('],
  ['a sum of blanks is 0', /SUM\(/g, 'TOTAL('],
  ['an average divides by blanks too', /AVG\(("[^)]+)\)/g, 'SUM($1) / COUNT(*)'],
  ['MIN as MAX', /MIN\(/g, 'MAX('],
  ['HAVING ignored', / HAVING /g, ' HAVING TRUE OR '],
  ['HAVING with the other sign', /( HAVING .*) > \?/g, '$1 < ?'],
  ['the first of two groups lost', / GROUP BY "t"\."\w+", /g, ' GROUP BY '],
  ['deleted rows counted', /"t"\."IsDeleted" = 0/g, 'TRUE'],
  ['picklists by letter', /THEN \?/g, 'THEN 0 * ?'],
  ['blanks at the other end', /" DESC, "o1" /g, '" ASC, "o1" '],
  ['GROUPING is always 0', /\? AS "c/g, '0 * ? AS "c'],
  ['no total', / GROUP BY NULL(?! HAVING)/g, ' GROUP BY NULL HAVING FALSE'],
  ['parents joined inwards', /LEFT JOIN/g, 'JOIN'],
  ['years of dates off', /"soql_calendar_year"/g, '"soql_calendar_month"'],
];

for (const [name, find, replacement] of MISTAKES) {
  test(`the oracle of groups finds a seeded mistake: ${name}`, () => {
    const findsIt = orgs(12, SEED + 1).some(([data, queries]) => {
      using fixture = openFixture(data);
      const database = mistakenDatabase(fixture.context.database, find, replacement);
      return queries.some((asked) => {
        try {
          check(data, asked, { ...fixture.context, database });
          return false;
        } catch (error) {
          if (error instanceof assert.AssertionError) return true;
          throw error;
        }
      });
    });
    assert.ok(findsIt);
  });
}
