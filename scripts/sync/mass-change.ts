import type { Evaluation } from '../domain/evaluation.ts';
import { readSignals } from '../domain/signals-json.ts';

const SUSPICIOUS: ReadonlySet<string> = new Set(['NO_USAGE', 'USAGE_DROP']);

export interface Judged {
  readonly evaluation: Evaluation;
  /** Signals__c as the last run left it; null for a pilot never judged before. */
  readonly storedSignals: string | null;
}

/**
 * The pilots that would newly be flagged for missing usage, when they are too many at once to be believed:
 * more than max(`min`, `percent` % of all). Empty otherwise. A pilot that was never judged is not newly flagged:
 * a first sync finds what has gathered over weeks.
 */
export function massChange<P extends Judged>(
  pilots: readonly P[],
  limits: { readonly min: number; readonly percent: number },
): readonly P[] {
  const newly = pilots.filter(({ evaluation, storedSignals }) => {
    if (storedSignals === null) return false;
    const before = readSignals(storedSignals)?.signals ?? [];
    return isSuspicious(evaluation.signals) && !isSuspicious(before);
  });
  return newly.length > Math.max(limits.min, (limits.percent / 100) * pilots.length) ? newly : [];
}

function isSuspicious(signals: readonly { readonly code: string }[]): boolean {
  return signals.some((signal) => SUSPICIOUS.has(signal.code));
}
