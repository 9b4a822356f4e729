// When an agreed term applies. No imports at run time.

/** Counts of the pilot's criteria; null where the reader may not see them. */
export interface CriteriaCounts {
  readonly criteriaCount: number | null;
  readonly criteriaMet: number | null;
  readonly mustHaves: number | null;
  readonly mustHavesMet: number | null;
}

export type TermTrigger = 'all' | 'must_haves' | 'none';

/** What must be met for a term to apply; one without a trigger waits for all criteria. */
export function triggerOf(trigger: string | null): TermTrigger {
  return trigger === 'None' ? 'none' : trigger === 'Must-haves' ? 'must_haves' : 'all';
}

/** How many of those that count are met: `[met, all]`. */
export function triggerCounts(
  trigger: TermTrigger,
  counts: CriteriaCounts,
): readonly [number | null, number | null] {
  return trigger === 'must_haves'
    ? [counts.mustHavesMet, counts.mustHaves]
    : [counts.criteriaMet, counts.criteriaCount];
}

/** Whether the term applies. A number that the reader may not see proves nothing. */
export function isTriggered(trigger: TermTrigger, counts: CriteriaCounts): boolean {
  if (trigger === 'none') return true;
  const [met, all] = triggerCounts(trigger, counts);
  return met !== null && all !== null && all > 0 && met >= all;
}
