import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { readdirSync, readFileSync } from 'node:fs';
import { explainText } from '../cli/explain-text.ts';
import { RULES } from '../domain/signals/rules.ts';
import { DATA_SIGNALS } from '../domain/policy-fields.ts';
import { PilotError } from '../salesforce/pilot-error.ts';
import { DEFAULT_RETRY } from '../salesforce/retry.ts';
import { parseConfig } from '../sync/read-config.ts';
import { NOW, startSyncOrg, usageCsv, type MadePilot, type SyncOrg } from '../testing/sync-org.ts';
import { explainPilot, type Explanation } from './explain.ts';
import { silenceInWords } from './silence-words.ts';

let org: SyncOrg;
let busy: MadePilot;
let idle: MadePilot;
let usage: string;

before(async () => {
  org = await startSyncOrg();
  busy = await org.makePilot('Acme', 'acme-eu', { Start_Date__c: '2026-09-28' });
  idle = await org.makePilot('Globex', 'globex', { Start_Date__c: '2026-09-28' });
  await org.makePilot('Twin', null, { Name: 'Twin' });
  await org.makePilot('Twin', null, { Name: 'twin' });
  await org.makePilot('Drafted', null, { Status__c: 'Draft' });
  const lines = usageCsv(['globex'], '2026-09-28', '2026-10-30').split('\n').slice(1).join('\n');
  usage = await org.file('usage.csv', usageCsv(['acme-eu'], '2026-09-28', '2026-11-18') + lines);
});
after(() => org.close());

async function explain(pilot: string, paths: readonly string[] = [usage]): Promise<Explanation> {
  return explainPilot({
    pilot,
    config: parseConfig(org.yaml(paths), 'sync.yaml'),
    login: {
      targetOrg: null,
      environment: await org.environment(),
      retry: { ...DEFAULT_RETRY, sleep: async () => undefined },
    },
    now: NOW,
    secret: 'only made-up people in these tests',
    progress: { stage: () => undefined, update: () => undefined, note: () => undefined },
  });
}

function ruleOf({ rules }: Explanation, code: string) {
  return rules.find((rule) => rule.code === code)!;
}

test('every rule is told once, fired or not, a silent one with its reason', async () => {
  const { rules, health } = await explain(busy.pilotId);
  assert.equal(health, 'On track');
  assert.deepEqual(
    rules.map(({ code }) => code),
    [...RULES.map(({ code }) => code), ...DATA_SIGNALS],
  );
  for (const { fired, silentBecause, code } of rules) assert.equal(fired, silentBecause === null, code);
});

test('a rule that fired quotes what it saw and its threshold, in words and numbers', async () => {
  const explanation = await explain('globex PILOT');
  assert.equal(explanation.pilot.id, idle.pilotId);
  assert.equal(explanation.health, 'Stalled');
  const noUsage = ruleOf(explanation, 'NO_USAGE');
  assert.equal(noUsage.said?.state, 'Stalled');
  assert.match(noUsage.said.evidence, /None of 5 users/);
  assert.equal(noUsage.observed['lastActiveOn'], '2026-10-30');
  assert.equal(noUsage.threshold['idleBusinessDays'], 10);
  const text = explainText(explanation);
  assert.match(text, /^Stalled\. Stalled since /m);
  assert.match(text, /^ {2}NO_USAGE {2}Stalled since 2026-11-\d\d: /m);
  assert.match(text, /^ {2}champion.*: (none is named|not matched|found among)/m);
  assert.match(text, /seen: idle business days 1\d, last active on 2026-10-30/);
});

test('what would change the verdict is asked of the rules themselves', async () => {
  const { changes, health } = await explain(idle.pilotId);
  const without = changes.find((change) => change.kind === 'withoutSignal' && change.code === 'NO_USAGE');
  assert.ok(without && 'health' in without && without.health !== health);
  const used = changes.find((change) => change.kind === 'everybodyUsesIt');
  assert.ok(used?.kind === 'everybodyUsesIt');
  assert.equal(used.people, 5);
  assert.ok(used.change && used.change.on > '2026-11-18' && used.change.health !== 'Stalled');
});

test('a pilot in use is told when silence would be flagged', async () => {
  const { changes } = await explain(busy.pilotId);
  const silence = changes.find((change) => change.kind === 'nobodyUsesIt');
  assert.ok(silence?.kind === 'nobodyUsesIt' && silence.change);
  assert.notEqual(silence.change.health, 'On track');
  assert.ok(silence.change.on > '2026-11-19');
});

test('explaining writes nothing', async () => {
  const before = await org.rows('Pilot__c');
  await explain(idle.pilotId.slice(0, 15));
  assert.deepEqual(await org.rows('Pilot__c'), before);
  assert.deepEqual(await org.rows('PilotSyncRun__c'), []);
});

test('the verdict is the one that the sync then writes', async () => {
  const told = await explain(idle.pilotId);
  const report = await org.sync([usage], { isDryRun: true });
  const synced = report.pilots.find(({ id }) => id === idle.pilotId)!;
  assert.deepEqual([told.health, told.reason, told.storedHealth], [synced.health, synced.reason, null]);
});

describe('a pilot that cannot be explained', () => {
  const CASES = [
    { name: 'no such name', asked: 'Initech', code: 'PILOT_UNKNOWN', told: /"Initech"/ },
    { name: 'no such id', asked: 'a00000000000999AAA', code: 'PILOT_UNKNOWN', told: /a00000000000999AAA/ },
    { name: 'quotes', asked: "O'Neil \\", code: 'PILOT_UNKNOWN', told: /O'Neil/ },
    {
      name: 'two of one name',
      asked: 'Twin',
      code: 'PILOT_AMBIGUOUS',
      told: /2 pilots are named "Twin": \w{18}, \w{18}/,
    },
    { name: 'a draft', asked: 'Drafted pilot', code: 'PILOT_NOT_LIVE', told: /its status is Draft/ },
  ];
  for (const { name, asked, code, told } of CASES)
    test(`${name}: ${code}`, async () => {
      await assert.rejects(explain(asked), (error: unknown) => {
        assert.ok(error instanceof PilotError);
        assert.equal(error.code, code);
        assert.match(error.message, told);
        assert.ok(error.actions.length > 0);
        return true;
      });
    });

  test('its source is not there: the source is blamed, not the pilot', async () => {
    await assert.rejects(explain(busy.pilotId, [`${org.folder}/gone.csv`]), { code: 'SOURCE_NOT_FOUND' });
  });
});

test('every reason for silence that a rule can give has words', () => {
  const folder = new URL('../domain/', import.meta.url);
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const calls = texts.flatMap((text) => [
    ...text.matchAll(/\bsilent\(([^;]*?)(?:, |\);)/g),
    ...text.matchAll(/type UsageSilence =([^;]*);/g),
  ]);
  const keys = new Set(
    calls.flatMap((call) => [...call[1]!.matchAll(/'([a-z][A-Za-z]*)'/g)].map((match) => match[1]!)),
  );
  assert.ok(keys.size > 35, `only ${keys.size} keys found`);
  assert.deepEqual(
    [...keys].filter((key) => silenceInWords(key) === key),
    [],
  );
});
