import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  ADMIN,
  assignPermissionSet,
  createUser,
  startTestOrg,
  zipOf,
  type TestOrg,
} from '../../testing/test-org.ts';
import { FIXTURE_PACKAGE } from '../conformance/fixture-package.ts';

const WIDGET = 'objects/Widget__c.object';
const API = '/services/data/v67.0/metadata/deployRequest';

interface Result {
  readonly success: boolean;
  readonly status: string;
  readonly details: {
    readonly componentFailures: readonly Failure[];
    readonly componentSuccesses: readonly { fullName: string; created: boolean }[];
  };
}
interface Failure {
  readonly componentType: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly lineNumber: number;
  readonly problem: string;
}

async function deploy(
  org: TestOrg,
  files: Readonly<Record<string, string>>,
  options: object = {},
): Promise<Result> {
  const headers = { authorization: `Bearer ${await org.tokenFor(ADMIN)}` };
  const form = new FormData();
  form.set('entity_content', JSON.stringify({ deployOptions: options }));
  form.set('file', new Blob([new Uint8Array(zipOf(files))]), 'package.zip');
  const started = await fetch(org.url + API, { method: 'POST', headers, body: form });
  assert.equal(started.status, 201);
  const { id } = (await started.json()) as { id: string };
  const polled = await fetch(`${org.url}${API}/${id}?includeDetails=true`, { headers });
  return ((await polled.json()) as { deployResult: Result }).deployResult;
}

const edited = (from: string, to: string): Record<string, string> => {
  const text = FIXTURE_PACKAGE[WIDGET]!;
  assert.ok(text.includes(from));
  return { ...FIXTURE_PACKAGE, [WIDGET]: text.replace(from, to) };
};

/** Everything a client can see of schema and data. */
async function snapshot(org: TestOrg): Promise<string> {
  const objects = await org.call('GET', '/sobjects');
  const names = (objects.body as { sobjects: { name: string }[] }).sobjects.map(({ name }) => name);
  const parts: unknown[] = [];
  for (const name of names) {
    parts.push((await org.call('GET', `/sobjects/${name}/describe`)).body);
    parts.push(
      (
        await org.call(
          'GET',
          `/query?q=${encodeURIComponent(`SELECT FIELDS(ALL) FROM ${name} ORDER BY Id LIMIT 200`)}`,
        )
      ).body,
    );
  }
  return JSON.stringify(parts);
}

