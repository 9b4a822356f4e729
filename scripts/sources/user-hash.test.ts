import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { Engine } from './engine/engine.ts';
import { makePrivateFolder } from './private-folder.ts';
import { hashBlocks, hashedText, userHash } from './user-hash.ts';

describe('the hash of a person', () => {
  let engine: Engine;
  before(async () => {
    const folder = await makePrivateFolder('usage');
    engine = await Engine.open({
      inputs: [tmpdir()],
      timeZone: 'UTC',
      memoryLimitMb: 100,
      folder,
      signal: undefined,
    });
  });
  after(() => engine.close());

  const inEngine = async (secret: string, text: string | null) => {
    const sql = `SELECT ${hashedText(text === null ? 'NULL::VARCHAR' : '$3::VARCHAR')} AS h`;
    const [row] = await engine.rows(sql, [...hashBlocks(secret), ...(text === null ? [] : [text])]);
    return row!['h'];
  };

  it('is HMAC-SHA256 as published (RFC 4231, case 1), in the engine as in Node', async () => {
    const published = [
      ['\v'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b'],
      // A key longer than a block is hashed first, as in cases 6 and 7, whose keys no text can be.
      ['k'.repeat(131), 'Test Using Larger Than Block-Size Key - Hash Key First', null],
    ] as const;
    for (const [secret, text, wanted] of published) {
      const expected = wanted ?? createHmac('sha256', secret).update(text).digest('hex').slice(0, 32);
      assert.equal(await inEngine(secret, text), expected);
      assert.equal(userHash(secret)(text), expected);
    }
  });

  it('is the same in the engine as in Node, for any secret and any text', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 90 }).filter((one) => !one.includes('\0'));
    const secret = fc.string({ unit: 'grapheme', minLength: 16, maxLength: 90 });
    const property = fc.asyncProperty(secret, text, async (key, one) =>
      assert.equal(await inEngine(key, one), userHash(key)(one)),
    );
    await fc.assert(property, { numRuns: 200, seed: 11 });
  });

  it('of nobody is nothing', async () => {
    assert.equal(await inEngine('a secret for tests', null), null);
  });

  it('needs a secret that cannot be guessed', () => {
    assert.throws(() => hashBlocks('too short'), /at least 16 characters/);
    assert.throws(() => userHash('too short'), /at least 16 characters/);
  });
});
