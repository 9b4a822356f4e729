import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import {
  ADMIN,
  assignPermissionSet,
  createUser,
  startTestOrg,
  zipOf,
  type TestOrg,
} from '../../testing/test-org.ts';
import { testPackageZip } from '../../testing/test-package.ts';

let org: TestOrg;

beforeEach(async () => {
  org = await startTestOrg();
});

afterEach(() => org.close());

async function post(body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${org.url}/services/Soap/m/67.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** A call as the administrator, or with the token given. */
async function call(body: string, token?: string) {
  const session = token ?? (await org.tokenFor('admin@local.test'));
  return post(
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${session}</sessionId></SessionHeader></soapenv:Header><soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata">${body}</soapenv:Body></soapenv:Envelope>`,
  );
}

const element = (text: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];

async function deploy(zip: Uint8Array, options = ''): Promise<string> {
  const started = await call(
    `<deploy><ZipFile>${Buffer.from(zip).toString('base64')}</ZipFile><DeployOptions>${options}</DeployOptions></deploy>`,
  );
  assert.equal(started.status, 200, started.text);
  const id = element(started.text, 'id');
  const status = await call(
    `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`,
  );
  assert.equal(status.status, 200, status.text);
  return status.text;
}

const isThere = async (): Promise<boolean> =>
  (await org.call('GET', '/sobjects/Pilot__c/describe')).status === 200;

/** Fields of the pilot as its administrator sees them. */
async function fieldNames(): Promise<string[]> {
  await assignPermissionSet(org, ADMIN, 'Pilot_Admin');
  const { body } = await org.call('GET', '/sobjects/Pilot__c/describe');
  return (body as { fields: { name: string }[] }).fields.map(({ name }) => name).sort();
}

describe('deploy', () => {
  it('puts the package into the org', async () => {
    const status = await deploy(testPackageZip());
    assert.deepEqual([element(status, 'status'), element(status, 'done')], ['Succeeded', 'true']);
    assert.equal(await isThere(), true);
  });

  it('changes nothing with checkOnly', async () => {
    const status = await deploy(testPackageZip(), '<checkOnly>true</checkOnly>');
    assert.deepEqual([element(status, 'status'), element(status, 'checkOnly')], ['Succeeded', 'true']);
    assert.equal(await isThere(), false);
  });

  it('names file, line and problem of a broken component', async () => {
    const broken = '<?xml version="1.0"?>\n<CustomObject>\n<fields>\n</CustomObject>';
    const status = await deploy(zipOf({ 'objects/Pilot__c.object': broken }));
    assert.equal(element(status, 'status'), 'Failed');
    assert.match(
      status,
      /<componentFailures>.*<fileName>objects\/Pilot__c\.object<\/fileName>.*<lineNumber>\d+<\/lineNumber>/s,
    );
  });

  it('refuses a user who may not change metadata', async () => {
    await createUser(org, { username: 'user@local.test' });
    const { status, text } = await call('<describeMetadata/>', await org.tokenFor('user@local.test'));
    assert.equal(status, 500);
    assert.equal(element(text, 'faultcode'), 'sf:INSUFFICIENT_ACCESS');
  });
});

describe('retrieve', () => {
  it('answers a zip of the parts asked, and a message for a name that nobody knows', async () => {
    await deploy(testPackageZip());
    const started = await call(
      '<retrieve><request><apiVersion>67.0</apiVersion><unpackaged><types><members>Pilot__c.Stalled__c</members><members>Pilot__c.Nowhere__c</members><name>CustomField</name></types><version>67.0</version></unpackaged></request></retrieve>',
    );
    const id = element(started.text, 'id');
    const { text } = await call(
      `<checkRetrieveStatus><asyncProcessId>${id}</asyncProcessId></checkRetrieveStatus>`,
    );
    assert.equal(
      element(text, 'problem'),
      "Entity of type 'CustomField' named 'Pilot__c.Nowhere__c' cannot be found",
    );
    const files = unzipSync(Buffer.from(element(text, 'zipFile') ?? '', 'base64'));
    assert.deepEqual(Object.keys(files).sort(), [
      'unpackaged/objects/Pilot__c.object',
      'unpackaged/package.xml',
    ]);
    const object = strFromU8(files['unpackaged/objects/Pilot__c.object']!);
    assert.deepEqual(object.match(/<fullName>[^<]*/g), ['<fullName>Stalled__c']);
  });

  it('brings back a package that deploys into an empty org as it was', async () => {
    await deploy(testPackageZip());
    const { text: described } = await call('<describeMetadata/>');
    const types = [...described.matchAll(/<xmlName>([^<]*)/g)].map(([, name]) => name);
    const asked = types.map((type) => `<types><members>*</members><name>${type}</name></types>`).join('');
    const started = await call(`<retrieve><request><unpackaged>${asked}</unpackaged></request></retrieve>`);
    const id = element(started.text, 'id');
    const { text } = await call(
      `<checkRetrieveStatus><asyncProcessId>${id}</asyncProcessId></checkRetrieveStatus>`,
    );
    const before = await fieldNames();
    await org.close();
    org = await startTestOrg();
    const all = unzipSync(Buffer.from(element(text, 'zipFile') ?? '', 'base64'));
    const files = Object.entries(all).map(
      ([path, content]) => [path.slice('unpackaged/'.length), strFromU8(content)] as const,
    );
    await org.deploy(zipOf(Object.fromEntries(files)));
    assert.deepEqual(await fieldNames(), before);
  });

  it('forgets what a destructive change removed', async () => {
    await deploy(testPackageZip());
    const remove =
      '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Pilot_Stalled_Notice</members><name>Flow</name></types><version>67.0</version></Package>';
    const status = await deploy(zipOf({ 'destructiveChangesPost.xml': remove }));
    assert.equal(element(status, 'status'), 'Succeeded', status.slice(0, 2000));
    const { text } = await call('<listMetadata><queries><type>Flow</type></queries></listMetadata>');
    assert.deepEqual(text.match(/<fullName>[^<]*/g), ['<fullName>Pilot_Before_Save']);
  });
});

describe('what is refused', () => {
  it('answers an unknown session as jsforce needs it: 500, sf: declared on the envelope', async () => {
    const { status, text } = await call('<describeMetadata/>', '00Dxx!nobody');
    assert.equal(status, 500);
    assert.match(
      text,
      /<soapenv:Envelope [^>]*xmlns:sf="[^"]+"[^>]*>.*<faultcode>sf:INVALID_SESSION_ID<\/faultcode>/,
    );
  });

  it('answers a call that it does not know with its name', async () => {
    const { status, text } = await call('<deployRecentValidation/>');
    assert.equal(status, 500);
    assert.equal(element(text, 'faultcode'), 'sf:LOCAL_ORG_NOT_IMPLEMENTED');
    assert.match(text, /deployRecentValidation/);
  });

  const entities = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>';
  const hostile: readonly (readonly [string, string])[] = [
    ['a document type with entities', entities],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['an undeclared entity', '<a>&nowhere;</a>'],
    ['deep nesting', '<a>'.repeat(5_000) + '</a>'.repeat(5_000)],
    ['an unclosed element', '<soapenv:Envelope><soapenv:Body>'],
    ['nothing', ''],
    ['JSON', '{"deploy":true}'],
    ['XML that is no envelope', '<deploy/>'],
    ['an envelope without a call', '<Envelope><Body></Body></Envelope>'],
  ];
  for (const [name, body] of hostile)
    it(`answers ${name} with a fault of the client`, async () => {
      const started = performance.now();
      const { status, text } = await post(body);
      assert.equal(status, 500);
      assert.equal(element(text, 'faultcode'), 'soapenv:Client');
      assert.doesNotMatch(text, /root:|bbbbbbbbbb/);
      assert.ok(performance.now() - started < 2_000);
    });

  it('answers a zip that is none with the reason', async () => {
    const { status, text } = await call('<deploy><ZipFile>bm90IGEgemlw</ZipFile></deploy>');
    assert.equal(status, 500);
    assert.equal(element(text, 'faultcode'), 'sf:INVALID_ZIP_FILE');
  });
});
