// The part of SOQL that the local org answers. `parse-soql.ts` makes it from text, GraphQL makes it directly.

/** A field by its path from the object queried: `['Account', 'Owner', 'Name']`. */
export type FieldPath = readonly string[];

export type DateFunction =
  | 'CALENDAR_MONTH'
  | 'CALENDAR_QUARTER'
  | 'CALENDAR_YEAR'
  | 'DAY_IN_MONTH'
  | 'DAY_IN_WEEK'
  | 'DAY_IN_YEAR'
  | 'DAY_ONLY'
  | 'FISCAL_MONTH'
  | 'FISCAL_QUARTER'
  | 'FISCAL_YEAR'
  | 'WEEK_IN_MONTH'
  | 'WEEK_IN_YEAR'
  | 'HOUR_IN_DAY';

export type AggregateFunction = 'COUNT' | 'COUNT_DISTINCT' | 'SUM' | 'AVG' | 'MIN' | 'MAX';

/** What can be compared, grouped by or ordered by. */
export type Operand =
  | { readonly kind: 'field'; readonly path: FieldPath }
  | {
      readonly kind: 'date';
      readonly name: DateFunction;
      readonly path: FieldPath;
      readonly isConverted: boolean;
    }
  | { readonly kind: 'aggregate'; readonly name: AggregateFunction; readonly path: FieldPath }
  /** 1 in a row that sums up this field's groups, else 0. */
  | { readonly kind: 'grouping'; readonly path: FieldPath };

export type Selection =
  | { readonly kind: 'operand'; readonly operand: Operand; readonly alias: string | null }
  | { readonly kind: 'label'; readonly path: FieldPath; readonly alias: string | null }
  | { readonly kind: 'fields'; readonly group: 'ALL' | 'CUSTOM' | 'STANDARD' }
  | { readonly kind: 'children'; readonly relationship: string; readonly query: Query }
  | Typeof;

/** `TYPEOF What WHEN Account THEN Phone ELSE Name END`: fields by the object that a polymorphic relationship finds. */
export interface Typeof {
  readonly kind: 'typeof';
  readonly relationship: FieldPath;
  readonly cases: readonly { readonly object: string; readonly paths: readonly FieldPath[] }[];
  readonly otherwise: readonly FieldPath[] | null;
}

export type Literal =
  | { readonly kind: 'text' | 'date' | 'datetime'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** `TODAY`, `LAST_N_DAYS:3`. */
  | { readonly kind: 'period'; readonly name: string; readonly count: number };

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | {
      readonly kind: 'compare';
      readonly operand: Operand;
      readonly operator: Comparison;
      readonly literal: Literal;
    }
  | { readonly kind: 'like'; readonly operand: Operand; readonly pattern: string }
  | {
      readonly kind: 'in';
      readonly operand: Operand;
      readonly isNegated: boolean;
      readonly literals: readonly Literal[];
    }
  | {
      readonly kind: 'includes';
      readonly operand: Operand;
      readonly isNegated: boolean;
      readonly values: readonly string[];
    }
  /** The row belongs to the viewer. */
  | { readonly kind: 'mine' }
  | { readonly kind: 'join'; readonly operand: Operand; readonly isNegated: boolean; readonly query: Query };

export interface Order {
  readonly operand: Operand;
  readonly isDescending: boolean;
  readonly nulls: 'FIRST' | 'LAST';
}

export type Subtotals = 'ROLLUP' | 'CUBE';

export interface Query {
  readonly object: string;
  readonly selections: readonly Selection[];
  /** `SELECT COUNT()`: no records, only their number. */
  readonly isCount: boolean;
  readonly where: Condition | null;
  readonly groupBy: readonly Operand[];
  /** Which rows of subtotals GROUP BY adds. */
  readonly subtotals: Subtotals | null;
  readonly having: Condition | null;
  readonly orderBy: readonly Order[];
  readonly limit: number | null;
  readonly offset: number;
}
