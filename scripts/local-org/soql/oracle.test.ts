import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openFixture, type FixtureData } from './fixture.test-support.ts';
import { mistakenDatabase } from './mistaken-database.test-support.ts';
import { cell, oracleAbout, oracleDeals, oracleLines, rows, type Asked } from './oracle.test-support.ts';
import type { QueryContext } from './query-context.ts';
import { randomData, randomQuery, tally, TALLIED, toSoql } from './random-queries.test-support.ts';
import { runQuery, type QueryRecord } from './run-query.ts';

const SEED = 20_261_122;
const QUERIES_PER_ORG = 25;
const SELECTED =
  'Id, Name, Weighted__c, Is_Big__c, Seller__r.City__c, ' +
  'TYPEOF About__r WHEN Person__c THEN City__c, Boss__r.City__c ELSE Name, Type, IsActive END, ' +
  '(SELECT Id FROM Lines__r ORDER BY Quantity__c DESC NULLS LAST LIMIT 2)';

/** Compares one query with the oracle; says the text on a difference. */
function check(data: FixtureData, asked: Asked, context: QueryContext): number {
  const soql = toSoql(asked, SELECTED);
  const { records } = runQuery(soql, context);
  assert.deepEqual(
    records.map(({ Id }) => Id),
    oracleDeals(data, asked),
    soql,
  );
  for (const record of records) checkRecord(record, data, soql);
  return records.length;
}

function checkRecord(record: QueryRecord, data: FixtureData, soql: string): void {
  const deal = rows(data, 'Deal__c').find(({ Id }) => Id === record['Id']);
  assert.ok(deal);
  for (const path of ['Name', 'Weighted__c', 'Is_Big__c'])
    assert.equal(record[path], cell(deal, path, data), soql);
  const seller = record['Seller__r'] as QueryRecord | null;
  assert.equal(seller === null, deal['Seller__c'] === null, soql);
  assert.equal(seller?.['City__c'] ?? null, cell(deal, 'Seller__r.City__c', data), soql);
  assert.deepEqual(bare(record['About__r']), oracleAbout(deal, data), soql);
  const lines = record['Lines__r'] as { records: QueryRecord[] } | null;
  const expected = oracleLines(data, String(deal['Id']), 2);
  assert.deepEqual(lines?.records.map(({ Id }) => Id) ?? null, expected.length > 0 ? expected : null, soql);
}

/** A record without the `attributes` of it and its parents. */
function bare(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { attributes: _, ...fields } = value as QueryRecord;
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, bare(field)]));
}

const orgs = (count: number, seed: number) =>
  fc.sample(
    fc.tuple(randomData, fc.array(randomQuery, { minLength: QUERIES_PER_ORG, maxLength: QUERIES_PER_ORG })),
    { numRuns: count, seed },
  );

test('2,500 random queries agree with the oracle', (t) => {
  const counts = new Map<string, number>();
  let partial = 0;
  let total = 0;
  for (const [data, queries] of orgs(100, SEED)) {
    using fixture = openFixture(data);
    const all = rows(data, 'Deal__c').length;
    for (const asked of queries) {
      check(data, asked, fixture.context);
      const matched = oracleDeals(data, { ...asked, limit: null, offset: 0 }).length;
      total += 1;
      if (matched > 0 && matched < all) partial += 1;
      tally(asked, counts);
    }
  }
  const share = Math.round((100 * partial) / total);
  t.diagnostic(
    `${total} queries, ${share} % match some but not all rows; ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`,
  );
  assert.ok(share >= 30 && share <= 70, `${share} %`);
  assert.deepEqual(
    TALLIED.filter((name) => (counts.get(name) ?? 0) < 100),
    [],
  );
});

// Each is a mistake a translator could make, seeded into the SQL on its way to SQLite.
const MISTAKES: readonly (readonly [name: string, find: RegExp, replacement: string])[] = [
  ['!= loses blanks', /IS NOT \?/g, '<> ?'],
  ['text compared with case', / COLLATE NOCASE/g, ''],
  ['non-ASCII text compared with case', /soql_fold\(("[^)]+)\) = \?/g, '$1 = ?'],
  ['NOT of a blank stays blank', /, FALSE\)/g, ', NULL)'],
  ['parents joined inwards', /LEFT JOIN/g, 'JOIN'],
  ['blanks at the other end', /IS NULL DESC/g, 'IS NULL ASC'],
  ['deleted rows found', /"t"\."IsDeleted" = 0/g, 'TRUE'],
  ['picklists without their order', /THEN \?/g, 'THEN 0 * ?'],
  ['offset off by one', /LIMIT \? OFFSET \?/g, 'LIMIT ? OFFSET 1 + ?'],
  ['children limited off by one', /"place" <= \?/g, '"place" < ?'],
  ['INCLUDES asks for all values', / OR soql_has/g, ' AND soql_has'],
  ['EXCLUDES ignored', /NOT \(soql_has/g, '(soql_has'],
  ['a period without its first day', />= \? AND/g, '> ? AND'],
  ['anti join as semi join', /NOT IN \(SELECT/g, 'IN (SELECT'],
  ['descending ignored', / DESC, "t"\."Id"/g, ' ASC, "t"."Id"'],
  ['TYPEOF finds no other object', /LEFT JOIN "Line__c"/g, 'LEFT JOIN (SELECT * FROM "Line__c" WHERE FALSE)'],
  ['TYPEOF takes a parent of another relationship', /= "t"\."About__c"/g, '= "t"."Seller__c"'],
  ['LIKE taken as equality', /soql_like\(("[^,]+), \?\)/g, '$1 = ?'],
];

for (const [name, find, replacement] of MISTAKES) {
  test(`the oracle finds a seeded mistake: ${name}`, () => {
    const findsIt = orgs(20, SEED + 1).some(([data, queries]) => {
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
