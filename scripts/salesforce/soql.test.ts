import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { selectOf } from './select-of.ts';
import { soql, soqlDay, soqlNames } from './soql.ts';

const CASES = [
  {
    name: 'text',
    query: soql`SELECT Id FROM A WHERE B = ${"O'Neil"}`,
    expected: "SELECT Id FROM A WHERE B = 'O\\'Neil'",
  },
  {
    name: 'a backslash before the quote it must not free',
    query: soql`B = ${"\\' OR Id != '"}`,
    expected: "B = '\\\\\\' OR Id != \\''",
  },
  { name: 'line ends', query: soql`B = ${'a\nb\r\tc'}`, expected: "B = 'a\\nb\\r\\tc'" },
  { name: 'null', query: soql`B = ${null}`, expected: 'B = null' },
  { name: 'numbers and booleans', query: soql`B = ${1.5} AND C = ${true}`, expected: 'B = 1.5 AND C = true' },
  {
    name: 'an instant',
    query: soql`B > ${new Date('2026-11-22T06:00:00Z')}`,
    expected: 'B > 2026-11-22T06:00:00.000Z',
  },
  { name: 'a day', query: soql`B = ${soqlDay('2026-11-22')}`, expected: 'B = 2026-11-22' },
  { name: 'a list', query: soql`B IN ${['a', "b'"]}`, expected: "B IN ('a', 'b\\'')" },
  {
    name: 'names',
    query: soql`SELECT ${soqlNames('Id', 'Pilot__r.Name')} FROM A`,
    expected: 'SELECT Id, Pilot__r.Name FROM A',
  },
];

for (const { name, query, expected } of CASES) {
  test(`writes ${name}`, () => assert.equal(query.text, expected));
}

test('refuses what has no literal or is no name', () => {
  assert.throws(() => soqlNames('Id FROM User --'), /not a field or object name/);
  assert.throws(() => soqlDay("2026-11-22' OR"), /not a day/);
  assert.throws(() => soql`B IN ${[]}`, /at least one value/);
  assert.throws(() => soql`B = ${Number.NaN}`, /no SOQL literal/);
});

test('no text ends its own literal: unescaping gives back exactly what went in', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("'", '\\', '\n', '\r', '\t', '\b', '\f', '"', 'a', ' ', 'ß', '%') }),
      (text) => {
        const written = soql`${text}`.text;
        assert.match(written, /^'(?:[^'\\\n\r]|\\[nrtbf'"\\])*'$/);
        const unescaped = written
          .slice(1, -1)
          .replaceAll(
            /\\(.)/g,
            (_, mark: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[mark] ?? mark,
          );
        assert.equal(unescaped, text);
      },
    ),
  );
});

test('selects the keys of a row schema, parents as paths', () => {
  const row = z.object({
    Id: z.string(),
    Parent__r: z.object({ Name: z.string() }).nullable(),
    Day__c: z.iso.date().nullable(),
  });
  assert.equal(selectOf(row).text, 'Id, Parent__r.Name, Day__c');
});
