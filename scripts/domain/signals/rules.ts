// Every rule that reads one pilot, in the order in which equally strong signals are told.
import { criteriaBehind } from './criteria-behind.ts';
import { closeDateMismatch, decisionOverdue } from './decision.ts';
import { keyUserAway } from './key-user-away.ts';
import { lowAdoption } from './low-adoption.ts';
import { narrow } from './narrow.ts';
import { noFirstValue } from './no-first-value.ts';
import { noUsage } from './no-usage.ts';
import { overrun } from './overrun.ts';
import type { Rule } from './rule.ts';
import { sponsorGone, sponsorSilent } from './sponsors.ts';
import { priceLockEnding, termsNotReady } from './terms.ts';
import { TO_TIDY } from './to-tidy.ts';
import { usageDrop } from './usage-drop.ts';

export const RULES: readonly Rule[] = [
  noUsage,
  overrun,
  noFirstValue,
  usageDrop,
  criteriaBehind,
  sponsorGone,
  decisionOverdue,
  termsNotReady,
  sponsorSilent,
  keyUserAway,
  lowAdoption,
  narrow,
  priceLockEnding,
  closeDateMismatch,
  ...TO_TIDY,
];
