import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { parseConfig } from '../sync/read-config.ts';
import { NOW, startSyncOrg, usageCsv, type SyncOrg } from '../testing/sync-org.ts';
import type { WhatIf } from './what-if-result.ts';
import { whatIf } from './what-if.ts';

let sync: SyncOrg;
let usage: string;

before(async () => {
  sync = await startSyncOrg();
  await sync.makePilot('Acme', 'acme-eu');
  await sync.makePilot('Globe', 'globe-eu');
  const silent = await sync.file('silent.csv', usageCsv(['acme-eu'], '2026-10-19', '2026-11-06'));
  usage = await sync.file('usage.csv', usageCsv(['globe-eu'], '2026-10-19', '2026-11-18'));
  await sync.sync([silent, usage]);
  usage = sync.yaml([silent, usage]);
});
after(() => sync.close());

async function ask(name: string, policy: string, storedIn?: 'en' | 'es'): Promise<WhatIf> {
  return whatIf({
    policyFile: await sync.file(name, policy),
    isStored: storedIn !== undefined,
    config: parseConfig(`${usage}language: ${storedIn ?? 'en'}\n`, 'sync.yaml'),
    login: {
      targetOrg: null,
      environment: await sync.environment(),
      retry: { ...DEFAULT_RETRY, sleep: async () => undefined },
    },
    now: NOW,
    secret: 'only made-up people in these tests',
    progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
  });
}

test('a shorter limit stalls the silent pilot, says so, and writes nothing', async () => {
  const stored = await sync.rows('Pilot__c');
  const {
    pilots,
    changed,
    after: states,
  } = await ask('shorter.yaml', 'Default: { Idle_Business_Days__c: 5 }');
  assert.equal(pilots, 2);
  const acme = changed.find(({ opportunity }) => opportunity === 'Acme');
  assert.notEqual(acme?.before, 'Stalled');
  assert.equal(acme?.after, 'Stalled');
  assert.equal(changed.length, 1);
  assert.equal(states.Stalled, 1);
  assert.deepEqual(await sync.rows('Pilot__c'), stored);
});

test('a signal that is switched off is named as removed', async () => {
  const { changed } = await ask('off.yaml', 'Pilot: { Signal_No_Sponsor__c: "Off" }');
  assert.deepEqual(
    changed.map(({ opportunity, added, removed, before: from, after: to }) => [
      opportunity,
      added,
      removed,
      from === to,
    ]),
    [
      ['Acme', [], ['NO_SPONSOR'], true],
      ['Globe', [], ['NO_SPONSOR'], true],
    ],
  );
});

test('what is stored is in the language of the configuration, the states in its words', async () => {
  const stored = async () => {
    const [row, ...others] = (await sync.rows('PilotSyncIssue__c')).filter(
      (each) => each['Code__c'] === 'WHAT_IF',
    );
    assert.deepEqual(others, []);
    return [...String(row!['Message__c']).split('\n'), row!['Fix__c']];
  };
  // Silence of eight business days would stall Acme; it then says what the three other signals repeat of it.
  await ask('shorter.yaml', 'Default: { Idle_Business_Days__c: 5 }', 'en');
  assert.deepEqual(await stored(), [
    'With Default Idle_Business_Days__c = 5: 1 of 2 pilots change. Adds 1 flag, removes 3. On track 1 → 1, Watch 0 → 0, At risk 1 → 0, Stalled 0 → 1, Unknown 0 → 0.',
    'Acme, Acme pilot: At risk → Stalled  +NO_USAGE -USAGE_DROP -LOW_ADOPTION -KEY_USER_AWAY',
    'Enter the values in the override records of Pilot Policy to make it so.',
  ]);
  await ask('shorter.yaml', 'Default: { Idle_Business_Days__c: 5 }', 'es');
  assert.deepEqual(await stored(), [
    'Con Default Idle_Business_Days__c = 5: Cambia 1 de 2 pilotos. Añade 1 señal, quita 3. En curso 1 → 1, En observación 0 → 0, En riesgo 1 → 0, Estancado 0 → 1, Desconocido 0 → 0.',
    'Acme, Acme pilot: En riesgo → Estancado  +NO_USAGE -USAGE_DROP -LOW_ADOPTION -KEY_USER_AWAY',
    'Para que sea así, introduzca los valores en registros …_Override de la política de pilotos.',
  ]);
});

test('a field that no rule reads, and a file without change, are refused with their place', async () => {
  const refused = (pattern: RegExp) => (error: unknown) =>
    error instanceof ConfigError && error.code === 'POLICY_FILE' && pattern.test(error.message);
  await assert.rejects(ask('typo.yaml', 'Default: { Idle_Days__c: 5 }'), refused(/typo\.yaml: Default/));
  await assert.rejects(
    ask('word.yaml', 'Default: { Idle_Business_Days__c: soon }'),
    refused(/Idle_Business_Days__c/),
  );
  await assert.rejects(ask('empty.yaml', 'Default: {}'), refused(/changes nothing/));
});
