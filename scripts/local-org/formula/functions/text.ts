import { toId18 } from '../../store/record-id.ts';
import { plainText } from '../decimal.ts';
import type { CallSite, Expression, FunctionRule, Result } from '../expression.ts';
import { requireField, requireTransitions, requireType, strict } from '../expression.ts';
import { FormulaError, FormulaEvaluationError } from '../formula-error.ts';
import type { Value } from '../formula.ts';

const NUMERIC = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** An empty text is blank: every text function hands on null for it, as the fields themselves do. */
const blank = (text: string): string | null => (text === '' ? null : text);

export const TEXT: Readonly<Record<string, FunctionRule>> = {
  TEXT: { arity: [1, 1], compile: toText },
  // BigDecimal(String): no blanks around, no group marks (FunctionValue).
  VALUE: strict(['Text'], 'Number', (text: string) => {
    if (!NUMERIC.test(text)) throw new FormulaEvaluationError(`The value '${text}' is not a valid number.`);
    return Number(text);
  }),
  ISNUMBER: lenient(['Text'], 'Boolean', ([text]) => text !== null && NUMERIC.test(String(text))),
  LEN: lenient(['Text'], 'Number', ([text]) => String(text ?? '').length),
  UPPER: strict(['Text', 'Text'], 'Text', (text: string) => blank(text.toUpperCase()), 1),
  LOWER: strict(['Text', 'Text'], 'Text', (text: string) => blank(text.toLowerCase()), 1),
  TRIM: strict(['Text'], 'Text', (text: string) => blank(text.replace(/^ +| +$/g, ''))),
  LEFT: strict(['Text', 'Number'], 'Text', (text: string, count: number) =>
    blank(text.slice(0, Math.max(0, count))),
  ),
  RIGHT: strict(['Text', 'Number'], 'Text', (text: string, count: number) =>
    count < 1 ? null : blank(text.slice(-Math.trunc(count))),
  ),
  MID: strict(['Text', 'Number', 'Number'], 'Text', middle),
  LPAD: strict(
    ['Text', 'Number', 'Text'],
    'Text',
    (text: string, length: number, pad: string = ' ') => blank(text.slice(0, length).padStart(length, pad)),
    2,
  ),
  RPAD: strict(
    ['Text', 'Number', 'Text'],
    'Text',
    (text: string, length: number, pad: string = ' ') => blank(text.slice(0, length).padEnd(length, pad)),
    2,
  ),
  SUBSTITUTE: lenient(['Text', 'Text', 'Text'], 'Text', ([text, old, replacement]) => {
    if (text === null || old === null) return null;
    return blank(String(text).replaceAll(String(old), () => String(replacement ?? '')));
  }),
  FIND: lenient(
    ['Text', 'Text', 'Number'],
    'Number',
    ([search, text, start]) =>
      text === null || search === null ? 0 : String(text).indexOf(String(search), Number(start ?? 1) - 1) + 1,
    2,
  ),
  CONTAINS: lenient(['Text', 'Text'], 'Boolean', ([text, part]) =>
    within(text ?? null, part ?? null, (a, b) => a.includes(b)),
  ),
  BEGINS: lenient(['Text', 'Text'], 'Boolean', ([text, part]) =>
    within(text ?? null, part ?? null, (a, b) => a.startsWith(b)),
  ),
  ISPICKVAL: { arity: [2, 2], compile: isPicklistValue },
  INCLUDES: { arity: [2, 2], compile: includes },
  CASESAFEID: strict(['Text'], 'Text', (id: string) => (/^\w{15}$/.test(id) ? toId18(id) : id)),
  REGEX: {
    arity: [2, 2],
    compile(operands, site) {
      requireTransitions(site);
      operands.forEach((operand) => requireType(operand, ['Text'], site));
      const [text, pattern] = operands as [Expression, Expression];
      return {
        type: 'Boolean',
        run: (scope) => wholeMatch(String(text.run(scope) ?? ''), String(pattern.run(scope) ?? '')),
      };
    },
  },
  // The API returns the markup itself, the page renders it (unverified against an org).
  HYPERLINK: strict(
    ['Text', 'Text', 'Text'],
    'Text',
    (url: string, label: string, target: string = '_blank') =>
      `<a href="${escapeMarkup(url)}" target="${escapeMarkup(target)}">${escapeMarkup(label)}</a>`,
    2,
  ),
  BR: { arity: [0, 0], compile: () => ({ type: 'Text', run: () => '\n' }) },
};

