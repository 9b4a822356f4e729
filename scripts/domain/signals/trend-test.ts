import type { Values } from './rule.ts';

/** One comparison of the recent with the former use, as it stood at the end of a week. */
export interface TrendTest {
  readonly isDrop: boolean;
  /** By how many percent use must be lower. */
  readonly dropPercent: number;
  readonly observed: Values;
  readonly threshold: Values;
  readonly variant: string | null;
  readonly values: Values;
}
