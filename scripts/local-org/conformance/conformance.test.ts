import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  assignPermissionSet,
  createUser,
  startTestOrg,
  zipOf,
  type TestOrg,
} from '../../testing/test-org.ts';
import { ALL_CASES } from './all-cases.ts';
import type { Step } from './conformance-case.ts';
import { parseCsv } from '../bulk/csv.ts';
import { assertMatches, runCase, type ConformanceTarget } from './conformance-runner.ts';
import { FIELD_VALUE_RULES, type FieldValueRule } from './field-values.ts';
import { FIXTURE_PACKAGE } from './fixture-package.ts';

const USERS = {
  user: 'user@local.test',
  editor: 'editor@local.test',
  reader: 'reader@local.test',
  nobody: 'nobody@local.test',
  admin: 'admin@local.test',
};

async function startFixtureOrg(): Promise<TestOrg> {
  const org = await startTestOrg({ deploy: zipOf(FIXTURE_PACKAGE) });
  const everything = 'System Administrator';
  await createUser(org, { username: USERS.user, profile: everything, permissionSets: ['Widget_User'] });
  await createUser(org, { username: USERS.editor, permissionSets: ['Widget_User'] });
  await createUser(org, { username: USERS.reader, permissionSets: ['Widget_Reader'] });
  await createUser(org, { username: USERS.nobody });
  return org;
}