/** A function that decides itself what a blank operand means. */
function lenient(
  types: readonly ('Text' | 'Number')[],
  result: Result['type'],
  compute: (values: readonly Value[]) => Value,
  least = types.length,
): FunctionRule {
  return {
    arity: [least, types.length],
    compile(operands, site) {
      operands.forEach((operand, index) => requireType(operand, [types[index] ?? 'Text'], site));
      return {
        type: result,
        run: (scope) => compute(types.map((_, index) => operands[index]?.run(scope) ?? null)),
      };
    },
  };
}

function toText(operands: readonly Expression[], site: CallSite): Result {
  const [operand] = operands as [Expression];
  if (operand.type !== 'Picklist') requireType(operand, ['Number', 'Date', 'DateTime'], site);
  const isDateTime = operand.type === 'DateTime';
  return {
    type: 'Text',
    run(scope) {
      const value = operand.run(scope);
      if (typeof value === 'number') return plainText(value);
      return isDateTime && typeof value === 'string' ? `${value.slice(0, 19).replace('T', ' ')}Z` : value;
    },
  };
}

function isPicklistValue(operands: readonly Expression[], site: CallSite): Result {
  const [field, literal] = operands as [Expression, Expression];
  if (field.type !== 'Picklist') {
    throw new FormulaError(
      `Incorrect parameter for ${site.title}. Expected picklist field reference.`,
      field.node.at,
    );
  }
  const value = textLiteral(literal, site);
  return { type: 'Boolean', run: (scope) => (field.run(scope) ?? '') === value };
}

function includes(operands: readonly Expression[], site: CallSite): Result {
  const [field, literal] = operands as [Expression, Expression];
  if (field.type !== 'Multipicklist') {
    throw new FormulaError(
      `Incorrect parameter for ${site.title}. Expected multi-select picklist field reference.`,
      field.node.at,
    );
  }
  const value = textLiteral(literal, site);
  const values = requireField(field, site).picklist?.values;
  if (values && !values.some((known) => known.value === value)) {
    throw new FormulaError(
      'Incorrect parameter for function INCLUDES(). Text Literal must be a valid value for this multi-select picklist field.',
      literal.node.at,
    );
  }
  return {
    type: 'Boolean',
    run: (scope) =>
      String(field.run(scope) ?? '')
        .split(';')
        .includes(value),
  };
}

function textLiteral(operand: Expression, site: CallSite): string {
  if (operand.node.kind === 'text') return operand.node.value;
  throw new FormulaError(`Incorrect parameter for ${site.title}. Expected text literal.`, operand.node.at);
}

// A blank part is in everything, nothing is in a blank text (FunctionContains, FunctionBegins).
function within(text: Value, part: Value, holds: (text: string, part: string) => boolean): boolean | null {
  if (part === null) return true;
  return text === null ? null : holds(String(text), String(part));
}

// FunctionSubstring: counts from 1, 0 is taken as 1, a negative start counts from the end.
function middle(text: string, start: number, count: number): string | null {
  if (count <= 0 || start > text.length || start < -text.length) return null;
  const from = start < 0 ? text.length + Math.trunc(start) : Math.max(1, Math.trunc(start)) - 1;
  return blank(text.slice(from, from + Math.trunc(count)));
}

function wholeMatch(text: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(text);
  } catch (cause) {
    throw new FormulaEvaluationError(
      `The regular expression ${pattern} cannot be used: ${(cause as Error).message}`,
    );
  }
}

const escapeMarkup = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
