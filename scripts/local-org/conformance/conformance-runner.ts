import assert from 'node:assert/strict';
import type { ConformanceCase, Step } from './conformance-case.ts';

/** One HTTP exchange as a user; the only way in which cases see the org. */
export interface ConformanceTarget {
  send(step: Step, path: string, body: unknown): Promise<{ status: number; headers: Headers; body: unknown }>;
}

/** Runs the steps and asserts the last answer; earlier steps must succeed. */
export async function runCase(
  target: ConformanceTarget,
  { steps, expected }: ConformanceCase,
): Promise<void> {
  const kept = new Map<string, string>();
  const last = steps.length - 1;
  for (const [index, step] of steps.entries()) {
    const answer = await target.send(step, fill(step.path, kept) as string, fill(step.body, kept));
    if (index < last)
      assert.ok(answer.status < 300, `${step.method} ${step.path}: ${JSON.stringify(answer.body)}`);
    for (const [name, path] of Object.entries(step.keep ?? {})) kept.set(name, String(at(answer.body, path)));
    if (index < last) continue;
    assert.equal(answer.status, expected.status, JSON.stringify(answer.body));
    if (expected.body !== undefined) assertMatches(answer.body, expected.body, 'body');
    for (const [name, value] of Object.entries(expected.headers ?? {}))
      assertMatches(answer.headers.get(name), value, name);
  }
}

/** Replaces `{name}` in every text of a value. */
function fill(value: unknown, kept: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{(\w+)\}/g, (all, name: string) => kept.get(name) ?? all);
  if (Array.isArray(value)) return value.map((each) => fill(each, kept));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, kept)]));
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key], value);

/** Expected properties are there and match; lists have the same length; a RegExp matches text. */
export function assertMatches(actual: unknown, expected: unknown, where: string): void {
  if (expected instanceof RegExp) {
    assert.match(String(actual), expected, where);
  } else if (Array.isArray(expected)) {
    assert.ok(
      Array.isArray(actual) && actual.length === expected.length,
      `${where}: ${JSON.stringify(actual)}`,
    );
    expected.forEach((each, index) => assertMatches(actual[index], each, `${where}[${index}]`));
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, each] of Object.entries(expected))
      assertMatches(at(actual, key), each, `${where}.${key}`);
  } else {
    assert.deepEqual(actual, expected, where);
  }
}
