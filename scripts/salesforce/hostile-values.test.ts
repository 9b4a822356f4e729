// Every text that somebody else may have written arrives byte for byte, by calls and in bulk, or is refused with the reason.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { startSyncOrg, type SyncOrg } from '../testing/sync-org.ts';
import type { SalesforceClient } from './client.ts';
import { connect } from './connect.ts';
import { cutText } from './cut-text.ts';
import { asStored } from './difference.ts';
import { soql } from './soql.ts';
import { writeRows, type RowOutcome } from './write-rows.ts';

const OBJECT = 'PilotSyncIssue__c';
const KEY = 'Issue_Key__c';
const WAYS = [
  { name: 'by calls', bulkFromRows: 100_000 },
  { name: 'in bulk', bulkFromRows: 1 },
] as const;

const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ['quotes', `O'Neil said "no", 'yes' and ''`],
  ['backslashes', `C:\\new\\' OR Name != '\\\\`],
  ['SOQL', `' OR Name LIKE '%' --`],
  ['formula =', `=HYPERLINK("https://example.com","x")`],
  ['formula +', '+1+1'],
  ['formula -', '-1+1'],
  ['formula @', '@SUM(1)'],
  ['formula after a tab', 'a\t=1'],
  ['markup', '<script>alert(1)</script>&amp;<!-- ]]>'],
  ['control characters', 'a\u0001b\u0007c\u001bd\u007fe'],
  ['line ends', 'one\r\ntwo\nthree\rfour'],
  ['separators', 'a,b;c|d\te\u2028f'],
  ['right to left marks', 'abc\u202egpj.exe\u202c\u200f'],
  ['beyond the basic plane', '😀👩‍👩‍👧 𝒜'],
  ['blank in bulk', '#N/A'],
  ['a quoted CSV', '"a","b"\n"c","d"'],
  ['JSON', '{"a":"\\u0041","__proto__":1}'],
  ['template', '{!$User.Id} {{7*7}} ${7*7} %s %n'],
];

let sync: SyncOrg;
let client: SalesforceClient;
before(async () => {
  sync = await startSyncOrg();
  ({ client } = await connect({ targetOrg: null, environment: await sync.environment() }));
});
after(() => sync.close());

async function write(texts: ReadonlyMap<string, string>, bulkFromRows: number) {
  const rows = [...texts].map(([key, text]) => ({
    key,
    cells: { Kind__c: 'Source', Message__c: text, Source__c: cutText(text, 40) },
  }));
  const outcomes = new Map<string, RowOutcome>();
  await writeRows(client, { object: OBJECT, externalId: KEY, rows }, bulkFromRows, (key, outcome) =>
    outcomes.set(key, outcome),
  );
  return outcomes;
}

const storedRow = z.object({ Message__c: z.string().nullable(), Source__c: z.string().nullable() });

/** Read back through a query that names the key as a literal. */
async function stored(key: string): Promise<z.infer<typeof storedRow> | undefined> {
  const query = soql`SELECT Message__c, Source__c FROM PilotSyncIssue__c WHERE Issue_Key__c = ${key}`;
  const [row] = await client.query(query, storedRow);
  return row;
}

for (const { name, bulkFromRows } of WAYS) {
  test(`hostile texts arrive ${name} as they were, also as keys`, async () => {
    // The local org's SOQL parser takes U+2028 for the end of a line, so the key goes without it.
    const keyOf = (what: string, text: string): string => `${name} ${what} ${text.replace('\u2028', '')}`;
    const texts = new Map(HOSTILE.map(([what, text]) => [keyOf(what, text), text]));
    const outcomes = await write(texts, bulkFromRows);
    for (const [key, text] of texts) {
      assert.equal(outcomes.get(key)?.kind, 'created', key);
      assert.deepEqual(await stored(key), { Message__c: text, Source__c: cutText(text, 40) }, key);
    }
    for (const outcome of (await write(texts, bulkFromRows)).values()) assert.equal(outcome.kind, 'updated');
  });

  test(`half a character is refused ${name} with its field, and its neighbours are written`, async () => {
    const texts = new Map([
      [`${name} high`, 'cut here \ud83d'],
      [`${name} low`, '\ude00 and there'],
      [`${name} whole`, 'kept 😀'],
    ]);
    const outcomes = await write(texts, bulkFromRows);
    for (const half of ['high', 'low']) {
      const outcome = outcomes.get(`${name} ${half}`)!;
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.code, 'TEXT_DAMAGED');
      assert.deepEqual(outcome.fields, ['Message__c', 'Source__c']);
      assert.equal(await stored(`${name} ${half}`), undefined);
    }
    assert.equal((await stored(`${name} whole`))?.Message__c, 'kept 😀');
  });

  test(`ten megabytes are refused ${name} without being repeated in the reason`, async () => {
    const texts = new Map([
      [`${name} ten megabytes`, 'x'.repeat(10_000_000)],
      [`${name} beside it`, 'small'],
    ]);
    const outcomes = await write(texts, bulkFromRows);
    const outcome = outcomes.get(`${name} ten megabytes`)!;
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.message, /^STRING_TOO_LONG/);
    assert.ok(outcome.message.length <= 300);
    assert.equal(await stored(`${name} ten megabytes`), undefined);
    assert.equal((await stored(`${name} beside it`))?.Message__c, 'small');
  });
}

test('random texts arrive both ways as the difference expects them', async () => {
  const field = (await client.describe(OBJECT))!.fields.get('Message__c')!;
  const text = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom("'", '"', '\\', '\n', '\r', ',', '=', ' ', '\t', '#', '\ufeff', '\u0000', '&', '<'),
    ),
    maxLength: 60,
  });
  let runs = 0;
  const arrives = fc.asyncProperty(fc.array(text, { minLength: 20, maxLength: 20 }), async (drawn) => {
    runs += 1;
    for (const { name, bulkFromRows } of WAYS) {
      const texts = new Map(drawn.map((each, index) => [`random ${name} ${runs} ${index}`, each]));
      await write(texts, bulkFromRows);
      for (const [key, each] of texts)
        assert.equal((await stored(key))?.Message__c ?? null, asStored(field, each));
    }
  });
  await fc.assert(arrives, { numRuns: 8, seed: 20261122 });
});

test('a text is never cut within a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.integer({ min: 1, max: 30 }),
      (text, most) => {
        const cut = cutText(text, most);
        assert.ok(cut.isWellFormed() && cut.length <= most);
        assert.ok(cut === text || text.startsWith(cut.slice(0, -1)));
      },
    ),
  );
});
