import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryDelayMs, withRetry, type RetryPolicy } from './retry.ts';

function policy(random = 0.5): { readonly waits: number[]; readonly policy: RetryPolicy } {
  const waits: number[] = [];
  let nowMs = 0;
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
    nowMs += ms;
  };
  const limits = { attempts: 4, firstDelayMs: 100, longestDelayMs: 350, budgetMs: 60_000 };
  return { waits, policy: { ...limits, sleep, clock: () => nowMs, random: () => random } };
}

function refusal(errorCode: string, message = 'no'): Error {
  return Object.assign(new Error(message), { errorCode });
}

test('repeats a busy org with growing pauses and gives its answer', async () => {
  const { waits, policy: retry } = policy(1 - Number.EPSILON);
  let calls = 0;
  const answer = await withRetry(retry, 'GET /x', async () => {
    calls += 1;
    if (calls < 4) throw refusal('SERVER_UNAVAILABLE');
    return 'here';
  });
  assert.equal(answer, 'here');
  assert.deepEqual(waits, [100, 200, 350]);
});

test('chance takes away up to half of a pause', () => {
  const { policy: retry } = policy(0);
  assert.deepEqual(
    [1, 2, 3].map((n) => retryDelayMs(retry, n)),
    [50, 100, 175],
  );
});

test('says how often it tried when the org stays silent', async () => {
  const { policy: retry } = policy();
  const failing = withRetry(retry, 'GET /x', () => {
    throw Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
    });
  });
  await assert.rejects(failing, {
    code: 'SALESFORCE_UNREACHABLE',
    kind: 'transient',
    message: 'GET /x: ECONNREFUSED fetch failed after 4 attempts',
  });
});

test('begins no repetition after its time budget', async () => {
  const { waits, policy: retry } = policy(1 - Number.EPSILON);
  let calls = 0;
  const failing = withRetry({ ...retry, budgetMs: 320 }, 'GET /x', () => {
    calls += 1;
    throw refusal('SERVER_UNAVAILABLE');
  });
  await assert.rejects(failing, { code: 'SALESFORCE_BUSY', message: /after 3 attempts$/ });
  assert.deepEqual(waits, [100, 200]);
  assert.equal(calls, 3);
});

const STOPS = [
  { answer: 'INVALID_SESSION_ID', code: 'LOGIN_EXPIRED', kind: 'config' },
  { answer: 'sf:INVALID_SESSION_ID', code: 'LOGIN_EXPIRED', kind: 'config' },
  { answer: 'REQUEST_LIMIT_EXCEEDED', code: 'API_LIMIT', kind: 'transient' },
  { answer: 'INVALID_FIELD', code: 'PACKAGE_MISMATCH', kind: 'config' },
  { answer: 'SOMETHING_NEW', code: 'REQUEST_REFUSED', kind: 'fatal' },
];

for (const { answer, code, kind } of STOPS) {
  test(`does not repeat ${answer}`, async () => {
    const { waits, policy: retry } = policy();
    const failing = withRetry(retry, 'GET /x', () => Promise.reject(refusal(answer)));
    await assert.rejects(failing, { code, kind });
    assert.deepEqual(waits, []);
  });
}

test('shows of a query error the line that says what is wrong', async () => {
  const { policy: retry } = policy();
  const message =
    "\nSELECT Id, Nam FROM A\n           ^\nERROR at Row:1:Column:12\nNo such column 'Nam' on entity 'A'.";
  await assert.rejects(
    withRetry(retry, 'GET query', () => Promise.reject(refusal('INVALID_FIELD', message))),
    {
      message: "GET query: INVALID_FIELD No such column 'Nam' on entity 'A'.",
    },
  );
});
