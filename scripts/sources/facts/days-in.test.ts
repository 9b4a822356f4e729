import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { daysIn } from './pilot-people.ts';

const hex = (value: bigint, characters: number) => value.toString(16).padStart(characters, '0');

/** As the engine writes them: each slice of 64 days with its bits, in any order. */
function packed(days: readonly number[]): string {
  const slices = Map.groupBy(days, (day) => Math.floor(day / 64));
  const mask = (own: readonly number[]) => own.reduce((bits, day) => bits | (1n << BigInt(day % 64)), 0n);
  return [...slices].map(([slice, own]) => hex(BigInt(slice), 4) + hex(mask(own), 16)).join('');
}

it('reads every day once, ascending, whatever the order of the slices', () => {
  const days = fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(days, (some) => {
      const wanted = [...new Set(some)].sort((a, b) => a - b);
      assert.deepEqual([...daysIn(packed(some))], wanted);
      assert.deepEqual([...daysIn(packed(some) + packed(some.slice(0, 3)))], wanted);
    }),
  );
});
