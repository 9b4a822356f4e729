import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocalOrg } from '../local-org.ts';
import { fuzz } from './fuzz-org.ts';
import { FUZZ_TARGETS } from './fuzz-targets.ts';
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

test('a target that breaks is reported with its seed', async () => {
  const org = createLocalOrg();
  const broken = { name: 'broken', send: () => Promise.resolve(new Response('oops', { status: 500 })) };
  const { faults } = await fuzz(broken, await openClient(org), 2);
  assert.deepEqual(faults, ['broken, seed 1: 500 oops', 'broken, seed 2: 500 oops']);
  await org.close();
});
