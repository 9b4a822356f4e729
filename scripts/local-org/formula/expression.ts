import type { FieldModel, OrgModel } from '../../metadata/model.ts';
import { FormulaError } from './formula-error.ts';
import type { FormulaType } from './formula-type.ts';
import { accepts } from './formula-type.ts';
import type { Subject, Value, Viewer } from './formula.ts';
import type { FormulaNode } from './parse-formula.ts';

export interface Scope {
  readonly subject: Subject;
  readonly viewer: Viewer;
}

/** A compiled part of a formula: its type is known, its value waits for a record. */
export interface Expression {
  readonly type: FormulaType;
  readonly node: FormulaNode;
  /** The field it reads, when it is nothing but a field reference. */
  readonly field: FieldModel | null;
  readonly run: (scope: Scope) => Value;
}

/** What a function needs of the formula it is compiled in. */
export interface CallSite {
  /** As Salesforce names it in messages: `function 'IF()'`, `operator '+'`. */
  readonly title: string;
  readonly model: OrgModel;
  readonly allowsTransitions: boolean;
  readonly isBlankZero: boolean;
  readonly at: number;
  /** Says that the value can change without a write. */
  markVolatile(): void;
}

export type Result = Pick<Expression, 'type' | 'run'>;

export interface FunctionRule {
  readonly arity: readonly [least: number, most: number];
  compile(operands: readonly Expression[], site: CallSite): Result;
}

const INFINITE = Number.POSITIVE_INFINITY;

/** A function of fixed operand types whose result is blank when any operand is. */
export function strict(
  types: readonly FormulaType[],
  result: FormulaType,
  compute: (...values: never[]) => Value,
  least = types.length,
): FunctionRule {
  return {
    arity: [least, types.length],
    compile(operands, site) {
      operands.forEach((operand, index) => requireType(operand, [types[index] as FormulaType], site));
      const run = compute as (...values: Value[]) => Value;
      return {
        type: result,
        run(scope) {
          const values = operands.map((operand) => operand.run(scope));
          return values.includes(null) ? null : run(...values);
        },
      };
    },
  };
}

/** A function over any number of operands of one type, blank when any operand is. */
export const strictMany = (type: FormulaType, compute: (values: never[]) => Value): FunctionRule => ({
  arity: [1, INFINITE],
  compile(operands, site) {
    operands.forEach((operand) => requireType(operand, [type], site));
    return {
      type,
      run(scope) {
        const values = operands.map((operand) => operand.run(scope));
        return values.includes(null) ? null : compute(values as never[]);
      },
    };
  },
});

/** Refuses an operand of another type in Salesforce's words. */
export function requireType(operand: Expression, expected: readonly FormulaType[], site: CallSite): void {
  if (expected.some((type) => accepts(type, operand.type))) return;
  if (operand.type === 'Picklist' && operand.field)
    throw picklistMisuse(operand.field.name, '', operand.node.at);
  if (operand.type === 'Multipicklist' && operand.field) {
    throw picklistMisuse(operand.field.name, 'multi-select ', operand.node.at);
  }
  throw new FormulaError(
    `Incorrect parameter type for ${site.title}. Expected ${expected.join(', ')}, received ${operand.type}`,
    operand.node.at,
  );
}

const picklistMisuse = (name: string, sort: string, at: number) =>
  new FormulaError(
    `Field ${name} is a ${sort}picklist field. ${sort ? 'Multi-select p' : 'P'}icklist fields are only supported in certain functions.`,
    at,
  );

/** Refuses a field reference where Salesforce asks for one and the operand is something else. */
export function requireField(operand: Expression, site: CallSite): FieldModel {
  if (operand.field) return operand.field;
  throw new FormulaError(`Incorrect parameter for ${site.title}. Expected field reference.`, operand.node.at);
}

/** Runs a closure against the values before this save. */
export const before = ({ subject, viewer }: Scope): Scope => ({
  viewer,
  subject: { get: (path) => subject.prior(path), prior: (path) => subject.prior(path), isNew: subject.isNew },
});

export function requireTransitions(site: CallSite): void {
  if (site.allowsTransitions) return;
  const name = /'(\w+)/.exec(site.title)?.[1] ?? site.title;
  throw new FormulaError(`Function ${name} may not be used in this type of formula`, site.at);
}
