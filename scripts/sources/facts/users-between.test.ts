import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { usersBetween } from './users-between.ts';

const days = fc
  .uniqueArray(fc.integer({ min: 20_000, max: 20_100 }), { minLength: 1, maxLength: 12 })
  .map((list) => Uint16Array.from(list).sort());

it('counts the users who have a day in the span, wherever the span lies', () => {
  let some = 0;
  const property = fc.property(
    fc.array(days, { maxLength: 8 }),
    fc.integer({ min: 19_950, max: 20_150 }),
    fc.integer({ min: -2, max: 120 }),
    (users, first, length) => {
      const last = first + length;
      const wanted = users.filter((list) => list.some((day) => day >= first && day <= last)).length;
      if (wanted > 0 && wanted < users.length) some++;
      assert.equal(usersBetween(users)(first, last), wanted);
    },
  );
  fc.assert(property, { numRuns: 3000, seed: 11 });
  assert.ok(some > 300, `${some} spans hold some users and not all`);
});
