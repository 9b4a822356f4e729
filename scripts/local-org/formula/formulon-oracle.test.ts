// formulon evaluates the same formulas independently. It differs from Salesforce's own engine in what the generator
// leaves out: `^` beside `*`, `!` and unary minus before anything but a number, `&` between blanks, impossible dates
// (it rolls over), ADDMONTHS of a month's last day (it forgets that it was the last).
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { FIXTURE_MODEL, FIXTURE_VIEWER } from '../soql/fixture.test-support.ts';
import type { ObjectModel } from '../../metadata/model.ts';
import { compileFormula } from './compile-formula.ts';
import { FormulaEvaluationError } from './formula-error.ts';

interface Literal {
  readonly type: 'literal' | 'error';
  readonly value: unknown;
}
// The package carries no types.
const formulon = createRequire(import.meta.url)('formulon') as { parse(source: string): Literal };

const seen = new Map<string, number>();
const note = (name: string) => void seen.set(name, (seen.get(name) ?? 0) + 1);

const call = (name: string, ...operands: fc.Arbitrary<string>[]) =>
  fc.tuple(...operands).map((given) => {
    note(name);
    return `${name}(${given.join(', ')})`;
  });
const infix = (sign: string, left: fc.Arbitrary<string>, right = left) =>
  fc.tuple(left, right).map(([a, b]) => {
    note(sign);
    return `(${a} ${sign} ${b})`;
  });

const { number } = fc.letrec<{ number: string; text: string; boolean: string; date: string }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: -99, max: 99 }).map(String),
    fc.integer({ min: 0, max: 999 }).map((cents) => (cents / 10).toFixed(1)),
    ...['+', '-', '*', '/'].map((sign) => infix(sign, tie('number'))),
    ...['MAX', 'MIN'].map((name) => call(name, tie('number'), tie('number'))),
    ...['ABS', 'FLOOR', 'CEILING'].map((name) => call(name, tie('number'))),
    call('ROUND', tie('number'), fc.constantFrom('0', '1', '2')),
    call('MOD', tie('number'), fc.constantFrom('2', '7', '3')),
    call('IF', tie('boolean'), tie('number'), tie('number')),
    call(
      'CASE',
      fc.constantFrom('1', '2', '3'),
      fc.constant('1'),
      tie('number'),
      fc.constant('2'),
      tie('number'),
      tie('number'),
    ),
    call('LEN', tie('text')),
    call('FIND', tie('text'), tie('text')),
    ...['YEAR', 'MONTH', 'DAY', 'WEEKDAY'].map((name) => call(name, tie('date'))),
    infix('-', tie('date')),
  ),
  text: fc.oneof(
    { maxDepth: 3 },
    fc.stringMatching(/^[a-zA-Z ]{1,6}$/).map((text) => `"x${text}y"`),
    ...['UPPER', 'LOWER', 'TRIM'].map((name) => call(name, tie('text'))),
    call('LEFT', tie('text'), fc.constantFrom('1', '2', '3')),
    call('MID', tie('text'), fc.constantFrom('1', '2'), fc.constantFrom('1', '2')),
    call('SUBSTITUTE', tie('text'), fc.constantFrom('"a"', '"xy"'), fc.constantFrom('"b"', '"cc"')),
    call('IF', tie('boolean'), tie('text'), tie('text')),
    call('TEXT', tie('date')),
    infix('&', tie('text')),
  ),
  boolean: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('TRUE', 'FALSE'),
    ...['=', '<>', '<', '>', '<=', '>='].map((sign) => infix(sign, tie('number'))),
    infix('=', tie('text')),
    infix('&&', tie('boolean')),
    infix('||', tie('boolean')),
    call('NOT', tie('boolean')),
    call('AND', tie('boolean'), tie('boolean')),
    call('OR', tie('boolean'), tie('boolean')),
    call('CONTAINS', tie('text'), tie('text')),
    call('BEGINS', tie('text'), tie('text')),
    call('ISBLANK', tie('text')),
    infix('<', tie('date')),
  ),
  date: fc.oneof(
    { maxDepth: 2 },
    fc
      .tuple(
        fc.integer({ min: 1990, max: 2040 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
      )
      .map((parts) => `DATE(${parts.join(', ')})`),
    infix('+', tie('date'), fc.integer({ min: 0, max: 400 }).map(String)),
  ),
}));

const context = {
  model: FIXTURE_MODEL,
  object: FIXTURE_MODEL.objects.get('Deal__c') as ObjectModel,
  allowsTransitions: false,
  blanks: 'BlankAsBlank',
} as const;
const subject = { get: () => null, prior: () => null, isNew: false };

/** Undefined when the formula is an error of its values, which formulon often computes past. */
function ours(source: string): unknown {
  try {
    return compileFormula(source, context).evaluate(subject, FIXTURE_VIEWER);
  } catch (error) {
    if (error instanceof FormulaEvaluationError) return undefined;
    throw error;
  }
}

test('agrees with formulon on 6,000 random formulas', (t) => {
  let valued = 0;
  fc.assert(
    fc.property(number, (source) => {
      const theirs = formulon.parse(source);
      const value = ours(source);
      if (theirs.type === 'error' || theirs.value === null || value === undefined) return;
      if (value === null) return assert.fail(`${source}: ours blank, formulon ${String(theirs.value)}`);
      valued += 1;
      const difference = Math.abs(Number(value) - Number(theirs.value));
      assert.ok(
        difference <= 1e-9 * Math.max(1, Math.abs(Number(value))),
        `${source}: ours ${String(value)}, formulon ${String(theirs.value)}`,
      );
    }),
    { numRuns: 6_000, seed: 20_261_122 },
  );
  t.diagnostic(
    `${valued} of 6000 compared; ${[...seen].map(([name, count]) => `${name} ${count}`).join(', ')}`,
  );
  assert.ok(valued > 4_000, `only ${valued} formulas had a value`);
  assert.deepEqual(
    [...seen].filter(([, count]) => count < 100),
    [],
  );
});