function targetOf(org: TestOrg): ConformanceTarget {
  return {
    send: async (step: Step, path, body) => {
      const as = step.as ?? 'user';
      const headers: Record<string, string> = { ...step.headers };
      if (as !== 'none') headers['authorization'] = `Bearer ${await org.tokenFor(USERS[as])}`;
      if (body !== undefined) headers['content-type'] ??= 'application/json';
      const payload = step.text ?? (body === undefined ? undefined : JSON.stringify(body));
      const root = step.isControl === true ? org.url : `${org.url}/services/data/v67.0`;
      const response = await fetch(root + path, {
        method: step.method,
        headers,
        ...(payload === undefined ? {} : { body: payload }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
      const answer = text === '' ? null : isJson ? (JSON.parse(text) as unknown) : text;
      return { status: response.status, headers: response.headers, body: answer };
    },
  };
}

for (const [family, cases] of Object.entries(ALL_CASES))
  describe(`conformance: ${family}`, () => {
    let org: TestOrg;
    before(async () => void (org = await startFixtureOrg()));
    after(() => org.close());
    for (const each of cases) test(each.name, () => runCase(targetOf(org), each));
  });

test('nothing that the product relies on is unknown, and names are unique', () => {
  const all = Object.values(ALL_CASES).flat();
  assert.deepEqual(
    all.filter(({ isReliedOn, mark }) => isReliedOn && mark.kind === 'unknown'),
    [],
  );
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
});

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** A way to write one field of a widget: the refusal, or null when it was accepted. */
type Channel = (org: TestOrg, id: string, rule: FieldValueRule, value: unknown) => Promise<Refusal | null>;

const CHANNELS: Readonly<Record<string, Channel>> = {
  row: async (org, id, { field }, value) => {
    const { status, body } = await org.call(
      'PATCH',
      `/sobjects/Widget__c/${id}`,
      { [field]: value },
      USERS.user,
    );
    if (status === 204) return null;
    const [error] = body as { errorCode: string; message: string; fields: string[] }[];
    return { code: error!.errorCode, message: error!.message, fields: error!.fields };
  },
  collection: async (org, id, { field }, value) => {
    const record = { attributes: { type: 'Widget__c' }, id, [field]: value };
    const { body } = await org.call('PATCH', '/composite/sobjects', { records: [record] }, USERS.user);
    const [result] = body as {
      success: boolean;
      errors: { statusCode: string; message: string; fields: string[] }[];
    }[];
    const error = result!.errors[0];
    return error === undefined
      ? null
      : { code: error.statusCode, message: error.message, fields: error.fields };
  },
  composite: async (org, id, { field }, value) => {
    const url = `/services/data/v67.0/sobjects/Widget__c/${id}`;
    const compositeRequest = [{ method: 'PATCH', url, referenceId: 'one', body: { [field]: value } }];
    const answer = await org.call('POST', '/composite', { compositeRequest }, USERS.user);
    const { compositeResponse } = answer.body as {
      compositeResponse: {
        httpStatusCode: number;
        body: { errorCode: string; message: string; fields: string[] }[];
      }[];
    };
    const { httpStatusCode, body } = compositeResponse[0]!;
    if (httpStatusCode === 204) return null;
    return { code: body[0]!.errorCode, message: body[0]!.message, fields: body[0]!.fields };
  },
  bulk: async (org, id, { field }, value) => {
    const token = await org.tokenFor(USERS.user);
    const jobs = `${org.url}/services/data/v67.0/jobs/ingest`;
    const send = (method: string, path: string, type: string, body?: string) =>
      fetch(jobs + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        ...(body === undefined ? {} : { body }),
      });
    const spec = JSON.stringify({ object: 'Widget__c', operation: 'update' });
    const { id: job } = (await (await send('POST', '', 'application/json', spec)).json()) as { id: string };
    const text = value === null ? '#N/A' : String(value);
    await send('PUT', `/${job}/batches`, 'text/csv', `Id,${field}\n${id},"${text}"\n`);
    await send('PATCH', `/${job}`, 'application/json', '{"state":"UploadComplete"}');
    const [, line] = parseCsv(await (await send('GET', `/${job}/failedResults`, 'text/csv')).text(), ',');
    if (line === undefined) return null;
    const [, code = '', message = '', fields = ''] = /^([A-Z_]+):([\s\S]*):([\w, ]*)--$/.exec(line[1]!) ?? [];
    return { code, message, fields: fields.trim() === '' ? [] : fields.trim().split(',') };
  },
};

/** A rule about JSON types says nothing over CSV, where every value is text. */
const isAsked = (channel: string, { wrong, right }: FieldValueRule): boolean =>
  channel !== 'bulk' || typeof wrong === 'string' || typeof right !== 'string';

describe('field values', () => {
  let org: TestOrg;
  let id: string;
  before(async () => {
    org = await startFixtureOrg();
    const account = await org.call('POST', '/sobjects/Account', { Name: 'Acme' });
    const widget = { Name: 'w', Account__c: (account.body as { id: string }).id };
    const made = await org.call('POST', '/sobjects/Widget__c', widget, USERS.user);
    id = (made.body as { id: string }).id;
  });
  after(() => org.close());
  for (const rule of FIELD_VALUE_RULES)
    for (const [name, channel] of Object.entries(CHANNELS).filter(([each]) => isAsked(each, rule)))
      test(`${rule.name} (${name})`, async () => {
        assert.equal(await channel(org, id, rule, rule.right), null);
        const { body } = await org.call(
          'GET',
          `/sobjects/Widget__c/${id}?fields=${rule.field}`,
          undefined,
          USERS.user,
        );
        const expected = rule.stored === undefined ? rule.right : rule.stored;
        assert.deepEqual((body as Record<string, unknown>)[rule.field], expected);
        const { code, message, fields } = rule;
        assertMatches(
          await channel(org, id, rule, rule.wrong),
          { code, message, fields: [...fields] },
          rule.field,
        );
      });
});

test('a permission set works from the next request on', async () => {
  const org = await startFixtureOrg();
  const describePath = '/sobjects/Widget__c/describe';
  assert.equal((await org.call('GET', describePath, undefined, USERS.nobody)).status, 404);
  await assignPermissionSet(org, USERS.nobody, 'Widget_Reader');
  assert.equal((await org.call('GET', describePath, undefined, USERS.nobody)).status, 200);
  await org.close();
});
