import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyFailure } from './classify-failure.ts';

const ROWS = [
  { code: 'UNABLE_TO_LOCK_ROW', action: 'retry', ours: 'ROW_LOCKED' },
  { code: 'ENTITY_IS_LOCKED', action: 'skip', ours: 'RECORD_LOCKED' },
  { code: 'ENTITY_IS_DELETED', action: 'skip', ours: 'RECORD_DELETED' },
  { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', action: 'fail', ours: 'RULE_REFUSED' },
  { code: 'INVALID_FIELD_FOR_INSERT_UPDATE', action: 'fail', ours: 'NO_PERMISSION' },
  { code: 'REQUIRED_FIELD_MISSING', action: 'fail', ours: 'ROW_REFUSED' },
  { code: 'INVALID_FIELD', action: 'fail', ours: 'PACKAGE_MISMATCH' },
];

for (const { code, action, ours } of ROWS) {
  test(`a row answered ${code}: ${action}`, () => {
    const verdict = classifyFailure({ code, message: '' }, 'row');
    assert.deepEqual([verdict.action, verdict.code], [action, ours]);
    assert.ok(verdict.fix.length > 20);
  });
}

for (const code of [
  'ECONNRESET',
  'ECONNREFUSED',
  'UND_ERR_SOCKET',
  'ERROR_HTTP_503',
  'ERROR_HTTP_429',
  'ETIMEDOUT',
  'EAI_AGAIN',
]) {
  test(`a request that ended in ${code} is repeated`, () => {
    assert.equal(classifyFailure({ code, message: '' }, 'request').action, 'retry');
  });
}

test('a row is never worth ending the run', () => {
  for (const code of ['INVALID_SESSION_ID', 'INVALID_TYPE', 'NOT_FOUND', 'ANYTHING']) {
    assert.equal(classifyFailure({ code, message: '' }, 'row').action, 'fail');
  }
});
