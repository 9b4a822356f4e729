import type { CallSite, Expression, FunctionRule, Result } from '../expression.ts';
import { before, requireField, requireTransitions, requireType } from '../expression.ts';
import { FormulaError } from '../formula-error.ts';
import type { FormulaType } from '../formula-type.ts';
import { accepts, commonType, isTextual } from '../formula-type.ts';
import { comparable } from './operators.ts';

const MANY = Number.POSITIVE_INFINITY;
/** Types that may stand for a value in CASE, IF and the blank functions besides picklists. */
const ANY: readonly FormulaType[] = [
  'Number',
  'Text',
  'Id',
  'Boolean',
  'Date',
  'DateTime',
  'Picklist',
  'Multipicklist',
];

export const LOGIC: Readonly<Record<string, FunctionRule>> = {
  AND: { arity: [1, MANY], compile: (operands, site) => connective(operands, site, false) },
  OR: { arity: [1, MANY], compile: (operands, site) => connective(operands, site, true) },
  NOT: {
    arity: [1, 1],
    compile(operands, site) {
      const [operand] = operands as [Expression];
      requireType(operand, ['Boolean'], site);
      return {
        type: 'Boolean',
        run(scope) {
          const value = operand.run(scope);
          return value === null ? null : !value;
        },
      };
    },
  },
  IF: { arity: [3, 3], compile: conditional },
  CASE: { arity: [4, MANY], compile: caseOf },
  ISBLANK: { arity: [1, 1], compile: (operands, site) => blankTest(operands, site, false) },
  ISNULL: { arity: [1, 1], compile: (operands, site) => blankTest(operands, site, true) },
  BLANKVALUE: { arity: [2, 2], compile: (operands, site) => fallback(operands, site, false) },
  NULLVALUE: { arity: [2, 2], compile: (operands, site) => fallback(operands, site, true) },
  ISNEW: {
    arity: [0, 0],
    compile(_, site) {
      requireTransitions(site);
      return { type: 'Boolean', run: ({ subject }) => subject.isNew };
    },
  },
  // False on insert, PRIORVALUE is the current value there:
  // https://help.salesforce.com/s/articleView?id=platform.customize_functions.htm
  ISCHANGED: {
    arity: [1, 1],
    compile(operands, site) {
      requireTransitions(site);
      const [operand] = operands as [Expression];
      requireField(operand, site);
      return {
        type: 'Boolean',
        run: (scope) => !scope.subject.isNew && operand.run(scope) !== operand.run(before(scope)),
      };
    },
  },
  PRIORVALUE: {
    arity: [1, 1],
    compile(operands, site) {
      requireTransitions(site);
      const [operand] = operands as [Expression];
      requireField(operand, site);
      return { type: operand.type, run: (scope) => operand.run(before(scope)) };
    },
  },
};

// AND and OR end at the first operand that decides; a blank counts as false (FunctionAnd, FunctionOr).
function connective(operands: readonly Expression[], site: CallSite, deciding: boolean): Result {
  operands.forEach((operand) => requireType(operand, ['Boolean'], site));
  return {
    type: 'Boolean',
    run: (scope) => operands.some((operand) => (operand.run(scope) === true) === deciding) === deciding,
  };
}

function conditional(operands: readonly Expression[], site: CallSite): Result {
  const [test, then, otherwise] = operands as [Expression, Expression, Expression];
  requireType(test, ['Boolean'], site);
  for (const branch of [then, otherwise]) {
    if (branch.type === 'Picklist' || branch.type === 'Multipicklist') requireType(branch, ['Text'], site);
  }
  const type = commonType(then.type, otherwise.type);
  if (!type) requireType(otherwise, [then.type], site);
  return {
    type: type ?? then.type,
    run: (scope) => (test.run(scope) === true ? then : otherwise).run(scope),
  };
}

function caseOf(operands: readonly Expression[], site: CallSite): Result {
  if (operands.length % 2 !== 0) {
    throw new FormulaError(
      `Incorrect number of parameters for ${site.title}. Expected ${operands.length - 1}, received ${operands.length}`,
      site.at,
    );
  }
  const [subject, ...rest] = operands as [Expression, ...Expression[]];
  const otherwise = rest.at(-1) as Expression;
  const pairs = Array.from({ length: (rest.length - 1) / 2 }, (_, index) => ({
    match: rest[index * 2] as Expression,
    value: rest[index * 2 + 1] as Expression,
  }));
  const compared: FormulaType = subject.type === 'Picklist' ? 'Text' : subject.type;
  let result = otherwise.type;
  for (const { match, value } of pairs) {
    if (match.type === 'Boolean') throw illegalType(site, match);
    if (subject.type === 'Picklist' && match.node.kind !== 'text') requireLiteral(match, site);
    if (!commonType(compared, match.type)) requireType(match, [compared], site);
    result = agree(result, value, site);
  }
  if (compared === 'Boolean' || compared === 'Multipicklist') throw illegalType(site, subject);
  if (result === 'Boolean') throw illegalType(site, otherwise);
  return {
    type: result,
    run(scope) {
      const key = comparable(compared, subject.run(scope));
      const hit =
        key === null ? undefined : pairs.find(({ match }) => comparable(compared, match.run(scope)) === key);
      return (hit?.value ?? otherwise).run(scope);
    },
  };
}

function agree(soFar: FormulaType, value: Expression, site: CallSite): FormulaType {
  const type = commonType(soFar, value.type);
  if (!type) requireType(value, [soFar], site);
  return type ?? soFar;
}

const illegalType = (site: CallSite, operand: Expression) =>
  new FormulaError(`Incorrect argument type for ${site.title}. `, operand.node.at);

const requireLiteral = (operand: Expression, site: CallSite) => {
  throw new FormulaError(
    `Incorrect parameter type for ${site.title}. Expected text literal, received ${operand.type}`,
    operand.node.at,
  );
};

// Text is never null: ISNULL of it is FALSE and NULLVALUE returns it; the BLANK functions see it empty
// (https://help.salesforce.com/s/articleView?id=platform.customize_functions_isnull.htm, FunctionIsNull.treatAsString).
function blankTest(operands: readonly Expression[], site: CallSite, isNullTest: boolean): Result {
  const [operand] = operands as [Expression];
  requireType(operand, ANY, site);
  if (isNullTest && isTextual(operand.type)) return { type: 'Boolean', run: () => false };
  return { type: 'Boolean', run: (scope) => (operand.run(scope) ?? '') === '' };
}

function fallback(operands: readonly Expression[], site: CallSite, isNullTest: boolean): Result {
  const [value, substitute] = operands as [Expression, Expression];
  requireType(value, ANY, site);
  const type = commonType(value.type === 'Picklist' ? 'Text' : value.type, substitute.type);
  if (!type || !accepts(type, substitute.type)) requireType(substitute, [value.type], site);
  if (isNullTest && isTextual(value.type)) return { type: value.type, run: value.run };
  return {
    type: type ?? value.type,
    run(scope) {
      const found = value.run(scope);
      return found === null || found === '' ? substitute.run(scope) : found;
    },
  };
}
