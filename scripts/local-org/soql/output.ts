import type { FieldPath } from './ast.ts';
import type { OperandSql } from './operand-sql.ts';

/** A selected value: where it goes in the record and how it reads. */
export interface Output extends OperandSql {
  /** Canonical path, `['Account', 'Name']`; for aggregates one name: alias, field or `expr0`. */
  readonly path: readonly string[];
  readonly isLabel: boolean;
}

/** The relationships on the way to these fields, each once, nearest first. */
export function parentPaths(paths: readonly FieldPath[]): FieldPath[] {
  const found = new Map<string, FieldPath>();
  for (const path of paths) {
    for (let length = 1; length < path.length; length += 1) {
      const steps = path.slice(0, length);
      found.set(steps.join('.'), steps);
    }
  }
  return [...found.values()];
}
