import { addDays, toDays } from '../civil-date.ts';
import { exact } from '../decimal.ts';
import type { CallSite, Expression, FunctionRule, Result } from '../expression.ts';
import { requireType, strict } from '../expression.ts';
import { FormulaError, FormulaEvaluationError } from '../formula-error.ts';
import type { FormulaType } from '../formula-type.ts';
import { commonType, isTextual } from '../formula-type.ts';
import type { Value } from '../formula.ts';

const DAY_MS = 86_400_000;

// Signs and their meaning on blanks: github.com/salesforce/formula-engine OperatorEquality, OperatorComparison,
// OperatorConcat, OperatorAddOrSubtract (arithmetic and order with a blank is blank, text treats blank as '').
export const OPERATORS: Readonly<Record<string, FunctionRule>> = {
  '=': { arity: [2, 2], compile: (operands, site) => equality(operands, site, false) },
  '<>': { arity: [2, 2], compile: (operands, site) => equality(operands, site, true) },
  '<': order((sign) => sign < 0),
  '>': order((sign) => sign > 0),
  '<=': order((sign) => sign <= 0),
  '>=': order((sign) => sign >= 0),
  '+': { arity: [2, 2], compile: (operands, site) => addition(operands, site, 1) },
  '-': { arity: [2, 2], compile: (operands, site) => addition(operands, site, -1) },
  '*': strict(['Number', 'Number'], 'Number', (a: number, b: number) => exact(a * b)),
  '/': strict(['Number', 'Number'], 'Number', (a: number, b: number) => {
    if (b === 0) throw new FormulaEvaluationError('Division by zero');
    return exact(a / b);
  }),
  '^': strict(['Number', 'Number'], 'Number', power),
  NEGATE: strict(['Number'], 'Number', (a: number) => (a === 0 ? 0 : -a)),
  PLUS: strict(['Number'], 'Number', (a: number) => a),
  '&': {
    arity: [2, 2],
    compile(operands, site) {
      operands.forEach((operand) => requireType(operand, ['Text'], site));
      return { type: 'Text', run: concatenate(operands) };
    },
  },
};

/** The value two sides are compared by: text never differs from blank by being empty. */
export const comparable = (type: FormulaType, value: Value): Value =>
  value === null && isTextual(type) ? '' : value;

function equality(operands: readonly Expression[], site: CallSite, isNegated: boolean): Result {
  const [left, right] = operands as [Expression, Expression];
  for (const side of operands) {
    if (side.type === 'Picklist' || side.type === 'Multipicklist') requireType(side, ['Text'], site);
  }
  const type = commonType(left.type, right.type);
  if (!type) requireType(right, [left.type], site);
  const shared = type ?? left.type;
  return {
    type: 'Boolean',
    run(scope) {
      const a = comparable(shared, left.run(scope));
      const b = comparable(shared, right.run(scope));
      return a === null || b === null ? null : (a === b) !== isNegated;
    },
  };
}

function order(holds: (sign: number) => boolean): FunctionRule {
  return {
    arity: [2, 2],
    compile(operands, site) {
      const [left, right] = operands as [Expression, Expression];
      requireType(left, ['Number', 'Date', 'DateTime', 'Text'], site);
      if (!commonType(left.type, right.type)) requireType(right, [left.type], site);
      return {
        type: 'Boolean',
        run(scope) {
          const a = left.run(scope);
          const b = right.run(scope);
          if (a === null || b === null) return null;
          return holds(a < b ? -1 : a > b ? 1 : 0);
        },
      };
    },
  };
}

function addition(operands: readonly Expression[], site: CallSite, sign: 1 | -1): Result {
  const [left, right] = operands as [Expression, Expression];
  if (sign === 1 && (isTextual(left.type) || isTextual(right.type))) {
    operands.forEach((operand) => requireType(operand, ['Text'], site));
    return { type: 'Text', run: concatenate(operands) };
  }
  for (const operand of operands) requireType(operand, ['Number', 'Date', 'DateTime'], site);
  const isMoment = (side: Expression) => side.type === 'Date' || side.type === 'DateTime';
  if (isMoment(left) && isMoment(right)) {
    if (sign === 1 || left.type !== right.type) requireType(right, ['Number'], site);
    return lifted('Number', left, right, (a, b) => exact(dayNumber(a as string) - dayNumber(b as string)));
  }
  if (isMoment(left))
    return lifted(left.type, left, right, (a, b) => shiftMoment(a as string, sign * (b as number)));
  if (isMoment(right)) {
    if (sign === -1)
      throw new FormulaError(
        `Incorrect parameter type for ${site.title}. Expected Number, received ${right.type}`,
        right.node.at,
      );
    return lifted(right.type, left, right, (a, b) => shiftMoment(b as string, a as number));
  }
  return lifted('Number', left, right, (a, b) => exact((a as number) + sign * (b as number)));
}

const lifted = (
  type: FormulaType,
  left: Expression,
  right: Expression,
  compute: (a: Value, b: Value) => Value,
): Result => ({
  type,
  run(scope) {
    const a = left.run(scope);
    const b = right.run(scope);
    return a === null || b === null ? null : compute(a, b);
  },
});

const concatenate =
  (operands: readonly Expression[]): Result['run'] =>
  (scope) =>
    operands.map((operand) => operand.run(scope) ?? '').join('') || null;

const dayNumber = (moment: string) => (moment.length === 10 ? toDays(moment) : Date.parse(moment) / DAY_MS);

const shiftMoment = (moment: string, days: number) =>
  moment.length === 10
    ? addDays(moment, Math.trunc(days))
    : new Date(Math.round(Date.parse(moment) + days * DAY_MS)).toISOString();

// FormulaPowerException: whole exponents only, results up to about 1e64 (BigDecimalHelper.formulaPower).
function power(base: number, exponent: number): number {
  const result = base ** exponent;
  if (!Number.isInteger(exponent) || !Number.isFinite(result) || Math.abs(result) > 1e64) {
    throw new FormulaEvaluationError('Out of range argument to POWER() function');
  }
  return exact(result);
}
