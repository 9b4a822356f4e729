import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sameOrigin } from './same-origin.ts';

const ORG = 'https://acme.my.salesforce.com';

test('completes paths and accepts the org itself', () => {
  assert.equal(
    sameOrigin(ORG, '/services/data/v67.0/query/01g-2000'),
    `${ORG}/services/data/v67.0/query/01g-2000`,
  );
  assert.equal(sameOrigin(`${ORG}/`, 'services/data'), `${ORG}/services/data`);
  assert.equal(sameOrigin(ORG, `${ORG}/x`), `${ORG}/x`);
});

test('reads a path with two slashes as a path and not as a host', () => {
  assert.equal(new URL(sameOrigin(ORG, '//evil.example/services')).origin, ORG);
});

for (const path of [
  'https://evil.example/x.salesforce.com',
  'https://acme.my.salesforce.com.evil.example/',
  'http://acme.my.salesforce.com/',
  'https://acme.my.salesforce.com:8443/',
  'https://user@acme.my.salesforce.com/',
]) {
  test(`sends no token to ${path}`, () => {
    assert.throws(() => sameOrigin(ORG, path), { code: 'FOREIGN_URL', kind: 'fatal' });
  });
}
