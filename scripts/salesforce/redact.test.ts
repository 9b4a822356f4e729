import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from './pilot-error.ts';
import { redacted } from './redact.ts';

const HIDDEN: readonly (readonly [text: string, expected: string])[] = [
  ['token 00DLc0000000001!AQEAQKx.y_z rest', 'token [hidden] rest'],
  ['?oauth_token=00DLc0000000001%21AQEA&x=1', '?oauth_token=[hidden]&x=1'],
  ['eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIzTVZH.c2lnbmF0dXJl', '[hidden]'],
  ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer [hidden]'],
  ['postgres://sync:pa55w0rd@db.example/usage', 'postgres://[hidden]@db.example/usage'],
  ['https://user:p4ss@acme.my.salesforce.com/x', 'https://[hidden]@acme.my.salesforce.com/x'],
  ['client_secret=s3cr3t&grant_type=x', 'client_secret=[hidden]&grant_type=x'],
  ["ENOENT: no such file, open '/home/ops/keys/server.key'", "ENOENT: no such file, open '[hidden]'"],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '[hidden]'],
];
for (const [text, expected] of HIDDEN)
  test(`hides the secret of "${text.slice(0, 30)}"`, () => {
    assert.equal(redacted(text), expected);
    assert.equal(redacted(expected), expected, 'hiding twice changes nothing');
  });

const SHOWN = [
  'The login leads to org 00DLc0000000001EAA, the configuration is for 00DLc0000000002EAA.',
  'Log in once: sf org login jwt --username … --jwt-key-file … --client-id …',
  'GET /services/data/v67.0/query?q=SELECT Id FROM Pilot__c',
  'mail to sync@pilot.example, see https://status.salesforce.com',
  'sync.yaml:3 sources.0.columns: is not a key of this file',
];
for (const text of SHOWN)
  test(`leaves "${text.slice(0, 40)}" as it is`, () => assert.equal(redacted(text), text));

test('an error holds no secret in its message and actions, whoever makes it', () => {
  const error = new ConfigError('NO_LOGIN', 'x 00DLc0000000001!AQEAQKx y', {
    actions: ['open https://u:p@h/'],
  });
  assert.deepEqual([error.message, error.actions], ['x [hidden] y', ['open https://[hidden]@h/']]);
});
