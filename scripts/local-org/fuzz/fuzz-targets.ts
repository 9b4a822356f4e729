import { strToU8, zipSync } from 'fflate';
import type { LocalOrg } from '../local-org.ts';
import { FIXTURE_PACKAGE } from '../conformance/fixture-package.ts';
import { damageBytes, damageText } from './damage.ts';
import { pick } from './random.ts';

/** One parser of the org: makes a damaged input and sends it. */
export interface FuzzTarget {
  readonly name: string;
  send(client: FuzzClient, random: () => number): Promise<Response>;
}

export class FuzzClient {
  readonly #org: LocalOrg;
  readonly token: string;

  constructor(org: LocalOrg, token: string) {
    this.#org = org;
    this.token = token;
  }

  /** In process, path below the data root; `headers` replace the usual ones. */
  async call(
    method: string,
    path: string,
    body?: BodyOf,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Promise<Response> {
    return this.request(method, `/services/data/v67.0${path}`, body, {
      authorization: `Bearer ${this.token}`,
      ...headers,
    });
  }

  async request(
    method: string,
    path: string,
    body: BodyOf | undefined,
    headers: Record<string, string>,
  ): Promise<Response> {
    return this.#org.fetch(
      new Request(`http://127.0.0.1${path}`, { method, headers, ...(body === undefined ? {} : { body }) }),
    );
  }
}
type BodyOf = string | Uint8Array<ArrayBuffer> | FormData;

const RECORD = '{"Name":"A \\"quoted\\" name","Website":"x.example","Industry":"Banking","ParentId":null}';
const COMPOSITE =
  '{"allOrNone":true,"compositeRequest":[{"method":"POST","url":"/services/data/v67.0/sobjects/Account","referenceId":"a","body":{"Name":"x"}},{"method":"GET","url":"/services/data/v67.0/sobjects/Account/@{a.id}","referenceId":"b"}]}';
const CSV = 'Name,Website,Description\r\n"a ""b""",https://x.example,"two\nlines"\r\nplain,,#N/A\r\n';
/** Queries that a fresh org answers, until they are damaged. */
export const SOQL_SEEDS: readonly string[] = [
  "SELECT Id, Name, Owner.Name FROM Account WHERE Name LIKE 'a\\'%' AND CreatedDate = LAST_N_DAYS:7 ORDER BY Name NULLS LAST LIMIT 10",
  'SELECT COUNT(Id) c, StageName FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1',
  'SELECT Id, (SELECT Id FROM Contacts WHERE LastName != null) FROM Account WHERE Id IN (SELECT AccountId FROM Contact)',
  "SELECT Subject, TYPEOF What WHEN Account THEN Name, Owner.Name WHEN Opportunity THEN StageName ELSE Name, Type END FROM Task WHERE Subject = 'Call'",
  'SELECT Id, (SELECT TYPEOF Who WHEN Contact THEN LastName END FROM Tasks ORDER BY ActivityDate LIMIT 3) FROM Account',
];
const GRAPHQL =
  '{"query":"query q($n: String) { uiapi { query { Account(where: {Name: {like: $n}}, first: 5, orderBy: {Name: {order: ASC}}) { edges { node { Id Name { value } } } } } } }","variables":{"n":"a%"}}';
const SOAP_CALLS = [
  '<checkDeployStatus><asyncProcessId>0Af000000000001AAA</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>',
  '<listMetadata><queries><type>CustomObject</type></queries><asOfVersion>67.0</asOfVersion></listMetadata>',
  '<retrieve><request><apiVersion>67.0</apiVersion><unpackaged><types><members>*</members><name>Flow</name></types><version>67.0</version></unpackaged></request></retrieve>',
];
const envelope = (token: string, call: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"><soapenv:Header><SessionHeader><sessionId>${token}</sessionId></SessionHeader></soapenv:Header><soapenv:Body>${call}</soapenv:Body></soapenv:Envelope>`;
const ZIP = zipSync(
  Object.fromEntries(Object.entries(FIXTURE_PACKAGE).map(([name, text]) => [name, strToU8(text)])),
);

const deploy = (client: FuzzClient, zip: Uint8Array): Promise<Response> => {
  const form = new FormData();
  form.set('entity_content', '{"deployOptions":{"checkOnly":true,"rollbackOnError":true}}');
  form.set('file', new Blob([new Uint8Array(zip)], { type: 'application/zip' }), 'package.zip');
  return client.call('POST', '/metadata/deployRequest', form, {});
};

const HEADERS = [
  'authorization',
  'content-type',
  'sforce-query-options',
  'if-unmodified-since',
  'origin',
  'host',
];

/** A header value cannot hold line ends or characters beyond ASCII: the client itself refuses those. */
const headerSafe = (text: string): string => text.replace(/[^ -~]/g, '').trim();

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'JSON record',
    send: (client, random) => client.call('POST', '/sobjects/Account', damageText(RECORD, random)),
  },
  {
    name: 'JSON composite',
    send: (client, random) => client.call('POST', '/composite', damageText(COMPOSITE, random)),
  },
  {
    name: 'CSV',
    send: async (client, random) => {
      const spec = JSON.stringify({ object: 'Account', operation: 'insert', lineEnding: 'CRLF' });
      const { id } = (await (await client.call('POST', '/jobs/ingest', spec)).json()) as { id: string };
      const csv = { 'content-type': 'text/csv' };
      await client.call('PUT', `/jobs/ingest/${id}/batches`, damageText(CSV, random), csv);
      const answer = await client.call('PATCH', `/jobs/ingest/${id}`, '{"state":"UploadComplete"}');
      await client.call('GET', `/jobs/ingest/${id}/failedResults`, undefined, csv);
      await client.call('DELETE', `/jobs/ingest/${id}`);
      return answer;
    },
  },
  {
    name: 'SOQL',
    send: (client, random) => {
      const soql = damageText(pick(random, SOQL_SEEDS), random).toWellFormed();
      return client.call('GET', `/query?q=${encodeURIComponent(soql)}`);
    },
  },
  {
    name: 'GraphQL',
    send: (client, random) => client.call('POST', '/graphql', damageText(GRAPHQL, random)),
  },
  {
    name: 'SOAP envelope',
    send: (client, random) => {
      const text = damageText(envelope(client.token, pick(random, SOAP_CALLS)), random);
      return client.request('POST', '/services/Soap/m/67.0', text, {
        'content-type': 'text/xml',
        soapaction: '""',
      });
    },
  },
  {
    name: 'metadata XML',
    send: (client, random) => {
      const broken = pick(random, Object.keys(FIXTURE_PACKAGE));
      const files = { ...FIXTURE_PACKAGE, [broken]: damageText(FIXTURE_PACKAGE[broken]!, random) };
      const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
      return deploy(client, zipSync(Object.fromEntries(entries), { level: 0 }));
    },
  },
  { name: 'zip', send: (client, random) => deploy(client, damageBytes(ZIP, random)) },
  {
    name: 'headers',
    send: (client, random) => {
      const name = pick(random, HEADERS);
      const value = headerSafe(
        damageText(
          pick(random, [`Bearer ${client.token}`, 'batchSize=200', 'Mon, 01 Jan 2024 00:00:00 GMT']),
          random,
        ),
      );
      const path =
        name === 'if-unmodified-since'
          ? '/sobjects/Account/001000000000001AAA'
          : '/query?q=SELECT+Id+FROM+User';
      const method = name === 'if-unmodified-since' ? 'PATCH' : 'GET';
      return client.call(method, path, method === 'PATCH' ? '{}' : undefined, {
        'content-type': 'application/json',
        [name]: value,
      });
    },
  },
];
