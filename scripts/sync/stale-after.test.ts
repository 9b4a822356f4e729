import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { staleAfter } from './stale-after.ts';

test('is twice the interval after the data, rounded up to the hour', () => {
  const now = new Date('2026-11-18T12:00:00Z');
  assert.equal(staleAfter('2026-11-17T21:34:56Z', now, 24), '2026-11-19T22:00:00.000Z');
  assert.equal(staleAfter('2026-11-17T21:00:00Z', now, 24), '2026-11-19T21:00:00.000Z');
});

test('without data every run of a day gives the same, and it lies at least twice the interval ahead', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 86_399 }),
      fc.integer({ min: 0, max: 86_399 }),
      fc.integer({ min: 1, max: 168 }),
      (a, b, hours) => {
        const at = (seconds: number): Date => new Date(Date.parse('2026-11-18T00:00:00Z') + seconds * 1000);
        assert.equal(staleAfter(null, at(a), hours), staleAfter(null, at(b), hours));
        assert.ok(Date.parse(staleAfter(null, at(a), hours)) - at(a).getTime() > 2 * hours * 3_600_000);
      },
    ),
  );
});
