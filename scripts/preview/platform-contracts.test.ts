// The stand-ins for the platform's modules keep the contracts that the components rely on, over the real org.
// Each case names the page that documents it.
import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ADAPTER_CONTRACTS } from '../../force-app/main/default/lwc/pilotErrors/__tests__/adapterContracts.ts';
import type { Emission } from '../../force-app/main/default/lwc/pilotErrors/__tests__/adapterContracts.ts';
import { reduceErrors } from '../../force-app/main/default/lwc/pilotErrors/pilotErrors.ts';
import { zipOf } from '../testing/test-org.ts';
import { startScene } from './stalled-pilot.test-support.ts';
import type { Scene } from './stalled-pilot.test-support.ts';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly ErrorType: string };
  }[];
  readonly refresh?: () => Promise<void>;
}
interface GraphqlModule {
  gql(text: TemplateStringsArray): object;
  graphql: new (emit: (answer: Answer) => void) => {
    connect(): void;
    disconnect(): void;
    update(config: object): void;
  };
  executeMutation(config: object): Promise<Answer>;
}
type Adapter = new (emit: (emission: Emission) => void) => {
  connect(): void;
  disconnect(): void;
  update(config: object): void;
};
interface InfoModule {
  readonly getObjectInfo: Adapter;
  readonly getPicklistValuesByRecordType: Adapter;
}
interface RecordModule {
  updateRecord(record: object, options?: object): Promise<unknown>;
  createRecord(record: object): Promise<{ id: string }>;
}
interface Failure {
  readonly status: number;
  readonly ok: boolean;
  readonly errorType: string;
  readonly body: unknown;
}

let scene: Scene;
let graphqlModule: GraphqlModule;
let recordModule: RecordModule;
let infoModule: InfoModule;

before(async () => {
  scene = await startScene();
  const stands = (name: string): string => `${import.meta.dirname}/platform/${name}/${name.split('/')[1]}.js`;
  registerHooks({
    resolve: (name, context, next) =>
      name.startsWith('lightning/')
        ? { url: pathToFileURL(stands(name)).href, format: 'module', shortCircuit: true }
        : next(name, context),
  });
  Object.assign(globalThis, { pilotPreview: { apiBase: `${scene.preview.url}/as/rep` } });
  graphqlModule = (await import(stands('lightning/graphql'))) as GraphqlModule;
  recordModule = (await import(stands('lightning/uiRecordApi'))) as RecordModule;
  infoModule = (await import(stands('lightning/uiObjectInfoApi'))) as InfoModule;
});
after(() => scene?.close());

/** Asks through the wire; resolves with the first answer that is one. */
function ask(text: string, variables: object = {}): Promise<{ answer: Answer; all: Answer[] }> {
  return new Promise((resolve) => {
    const all: Answer[] = [];
    const adapter = new graphqlModule.graphql((answer) => {
      all.push(answer);
      if (answer.data !== undefined || answer.errors !== undefined) resolve({ answer, all });
    });
    adapter.connect();
    const strings = Object.assign([text], { raw: [text] });
    adapter.update({ query: graphqlModule.gql(strings), variables });
  });
}

async function failureOf(work: () => Promise<unknown>): Promise<Failure> {
  try {
    await work();
  } catch (failure) {
    return failure as Failure;
  }
  throw new assert.AssertionError({ message: 'It was saved.' });
}

const pilotQuery = (fields: string): string =>
  `query P($id: ID) { uiapi { query { Pilot__c(where: { Id: { eq: $id } }) { edges { node { Id ${fields} } } } } } }`;
interface Nodes {
  readonly uiapi: {
    readonly query: {
      readonly Pilot__c: { readonly edges: readonly { readonly node: Record<string, unknown> }[] };
    };
  };
}
const nodesOf = ({ data }: Answer): Record<string, unknown>[] =>
  (data as Nodes).uiapi.query.Pilot__c.edges.map(({ node }) => node);

// https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-wire.html
test('a wire says nothing first, then data without the outer key, frozen, with what was asked for alone', async () => {
  const { answer, all } = await ask(pilotQuery('Name { value }'), { id: scene.pilotId });
  assert.deepEqual(all[0], { data: undefined, errors: undefined });
  assert.deepEqual(nodesOf(answer), [{ Id: scene.pilotId, Name: { value: 'Acme: SaaS adoption' } }]);
  assert.equal(answer.errors, undefined);
  assert.throws(() => Object.assign(nodesOf(answer)[0]!, { Name: 'x' }), TypeError);
});