describe('deploy', () => {
  let org: TestOrg;
  before(async () => void (org = await startTestOrg()));
  after(() => org.close());

  test('an object exists from its deploy on, not before', async () => {
    assert.equal((await org.call('GET', '/sobjects/Widget__c/describe')).status, 404);
    const result = await deploy(org, FIXTURE_PACKAGE);
    assert.equal(result.success, true, JSON.stringify(result.details.componentFailures));
    assert.ok(
      result.details.componentSuccesses.some(
        ({ fullName, created }) => fullName === 'Widget__c.Title__c' && created,
      ),
    );
    assert.equal((await org.call('GET', '/sobjects/Widget__c/describe')).status, 200);
  });

  test('the same package again changes nothing', async () => {
    const before = await snapshot(org);
    const result = await deploy(org, FIXTURE_PACKAGE);
    assert.equal(result.success, true);
    assert.equal(await snapshot(org), before);
  });

  test('check only says what would fail and changes nothing', async () => {
    const before = await snapshot(org);
    const added = edited(
      '<fields><fullName>Title__c',
      '<fields><fullName>Extra__c</fullName><label>Extra</label><type>Date</type></fields><fields><fullName>Title__c',
    );
    assert.equal((await deploy(org, added, { checkOnly: true })).success, true);
    assert.equal(await snapshot(org), before);
  });

  const broken = [
    {
      name: 'a formula with an unknown field',
      files: edited('Amount__c * 2', 'Amout__c * 2'),
      fullName: 'Widget__c.Twice__c',
      problem: /Amout__c/,
    },
    {
      name: 'a rule with an unknown function',
      files: edited('Amount__c &lt; 0', 'NOPE(Amount__c)'),
      fullName: 'Widget__c.Amount_Not_Negative',
      problem: /NOPE/,
    },
    {
      name: 'a roll-up over a field that is not there',
      files: edited('Part__c.Price__c', 'Part__c.Prize__c'),
      fullName: 'Widget__c.Total__c',
      problem: /Prize__c/,
    },
  ];
  for (const { name, files, fullName, problem } of broken)
    test(`${name} fails with component, line and reason, and leaves the org as it was`, async () => {
      const before = await snapshot(org);
      const result = await deploy(org, files);
      assert.equal(result.status, 'Failed');
      const failure = result.details.componentFailures.find((each) => each.fullName === fullName);
      assert.ok(failure, JSON.stringify(result.details.componentFailures));
      assert.match(failure.problem, problem);
      assert.equal(failure.fileName, WIDGET);
      assert.ok(failure.lineNumber > 1);
      assert.equal(await snapshot(org), before);
    });

  test('what a later deploy leaves out stays', async () => {
    const part = 'objects/Part__c.object';
    const manifest = FIXTURE_PACKAGE['package.xml']!.replace('<members>Widget__c</members>', '').replace(
      /<types>(?:(?!<types>).)*<name>PermissionSet.*?<\/types>/,
      '',
    );
    const result = await deploy(org, { 'package.xml': manifest, [part]: FIXTURE_PACKAGE[part]! });
    assert.equal(result.success, true, JSON.stringify(result.details.componentFailures));
    assert.equal((await org.call('GET', '/sobjects/Widget__c/describe')).status, 200);
  });

  test('destructive changes take a field away from query, describe and write', async () => {
    await assignPermissionSet(org, ADMIN, 'Widget_User');
    const select = `/query?q=${encodeURIComponent('SELECT Mail__c FROM Widget__c')}`;
    assert.equal((await org.call('GET', select)).status, 200);
    const destructive =
      '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Widget__c.Mail__c</members><name>CustomField</name></types><version>67.0</version></Package>';
    const result = await deploy(org, { 'destructiveChangesPost.xml': destructive });
    assert.equal(result.success, true, JSON.stringify(result.details.componentFailures));
    const refusals = [
      await org.call('GET', select),
      await org.call('POST', '/sobjects/Widget__c', { Name: 'x', Mail__c: 'a@b.test' }),
    ];
    for (const { status, body } of refusals) {
      assert.equal(status, 400);
      assert.equal((body as { errorCode: string }[])[0]!.errorCode, 'INVALID_FIELD');
    }
    const described = (await org.call('GET', '/sobjects/Widget__c/describe')).body as {
      fields: { name: string }[];
    };
    assert.equal(
      described.fields.some(({ name }) => name === 'Mail__c'),
      false,
    );
  });
});

test('a zip that is no zip, or that leaves its folder, is refused', async () => {
  const org = await startTestOrg();
  const headers = { authorization: `Bearer ${await org.tokenFor(ADMIN)}` };
  const send = async (zip: Uint8Array) => {
    const form = new FormData();
    form.set('entity_content', '{}');
    form.set('file', new Blob([new Uint8Array(zip)]));
    const response = await fetch(org.url + API, { method: 'POST', headers, body: form });
    return { status: response.status, body: (await response.json()) as { errorCode: string }[] };
  };
  for (const zip of [new Uint8Array([1, 2, 3]), zipOf({ '../../evil.object': 'x' })]) {
    const { status, body } = await send(zip);
    assert.equal(status, 400);
    assert.equal(body[0]!.errorCode, 'INVALID_ZIP_FILE');
  }
  await org.close();
});

test('a caller without Modify All Data cannot deploy', async () => {
  const org = await startTestOrg();
  await createUser(org, { username: 'rep@local.test' });
  const headers = { authorization: `Bearer ${await org.tokenFor('rep@local.test')}` };
  const response = await fetch(org.url + API, { method: 'POST', headers, body: new FormData() });
  assert.equal(response.status, 403);
  await org.close();
});
