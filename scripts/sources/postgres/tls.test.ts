import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { collect } from '../contract.ts';
import { makeTestFolder } from '../test-folder.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';
import { openTable } from './test-tables.ts';

const folder = makeTestFolder();
const file = (name: string) => join(folder.path, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder.path, stdio: 'pipe' });

/** An authority of our own; its certificate is NAME.crt. */
function makeAuthority(name: string): void {
  const subject = `/CN=authority ${name}`;
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.crt`],
  );
}

/** A server's certificate for one host name, signed by an authority. */
function makeCertificate(authority: string, host: string): void {
  writeFileSync(file('server.ext'), `subjectAltName=DNS:${host}\n`);
  openssl(
    ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${host}`],
    ...['-keyout', 'server.key', '-out', 'server.csr'],
  );
  openssl(
    ...['x509', '-req', '-in', 'server.csr', '-CA', `${authority}.crt`, '-CAkey', `${authority}.key`],
    ...['-CAcreateserial', '-days', '2', '-extfile', 'server.ext', '-out', 'server.crt'],
  );
}

let secured: TestCluster;
let plain: TestCluster;
before(async () => {
  makeAuthority('ours');
  makeAuthority('other');
  makeCertificate('ours', 'localhost');
  secured = await startTestCluster({ certificate: file('server.crt'), key: file('server.key') });
  plain = await startTestCluster();
  for (const cluster of [secured, plain])
    await cluster.run(
      'CREATE TABLE few (event_time timestamptz, usage_key text, user_id text, department text)',
      `INSERT INTO few VALUES ('2026-03-09 09:00Z', 'a', 'anna', 'Sales')`,
    );
});
after(async () => {
  await secured.stop();
  await plain.stop();
  folder.remove();
});

type Changes = Parameters<typeof openTable>[2];
const read = (config: Changes, cluster = secured) =>
  collect(openTable(cluster, 'few', config, { rejectFolder: folder.path }), {
    links: [],
    now: new Date('2026-03-20T12:00:00Z'),
  });
const ours = () => file('ours.crt');

describe('a source in PostgreSQL over TLS', () => {
  it('is read when the authority signed the certificate of this very host', async () => {
    const { summary } = await read({ host: 'localhost', ssl: 'verify-full', ssl_ca: ours() });
    assert.equal(summary.accepted, 1);
  });

  it('is read unverified where the configuration says require', async () => {
    assert.equal((await read({ host: '127.0.0.1', ssl: 'require' })).summary.accepted, 1);
  });

  const refusals: readonly {
    readonly name: string;
    readonly config: () => Changes;
    readonly message: RegExp;
    readonly action: RegExp;
  }[] = [
    {
      name: 'a certificate of another host name',
      config: () => ({ host: '127.0.0.1', ssl: 'verify-full', ssl_ca: ours() }),
      message: /127\.0\.0\.1.*certificate's altnames/,
      action: /host must be the name in the server’s certificate/,
    },
    {
      name: 'a certificate of another authority',
      config: () => ({ host: 'localhost', ssl: 'verify-full', ssl_ca: file('other.crt') }),
      message: /unable to verify|unable to get local issuer/,
      action: /ssl_ca/,
    },
    {
      name: 'a certificate that no public authority signed',
      config: () => ({ host: 'localhost', ssl: 'verify-full' }),
      message: /unable to verify|unable to get local issuer/,
      action: /ssl_ca/,
    },
    {
      name: 'a connection in clear, which this server takes from nobody',
      config: () => ({ host: 'localhost', ssl: 'disable' }),
      message: /no pg_hba\.conf entry/,
      action: /ssl/,
    },
  ];
  for (const { name, config, message, action } of refusals)
    it(`refuses ${name}`, async () => {
      await assert.rejects(read(config()), (error: Error & { code: string; actions: string[] }) => {
        assert.equal(error.code, 'SOURCE_REFUSED', error.message);
        assert.match(error.message, message);
        assert.match(error.actions.join(' '), action);
        return true;
      });
    });

  it('never falls back to a connection in clear', async () => {
    await assert.rejects(read({ ssl: 'verify-full' }, plain), {
      code: 'SOURCE_UNREACHABLE',
      message: /does not support SSL/,
    });
  });

  it('names the file of an authority that cannot be read', async () => {
    await assert.rejects(read({ host: 'localhost', ssl: 'verify-full', ssl_ca: file('none.crt') }), {
      code: 'SOURCE_SECRET',
      message: /none\.crt cannot be read/,
    });
  });
});
