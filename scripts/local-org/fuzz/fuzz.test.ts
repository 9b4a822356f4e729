import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalOrg } from '../local-org.ts';
import { fuzz } from './fuzz-org.ts';
import { FUZZ_TARGETS, SOQL_SEEDS } from './fuzz-targets.ts';
import { openClient } from './open-client.ts';

const INPUTS = 300;

for (const target of FUZZ_TARGETS)
  test(`${INPUTS} damaged inputs of ${target.name} are answered in time and in shape`, async () => {
    const org = createLocalOrg({ dailyApiRequests: 1e9 });
    const { faults, statuses } = await fuzz(target, await openClient(org), INPUTS);
    assert.deepEqual(faults, []);
    const refused = [...statuses].filter(([status]) => status >= 400).length;
    assert.ok(
      refused > 0 || target.name === 'GraphQL' || target.name === 'CSV' || target.name === 'metadata XML',
    );
    await org.close();
  });

test('the queries to be damaged are answered while they are whole', async () => {
  const org = createLocalOrg();
  const client = await openClient(org);
  for (const soql of SOQL_SEEDS) {
    const answer = await client.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    assert.equal(answer.status, 200, `${soql}: ${await answer.text()}`);
  }
  await org.close();
});

const SOAP_FAULT = '<faultcode>sf:UNKNOWN_EXCEPTION</faultcode>';

test('a target that breaks is reported with its seed, over SOAP too', async () => {
  const org = createLocalOrg();
  for (const text of ['oops', SOAP_FAULT]) {
    const broken = { name: 'broken', send: () => Promise.resolve(new Response(text, { status: 500 })) };
    const { faults } = await fuzz(broken, await openClient(org), 2);
    assert.deepEqual(faults, [`broken, seed 1: 500 ${text}`, `broken, seed 2: 500 ${text}`]);
  }
  await org.close();
});
