import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PLATFORM_RULES } from './check-package.ts';

it('no two platform rules share an id', () => {
  const ids = PLATFORM_RULES.map((rule) => rule.id);
  assert.equal(new Set(ids).size, ids.length);
});