// https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-intro.html
test('an optional field that the reader may not see is absent; asked for without @optional it fails the query', async () => {
  // A field that an admin added and granted to nobody.
  const hidden = 'Hidden__c';
  const field = `<fields><fullName>${hidden}</fullName><label>Hidden</label><length>10</length><type>Text</type></fields>`;
  const object = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${field}</CustomObject>`;
  const members = `<types><members>Pilot__c.${hidden}</members><name>CustomField</name></types>`;
  const manifest = `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${members}<version>67.0</version></Package>`;
  await scene.org.deploy(zipOf({ 'package.xml': manifest, 'objects/Pilot__c.object': object }));
  const { answer } = await ask(pilotQuery(`${hidden} @optional { value }`), { id: scene.pilotId });
  assert.deepEqual(nodesOf(answer), [{ Id: scene.pilotId }]);
  const refused = (await ask(pilotQuery(`${hidden} { value }`), { id: scene.pilotId })).answer;
  assert.equal(refused.data, undefined);
  assert.equal(refused.errors![0]!.extensions!.ErrorType, 'ValidationError');
});

// https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-wire.html
test('refresh asks again and gives the new value through the wire', async () => {
  const { answer, all } = await ask(pilotQuery('Department__c { value }'), { id: scene.pilotId });
  await scene.update('Pilot__c', scene.pilotId, { Department__c: 'Finance' });
  await answer.refresh!();
  assert.deepEqual(nodesOf(all.at(-1)!)[0]!['Department__c'], { value: 'Finance' });
});

// https://developer.salesforce.com/docs/platform/graphql/guide/mutations-use.html
test('a mutation resolves with errors in the plural, and of an atomic one nothing is kept', async () => {
  const text = `mutation M($a: PilotCommitment__cCreateInput!, $b: PilotCheckIn__cCreateInput!) { uiapi(input: { allOrNone: true }) {
    a: PilotCommitment__cCreate(input: $a) { Record { Id } } b: PilotCheckIn__cCreate(input: $b) { Record { Id } } } }`;
  const answer = await graphqlModule.executeMutation({
    query: graphqlModule.gql(Object.assign([text], { raw: [text] })),
    variables: {
      a: { PilotCommitment__c: { Pilot__c: scene.pilotId, Name: 'Never kept' } },
      b: { PilotCheckIn__c: { Pilot__c: scene.pilotId, Held_On__c: '2030-01-01' } },
    },
  });
  assert.equal(answer.data, undefined);
  assert.match(answer.errors![0]!.message, /A check-in is logged once it was held/);
  assert.deepEqual(await scene.query("SELECT Id FROM PilotCommitment__c WHERE Name = 'Never kept'"), []);
});

// https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html: an object for writes, with the field.
test('a refused write throws a fetch response whose body is an object with the field of the rule', async () => {
  const fields = { Id: scene.pilotId, End_Date__c: '2026-01-01' };
  const failure = await failureOf(() => recordModule.updateRecord({ fields }));
  assert.deepEqual([failure.status, failure.ok, failure.errorType], [400, false, 'fetchResponse']);
  assert.equal(Array.isArray(failure.body), false);
  const { kind, byField } = reduceErrors(failure);
  assert.equal(kind, 'refused');
  assert.match(byField['End_Date__c'] ?? '', /The end date is before the start date/);
});

test('a record changed since the given moment is a conflict; one that was not is saved', async () => {
  const { answer } = await ask(pilotQuery('LastModifiedDate { value }'), { id: scene.pilotId });
  const { value: ifUnmodifiedSince } = nodesOf(answer)[0]!['LastModifiedDate'] as { value: string };
  const change = (Department__c: string): Promise<unknown> =>
    recordModule.updateRecord({ fields: { Id: scene.pilotId, Department__c } }, { ifUnmodifiedSince });
  await change('Legal');
  // The header counts in whole seconds.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await scene.update('Pilot__c', scene.pilotId, { Department__c: 'Finance' });
  assert.equal(reduceErrors(await failureOf(() => change('Sales'))).kind, 'conflict');
});

// https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html: an array for reads of the UI API.
test('a deleted record is a 404', async () => {
  const { id } = await recordModule.createRecord({
    apiName: 'PilotCommitment__c',
    fields: { Pilot__c: scene.pilotId, Name: 'Gone' },
  });
  const { status } = await scene.org.call('DELETE', `/sobjects/PilotCommitment__c/${id}`);
  assert.equal(status, 204);
  const failure = await failureOf(() => recordModule.updateRecord({ fields: { Id: id, Name: 'Back' } }));
  assert.equal(failure.status, 404);
  assert.equal(reduceErrors(failure).kind, 'no-access');
});

test('a server that cannot be reached is status 0', async () => {
  Object.assign(globalThis, { pilotPreview: { apiBase: 'http://127.0.0.1:1' } });
  const failure = await failureOf(() => recordModule.updateRecord({ fields: { Id: scene.pilotId } }));
  Object.assign(globalThis, { pilotPreview: { apiBase: `${scene.preview.url}/as/rep` } });
  assert.deepEqual([failure.status, reduceErrors(failure).kind], [0, 'offline']);
});

/** Everything that a wire says until it has answered this configuration. */
function hear(Wire: Adapter, config: object): Promise<Emission[]> {
  return new Promise((resolve) => {
    const heard: Emission[] = [];
    const wire = new Wire((emission) => {
      heard.push(emission);
      if (Object.values(emission).some((value) => value !== undefined)) resolve(heard);
    });
    wire.connect();
    wire.update(config);
  });
}

for (const { name, adapter, moment, source, faults } of ADAPTER_CONTRACTS) {
  test(`${name} (${source})`, async () => {
    const field = moment === 'failure' ? 'No_Such_Field__c { value }' : 'Name { value }';
    const text = pilotQuery(field);
    const query = graphqlModule.gql(Object.assign([text], { raw: [text] }));
    const heard =
      adapter === 'graphql'
        ? await hear(graphqlModule.graphql as unknown as Adapter, { query, variables: { id: scene.pilotId } })
        : await hear(infoModule.getObjectInfo, {
            objectApiName: moment === 'failure' ? 'No_Such__c' : 'Pilot__c',
          });
    assert.deepEqual(faults(moment === 'first' ? heard[0]! : heard.at(-1)!), []);
  });
}

const infoOf = async (): Promise<{
  readonly defaultRecordTypeId: string;
  readonly fields: Readonly<Record<string, unknown>>;
}> => (await hear(infoModule.getObjectInfo, { objectApiName: 'Pilot__c' })).at(-1)!['data'] as never;

// https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html: an array for reads.
test('the body of a refused read is an array, and means that the object may not be seen', async () => {
  const { error } = (await hear(infoModule.getObjectInfo, { objectApiName: 'No_Such__c' })).at(-1)!;
  const { status, body } = error as Failure;
  assert.equal(Array.isArray(body), true);
  assert.deepEqual([status, reduceErrors(error).kind], [404, 'no-access']);
});

test('object information is frozen, and a field that the reader may not see is absent from it', async () => {
  const { fields } = await infoOf();
  assert.ok('Name' in fields);
  // Added by the test of @optional above, and granted to nobody.
  assert.equal('Hidden__c' in fields, false);
  assert.throws(() => Object.assign(fields, { Name: 'x' }), TypeError);
});

test('picklists are asked for once the record type is known, and hold label and value of each', async () => {
  const heard: Emission[] = [];
  const early = new infoModule.getPicklistValuesByRecordType((emission) => heard.push(emission));
  early.connect();
  early.update({ objectApiName: 'Pilot__c', recordTypeId: undefined });
  const recordTypeId = (await infoOf()).defaultRecordTypeId;
  assert.equal(heard.length, 1);
  const config = { objectApiName: 'Pilot__c', recordTypeId };
  const { data } = (await hear(infoModule.getPicklistValuesByRecordType, config)).at(-1)!;
  const { picklistFieldValues } = data as {
    picklistFieldValues: Record<string, { values: { label: string; value: string }[] }>;
  };
  const outcomes = picklistFieldValues['Outcome__c']!.values.map(({ label, value }) => [label, value]);
  assert.ok(outcomes.some(([, value]) => value === 'Converted'));
  assert.ok(outcomes.every(([label]) => typeof label === 'string' && label !== ''));
});

test('a wire that left the page says nothing more', async () => {
  const heard: Emission[] = [];
  const wire = new infoModule.getObjectInfo((emission) => heard.push(emission));
  wire.connect();
  wire.update({ objectApiName: 'Pilot__c' });
  wire.disconnect();
  await infoOf();
  assert.equal(heard.length, 1);
});

// https://developer.salesforce.com/docs/platform/lwc/guide/reference-create-record.html
test('a record that was made answers its id and the values that the org gave it', async () => {
  const fields = { Pilot__c: scene.pilotId, Name: 'Made' };
  const record = (await recordModule.createRecord({ apiName: 'PilotCommitment__c', fields })) as {
    readonly id: string;
    readonly apiName: string;
    readonly fields: Record<string, { readonly value: unknown } | undefined>;
  };
  assert.match(record.id, /^[a-zA-Z0-9]{18}$/);
  assert.equal(record.apiName, 'PilotCommitment__c');
  assert.equal(record.fields['Name']?.value, 'Made');
});
