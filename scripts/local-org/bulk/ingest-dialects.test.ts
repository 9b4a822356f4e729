import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ADMIN, assignPermissionSet, startTestOrg, zipOf, type TestOrg } from '../../testing/test-org.ts';
import { FIXTURE_PACKAGE } from '../conformance/fixture-package.ts';
import { DELIMITERS, parseCsv, writeCsv, type DelimiterName } from './csv.ts';

type Rows = readonly (readonly string[])[];
type Results = Readonly<Record<'successfulResults' | 'failedResults' | 'unprocessedrecords', Rows>>;

interface Dialect {
  readonly columnDelimiter: DelimiterName;
  readonly lineEnding: 'LF' | 'CRLF';
}
const PLAIN: Dialect = { columnDelimiter: 'COMMA', lineEnding: 'LF' };
const LINE_ENDS = { LF: '\n', CRLF: '\r\n' };

describe('rows of a bulk job', () => {
  let org: TestOrg;
  before(async () => {
    org = await startTestOrg({ deploy: zipOf(FIXTURE_PACKAGE) });
    await assignPermissionSet(org, ADMIN, 'Widget_User');
  });
  after(() => org.close());

  async function send(
    method: string,
    path: string,
    body: string,
    type = 'application/json',
  ): Promise<Response> {
    const headers = { authorization: `Bearer ${await org.tokenFor(ADMIN)}`, 'content-type': type };
    return fetch(`${org.url}/services/data/v67.0/jobs${path}`, {
      method,
      headers,
      ...(method === 'GET' ? {} : { body }),
    });
  }

  /** Runs a job to its end and reads its three result files with the job's own dialect. */
  async function load(spec: object, rows: Rows, dialect: Dialect = PLAIN): Promise<Results> {
    const delimiter = DELIMITERS[dialect.columnDelimiter];
    const made = await send('POST', '/ingest', JSON.stringify({ ...spec, ...dialect }));
    const { id } = (await made.json()) as { id: string };
    const csv = writeCsv(rows, delimiter, LINE_ENDS[dialect.lineEnding]);
    assert.equal((await send('PUT', `/ingest/${id}/batches`, csv, 'text/csv')).status, 201);
    await send('PATCH', `/ingest/${id}`, '{"state":"UploadComplete"}');
    const job = (await (await send('GET', `/ingest/${id}`, '')).json()) as { state: string };
    assert.equal(job.state, 'JobComplete');
    const read = async (kind: string): Promise<Rows> => {
      const text = await (await send('GET', `/ingest/${id}/${kind}`, '')).text();
      assert.equal(text.includes('\r\n'), dialect.lineEnding === 'CRLF', kind);
      return parseCsv(text, delimiter);
    };
    return {
      successfulResults: await read('successfulResults'),
      failedResults: await read('failedResults'),
      unprocessedrecords: await read('unprocessedrecords'),
    };
  }

  async function query(soql: string): Promise<Record<string, unknown>[]> {
    const { status, body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    assert.equal(status, 200, JSON.stringify(body));
    return (body as { records: Record<string, unknown>[] }).records;
  }

  // https://developer.salesforce.com/docs/platform/api-asynch/guide/datafiles-prepare-csv.md
  for (const columnDelimiter of Object.keys(DELIMITERS) as DelimiterName[])
    for (const lineEnding of ['LF', 'CRLF'] as const)
      test(`values keep delimiters, quotes, line ends and spaces (${columnDelimiter}, ${lineEnding})`, async () => {
        const sign = DELIMITERS[columnDelimiter];
        const name = `${columnDelimiter} ${lineEnding}`;
        const text = `  a${sign}b "c"\nd  `;
        const results = await load(
          { object: 'Account', operation: 'insert' },
          [
            ['Name', 'Description'],
            [name, text],
            ['', text],
          ],
          { columnDelimiter, lineEnding },
        );
        assert.deepEqual(results.successfulResults[0], ['sf__Id', 'sf__Created', 'Name', 'Description']);
        assert.deepEqual(results.successfulResults[1]?.slice(1), ['true', name, text]);
        assert.deepEqual(results.failedResults, [
          ['sf__Id', 'sf__Error', 'Name', 'Description'],
          ['', 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --', '', text],
        ]);
        assert.deepEqual(results.unprocessedrecords, [['Name', 'Description']]);
        const [stored] = await query(`SELECT Description FROM Account WHERE Name = '${name}'`);
        assert.equal(String(stored?.['Description']).includes(`a${sign}b "c"\nd`), true);
      });

  test('a parent is found by its key, an empty value changes nothing, #N/A empties, a shared key fails both rows', async () => {
    const [account] = (
      await load({ object: 'Account', operation: 'insert' }, [['Name'], ['Bulk parent']])
    ).successfulResults.slice(1);
    const upsert = { object: 'Widget__c', operation: 'upsert', externalIdFieldName: 'Key__c' };
    const first = await load(upsert, [
      ['Name', 'Key__c', 'Account__c', 'Title__c'],
      ['Wheel', 'bulk-1', account?.[0] ?? '', 'old'],
      ['Axle', 'bulk-2', account?.[0] ?? '', 'old'],
    ]);
    assert.deepEqual(
      first.successfulResults.slice(1).map(([, created]) => created),
      ['true', 'true'],
    );
    const second = await load(upsert, [
      ['Key__c', 'Title__c', 'Name'],
      ['bulk-1', '#N/A', ''],
      ['bulk-2', '', 'Axle 2'],
      ['bulk-3', 'x', ''],
      ['BULK-3', 'y', ''],
    ]);
    assert.deepEqual(
      second.successfulResults.slice(1).map(([, created, key]) => [created, key]),
      [
        ['false', 'bulk-1'],
        ['false', 'bulk-2'],
      ],
    );
    assert.deepEqual(
      second.failedResults.slice(1).map(([, error, key]) => [error?.split(':')[0], key]),
      [
        ['DUPLICATE_VALUE', 'bulk-3'],
        ['DUPLICATE_VALUE', 'BULK-3'],
      ],
    );
    assert.deepEqual(
      (await query("SELECT Name, Title__c FROM Widget__c WHERE Key__c LIKE 'bulk-%' ORDER BY Key__c")).map(
        ({ Name, Title__c }) => [Name, Title__c],
      ),
      [
        ['Wheel', null],
        ['Axle 2', 'old'],
      ],
    );
    const parts = await load({ object: 'Part__c', operation: 'insert' }, [
      ['Name', 'Widget__r.Key__c'],
      ['Spoke', 'bulk-1'],
      ['Lost', 'nobody'],
    ]);
    assert.equal(parts.successfulResults.length, 2);
    assert.match(
      parts.failedResults[1]?.[1] ?? '',
      /^INVALID_FIELD:Foreign key external ID: nobody not found for field Key__c in entity Widget__c:/,
    );
    const [part] = await query("SELECT Widget__r.Name FROM Part__c WHERE Name = 'Spoke'");
    assert.equal((part?.['Widget__r'] as { Name: string }).Name, 'Wheel');
  });

  test('of two new rows with one unique value the second is refused and names the first', async () => {
    const [account] = await query('SELECT Id FROM Account LIMIT 1');
    const { successfulResults, failedResults } = await load({ object: 'Widget__c', operation: 'insert' }, [
      ['Name', 'Key__c', 'Account__c'],
      ['One', 'twin', String(account?.['Id'])],
      ['Two', 'TWIN', String(account?.['Id'])],
    ]);
    const [id = ''] = successfulResults[1] ?? [];
    assert.deepEqual(
      successfulResults.slice(1).map(([, , name]) => name),
      ['One'],
    );
    assert.equal(
      failedResults[1]?.[1],
      `DUPLICATE_VALUE:duplicate value found: Key__c duplicates value on record with id: ${id.slice(0, 15)}:--`,
    );
  });

  test('results of a query job come in pages by locator, the last one says null', async () => {
    await load({ object: 'Account', operation: 'insert' }, [
      ['Name'],
      ...Array.from({ length: 5 }, (_, index) => [`Page ${index}`]),
    ]);
    const soql = "SELECT Name FROM Account WHERE Name LIKE 'Page %' ORDER BY Name";
    const made = await send('POST', '/query', JSON.stringify({ operation: 'query', query: soql }));
    const { id } = (await made.json()) as { id: string };
    const pages: string[][] = [];
    let locator = '';
    while (locator !== 'null') {
      const page = await send(
        'GET',
        `/query/${id}/results?maxRecords=2${locator === '' ? '' : `&locator=${locator}`}`,
        '',
      );
      const [header, ...rows] = parseCsv(await page.text(), ',');
      assert.deepEqual(header, ['Name']);
      assert.equal(page.headers.get('sforce-numberofrecords'), String(rows.length));
      pages.push(rows.flat());
      locator = page.headers.get('sforce-locator') ?? assert.fail('no locator');
    }
    assert.deepEqual(pages, [['Page 0', 'Page 1'], ['Page 2', 'Page 3'], ['Page 4']]);
    for (const bad of ['LTU=', 'eA==']) {
      const refused = await send('GET', `/query/${id}/results?locator=${bad}`, '');
      assert.equal(refused.status, 400, bad);
      assert.equal(((await refused.json()) as [{ errorCode: string }])[0].errorCode, 'INVALID_QUERY_LOCATOR');
    }
  });
});
