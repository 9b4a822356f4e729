// Every rule that reads one pilot, in the order in which equally strong signals are told.
import { noFirstValue } from './no-first-value.ts';
import { noUsage } from './no-usage.ts';
import { overrun } from './overrun.ts';
import type { Rule } from './rule.ts';

export const RULES: readonly Rule[] = [noUsage, overrun, noFirstValue];
