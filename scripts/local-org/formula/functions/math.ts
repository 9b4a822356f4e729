import { exact, roundTo } from '../decimal.ts';
import type { FunctionRule } from '../expression.ts';
import { strict, strictMany } from '../expression.ts';
import { FormulaEvaluationError } from '../formula-error.ts';

const unary = (compute: (value: number) => number) =>
  strict(['Number'], 'Number', (value: number) => zero(compute(value)));

// Whole numbers towards or away from zero, after cutting the noise of endless fractions
// (github.com/salesforce/formula-engine FunctionFloor, FunctionCeiling round to 33 of 39 digits first).
const steady = (value: number) => Number(value.toPrecision(14));

export const MATH: Readonly<Record<string, FunctionRule>> = {
  ABS: unary(Math.abs),
  CEILING: unary((value) => Math.sign(value) * Math.ceil(Math.abs(steady(value)))),
  FLOOR: unary((value) => Math.trunc(steady(value))),
  MCEILING: unary((value) => Math.ceil(steady(value))),
  MFLOOR: unary((value) => Math.floor(steady(value))),
  ROUND: strict(['Number', 'Number'], 'Number', (value: number, scale: number) =>
    zero(roundTo(value, Math.trunc(scale))),
  ),
  TRUNC: strict(
    ['Number', 'Number'],
    'Number',
    (value: number, scale: number = 0) => zero(roundTo(value, Math.trunc(scale), 'down')),
    1,
  ),
  MOD: strict(['Number', 'Number'], 'Number', (value: number, divisor: number) => {
    if (divisor === 0) throw new FormulaEvaluationError('Division by zero in MOD()');
    return zero(exact(value % divisor));
  }),
  SQRT: unary((value) => defined(Math.sqrt(value), 'SQRT')),
  EXP: unary((value) => defined(Math.exp(value), 'EXP')),
  LN: unary((value) => defined(Math.log(value), 'LN')),
  LOG: unary((value) => defined(Math.log10(value), 'LOG')),
  PI: { arity: [0, 0], compile: () => ({ type: 'Number', run: () => Math.PI }) },
  MAX: strictMany('Number', (values: number[]) => Math.max(...values)),
  MIN: strictMany('Number', (values: number[]) => Math.min(...values)),
};

const zero = (value: number) => (value === 0 ? 0 : value);

function defined(value: number, name: string): number {
  if (!Number.isFinite(value))
    throw new FormulaEvaluationError(`Out of range argument to ${name}() function`);
  return exact(value);
}
