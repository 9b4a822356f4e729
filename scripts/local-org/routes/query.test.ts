import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ADMIN, createUser, startTestOrg, type TestOrg } from '../../testing/test-org.ts';

interface Page {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly { readonly Name: string; readonly attributes: { readonly type: string } }[];
}

const DATA = '/services/data/v67.0';
const ROWS = 600;

describe('pages of a query', () => {
  let org: TestOrg;
  before(async () => {
    org = await startTestOrg();
    for (let from = 0; from < ROWS; from += 200) {
      const records = Array.from({ length: 200 }, (_, index) => ({
        attributes: { type: 'Account' },
        Name: `A${String(from + index).padStart(3, '0')}`,
        // Wide rows from the 301st on.
        Description: from + index >= 300 ? 'x'.repeat(10_100) : 'short',
      }));
      assert.equal((await org.call('POST', '/composite/sobjects', { records })).status, 200);
    }
  });
  after(() => org.close());

  async function page(path: string, batchSize?: number, username = ADMIN): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${await org.tokenFor(username)}` };
    if (batchSize !== undefined) headers['sforce-query-options'] = `batchSize=${batchSize}`;
    return fetch(org.url + path, { headers });
  }
  const first = (soql: string) => `${DATA}/query?q=${encodeURIComponent(soql)}`;
  const read = async (path: string, batchSize?: number): Promise<Page> =>
    (await (await page(path, batchSize)).json()) as Page;
  async function sizes(soql: string, batchSize?: number): Promise<number[]> {
    const found: number[] = [];
    const names: string[] = [];
    for (let path: string | undefined = first(soql); path !== undefined;) {
      const { records, nextRecordsUrl, totalSize, done }: Page = await read(path, batchSize);
      assert.equal(totalSize, ROWS);
      assert.equal(done, nextRecordsUrl === undefined);
      found.push(records.length);
      names.push(...records.map(({ Name }) => Name));
      path = nextRecordsUrl;
    }
    assert.equal(new Set(names).size, ROWS);
    return found;
  }

  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_queryoptions.htm
  test('one page holds what fits, batchSize asks for less but never for less than 200', async () => {
    assert.deepEqual(await sizes('SELECT Name FROM Account ORDER BY Name'), [600]);
    assert.deepEqual(await sizes('SELECT Name FROM Account ORDER BY Name', 250), [250, 250, 100]);
    assert.deepEqual(await sizes('SELECT Name FROM Account ORDER BY Name', 50), [200, 200, 200]);
  });

  test('rows of more than 10,000 characters come in pages of 250', async () => {
    assert.deepEqual(await sizes('SELECT Name, Description FROM Account ORDER BY Name'), [250, 250, 100]);
    assert.deepEqual(
      await sizes('SELECT Name, Description FROM Account ORDER BY Name', 200),
      [200, 200, 200],
    );
  });

  test('the locator is a cursor and an offset, and belongs to whoever asked', async () => {
    const { nextRecordsUrl = '' } = await read(first('SELECT Name FROM Account ORDER BY Name'), 200);
    assert.match(nextRecordsUrl, /^\/services\/data\/v67\.0\/query\/01g\w{15}-200$/);
    await createUser(org, { username: 'other@local.test' });
    for (const response of [
      await page(nextRecordsUrl, undefined, 'other@local.test'),
      await page(`${DATA}/query/01g000000000001AAA-200`),
      await page(nextRecordsUrl.replace(/-200$/, '-9999')),
    ]) {
      assert.equal(response.status, 400);
      assert.deepEqual(await response.json(), [
        { message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' },
      ]);
    }
  });

  test('OFFSET skips up to 2,000 rows, past the end there are none', async () => {
    const names = async (rest: string) =>
      (await read(first(`SELECT Name FROM Account ORDER BY Name ${rest}`))).records.map(({ Name }) => Name);
    assert.deepEqual(await names('LIMIT 2 OFFSET 598'), ['A598', 'A599']);
    assert.deepEqual(await names('OFFSET 2000'), []);
    const refused = await page(first('SELECT Name FROM Account OFFSET 2001'));
    assert.equal(refused.status, 400);
    assert.equal(
      ((await refused.json()) as [{ errorCode: string }])[0].errorCode,
      'NUMBER_OUTSIDE_VALID_RANGE',
    );
  });
});
