import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { brokenTwins } from './broken-twins.ts';
import { CONTRACT, type ContractSubject } from './contract.ts';
import { FORMATS, makeTestFolder } from './test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);

const csv: ContractSubject = folder.subject('csv');

for (const format of FORMATS)
  describe(`contract of usage sources: ${format}`, () => {
    for (const { name, check } of CONTRACT) it(name, () => check(folder.subject(format)));
  });

const BROKEN = brokenTwins(csv);

describe('the contract catches a source that', () => {
  for (const { fault, fails, subject } of BROKEN)
    it(fault, async () => {
      const kept = await Promise.allSettled(CONTRACT.map(({ check }) => check(subject)));
      const failed = CONTRACT.filter((_, index) => kept[index]!.status === 'rejected').map(
        ({ name }) => name,
      );
      assert.deepEqual(failed, [fails]);
    });

  it('is broken in one way for every clause', () => {
    assert.deepEqual(BROKEN.map(({ fails }) => fails).sort(), CONTRACT.map(({ name }) => name).sort());
  });
});
