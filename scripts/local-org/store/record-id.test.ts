import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { customKeyPrefix, isRecordId, mintId, toId18 } from './record-id.ts';

// Worked example of https://help.salesforce.com/s/articleView?id=000383751 and ids seen in recordings.
const KNOWN = ['0013000000Gv7cJAAR'.slice(0, 15), '001D000000IRFma'] as const;

test('the checksum of a known id', () => {
  assert.equal(toId18('001D000000IRFma'), '001D000000IRFmaIAH');
  for (const id of KNOWN) assert.equal(toId18(toId18(id)), toId18(id));
});

test('a wrong checksum is no record id', () => {
  assert.equal(isRecordId('001D000000IRFmaIAH'), true);
  assert.equal(isRecordId('001D000000IRFmaIAA'), false);
  assert.equal(isRecordId('001D000000IRFm'), false);
  assert.equal(isRecordId("001D000000IRF' "), false);
});

test('minted ids are valid, keep their prefix and never repeat', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(2 ** 40), { minLength: 2 }), (sequence) => {
      const ids = sequence.map((number) => mintId('a0B', number));
      assert.ok(ids.every((id) => isRecordId(id) && id.length === 18 && id.startsWith('a0B')));
      assert.equal(new Set(ids.map((id) => id.toLowerCase())).size, ids.length);
    }),
  );
});

test('key prefixes of custom objects count up in base 62', () => {
  assert.deepEqual(
    [0, 9, 10, 61, 62].map((index) => customKeyPrefix('a', index)),
    ['a00', 'a09', 'a0A', 'a0z', 'a10'],
  );
});
