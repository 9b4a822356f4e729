import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ADMIN, startTestOrg, type TestOrg } from '../test-org.ts';
import { CLIENTS } from './clients-folder.ts';
import { startSfCli, type SfCli } from './sf-cli.ts';

const ROWS = 450;

let org: TestOrg;
let cli: SfCli;

before(async () => {
  org = await startTestOrg();
  cli = startSfCli();
  const linked = await cli.text(['plugins', 'link', `${CLIENTS}/node_modules/sfdmu`, '--no-install']);
  assert.equal(linked.code, 0, linked.raw);
});

after(async () => {
  cli.close();
  await org.close();
});

/** Its `-u <username>` reads another command's table; a login in export.json works. */
async function load(folder: string): Promise<void> {
  const ran = await cli.text([
    ...['sfdmu', 'run', '-s', 'csvfile', '-u', 'loc', '-p', folder],
    ...['--noprompt', '--nowarnings', '--apiversion', '66.0'],
  ]);
  assert.equal(ran.code, 0, ran.raw);
}

async function rows(soql: string): Promise<Record<string, unknown>[]> {
  const { status, body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return (body as { records: Record<string, unknown>[] }).records;
}

test('sfdmu loads 450 rows from CSV, and changes only what differs the second time', async () => {
  const folder = join(cli.home, 'load');
  mkdirSync(folder);
  const plan = {
    orgs: [{ name: 'loc', instanceUrl: org.url, accessToken: await org.tokenFor(ADMIN) }],
    objects: [{ query: 'SELECT Name, Website FROM Account', operation: 'Upsert', externalId: 'Name' }],
  };
  writeFileSync(join(folder, 'export.json'), JSON.stringify(plan));
  const csv = (site: (index: number) => string): string =>
    ['Name,Website', ...Array.from({ length: ROWS }, (_, index) => `Mill ${index},${site(index)}`), ''].join(
      '\n',
    );
  writeFileSync(
    join(folder, 'Account.csv'),
    csv((index) => `https://mill-${index}.example`),
  );
  await load(folder);
  assert.equal((await rows("SELECT Id FROM Account WHERE Name LIKE 'Mill %'")).length, ROWS);
  assert.equal(
    (await rows("SELECT Website FROM Account WHERE Name = 'Mill 7'"))[0]?.['Website'],
    'https://mill-7.example',
  );

  writeFileSync(
    join(folder, 'Account.csv'),
    csv((index) => `https://mill-${index === 7 ? 'seven' : index}.example`),
  );
  await load(folder);
  assert.equal((await rows("SELECT Id FROM Account WHERE Name LIKE 'Mill %'")).length, ROWS);
  assert.equal(
    (await rows("SELECT Website FROM Account WHERE Name = 'Mill 7'"))[0]?.['Website'],
    'https://mill-seven.example',
  );
});
