// Texts that a source, a rep and an admin may fill with anything: usage keys, people, departments and features out of CSV
// and NDJSON meet the same texts in the org, and nothing is written a second time.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { startSyncOrg, type SyncOrg } from './sync-org.ts';

const HOSTILE = [
  `O'Neil "said" ''`,
  `C:\\new\\' OR 1=1 --`,
  '=HYPERLINK("https://example.com")',
  '+1+1',
  '-1',
  '@SUM(A1)',
  '<img src=x onerror=alert(1)>&amp;',
  'bell \u0007 and \u001b[31m',
  'abc\u202egpj.exe',
  '😀 👩‍👩‍👧',
  'a,b;c|d',
  '#N/A',
  '{"a":"\\u0041"}',
];
const COLUMNS = ['event_time', 'usage_key', 'user_id', 'event', 'department'] as const;
const PEOPLE = 4;
const DAYS = [10, 11, 12, 13, 16, 17];

/** So that the last of the days is complete. */
const LATER = ['2026-11-18T11:00:00Z', 'nobody', 'nobody', 'none', 'none'];

const FORMATS = {
  csv: (rows: readonly (readonly string[])[]): string =>
    [COLUMNS, ...rows]
      .map((row) => `${row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')}\n`)
      .join(''),
  ndjson: (rows: readonly (readonly string[])[]): string =>
    rows
      .map(
        (row) => `${JSON.stringify(Object.fromEntries(row.map((text, index) => [COLUMNS[index], text])))}\n`,
      )
      .join(''),
};

let sync: SyncOrg;
const pilots = new Map<string, { readonly pilotId: string; readonly criterionId: string }>();

before(async () => {
  sync = await startSyncOrg();
  const create = async (object: string, fields: object): Promise<string> => {
    const { status, body } = await sync.org.call('POST', `/sobjects/${object}`, fields);
    assert.equal(status, 201, JSON.stringify(body));
    return (body as { id: string }).id;
  };
  for (const [index, text] of HOSTILE.entries()) {
    const contact = await create('Contact', { LastName: text });
    const { pilotId } = await sync.makePilot(text, null, {
      Customer_Sponsor__c: contact,
      Champion__c: contact,
    });
    const Filter__c = `department = ${text}`;
    await create('PilotUsageKey__c', { Pilot__c: pilotId, Source__c: 'product', Key__c: text, Filter__c });
    const criterionId = await create('SuccessCriterion__c', {
      Pilot__c: pilotId,
      Name: text,
      Metric__c: `feature ${index}`,
      Window__c: 'Whole pilot',
      Target__c: 10,
    });
    pilots.set(text, { pilotId, criterionId });
  }
});
after(() => sync.close());

/** Each text's people use the feature of that name in the department of that name; a stranger and a neighbour do not count. */
function events(): string[][] {
  return HOSTILE.flatMap((text) =>
    DAYS.flatMap((day) => {
      const at = `2026-11-${day}T09:00:00Z`;
      const own = Array.from({ length: PEOPLE }, (_, person) => [at, text, `${text} ${person}`, text, text]);
      return [...own, [at, text, 'of another department', text, 'Finance'], [at, 'nobody', text, text, text]];
    }),
  );
}

for (const [format, write] of Object.entries(FORMATS))
  test(`hostile names out of ${format} find their pilot, people, department and feature`, async () => {
    const usage = await sync.file(
      `usage.${format}`,
      write([...events(), LATER, ['=1+1', '=2', '=3', '=4', '=5']]),
    );
    const metrics = HOSTILE.map((value, index) => ({
      name: `feature ${index}`,
      fn: 'count',
      where: [{ column: 'event', op: '=', value }],
    }));
    const columns = 'columns: { user_id: user_id, event: event, department: department }';
    const yaml = sync
      .yaml([usage], `metrics: ${JSON.stringify(metrics)}\n`)
      .replace('columns: { user_id: user_id }', columns);
    const report = await sync.sync([usage], { yaml });
    assert.equal(report.totals.failed, 0);

    const rows = new Map((await sync.rows('Pilot__c')).map((row) => [row.Id, row]));
    const criteria = new Map((await sync.rows('SuccessCriterion__c')).map((row) => [row.Id, row]));
    for (const [text, { pilotId, criterionId }] of pilots) {
      assert.equal(rows.get(pilotId)!.Name, `${text} pilot`);
      assert.equal(rows.get(pilotId)!.Active_Users_7d__c, PEOPLE, text);
      assert.equal(rows.get(pilotId)!.Active_Departments__c, 1, text);
      assert.equal(criteria.get(criterionId)!.Actual__c, PEOPLE * DAYS.length, text);
    }

    const { unchanged, ...written } = (await sync.sync([usage], { yaml })).totals;
    assert.deepEqual(written, { created: 0, updated: 0, skipped: 0, failed: 0 });
    assert.ok(unchanged > HOSTILE.length);

    // Lines of JSON: no spreadsheet takes one for a formula, and no value of the row is in it.
    const rejected = await readFile(report.sources[0]!.rejectFile!, 'utf8');
    assert.match(rejected, /^\{"source":"product",[^\n]*"line":\d+,"reason":"[^=\n]*"\}\n$/);
  });
