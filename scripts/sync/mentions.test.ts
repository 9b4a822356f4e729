import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mentions } from './mentions.ts';

const CASES: readonly { readonly text: string | null; readonly id: string; readonly expected: boolean }[] = [
  { text: null, id: 'maria', expected: false },
  { text: 'usage of maria is odd', id: 'maria', expected: true },
  { text: 'usage of maria.', id: 'maria', expected: true },
  { text: 'usage of maria-2', id: 'maria', expected: false },
  { text: 'usage of anna-maria', id: 'maria', expected: false },
  { text: 'mariana', id: 'maria', expected: false },
  { text: 'maria@acme.example', id: 'maria', expected: false },
  { text: 'maría', id: 'mar', expected: false },
  { text: 'KEY_NOT_SEEN|product|acme (eu)', id: 'acme (eu)', expected: true },
  { text: '7 of 330 rows', id: '7', expected: false },
  { text: '{"users":["7"]}', id: '7', expected: true },
  { text: '2026 events', id: '2026', expected: false },
  { text: '{"user":"a\\"b"}', id: 'a"b', expected: true },
];

for (const { text, id, expected } of CASES) {
  test(`"${text}" ${expected ? 'names' : 'does not name'} ${id}`, () => {
    assert.equal(mentions(text, ['somebody', id]), expected);
  });
}
