import type { FunctionRule } from '../expression.ts';
import { DATE } from './date.ts';
import { LOGIC } from './logic.ts';
import { MATH } from './math.ts';
import { OPERATORS } from './operators.ts';
import { TEXT } from './text.ts';

/** Every function and operator the local org computes, by upper-case name or sign. */
export const FUNCTION_TABLE: ReadonlyMap<string, FunctionRule> = new Map(
  Object.entries({ ...OPERATORS, ...LOGIC, ...TEXT, ...MATH, ...DATE }),
);
