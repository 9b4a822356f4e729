// The shape of a rule: it looks at a pilot and says what it saw, whether that speaks, and if not, why.
import type { Health, Owner, RuleTrace, Signal, SignalGroup } from '../evaluation.ts';
import type { Day } from '../facts.ts';
import type { PilotView } from '../pilot-view.ts';
import type { SignalCode } from '../policy-fields.ts';

export type Values = Readonly<Record<string, string | number | null>>;

export interface Rule {
  readonly code: SignalCode;
  readonly group: SignalGroup;
  readonly owner: Owner;
  readonly judge: (view: PilotView) => Finding;
}

export interface Finding {
  /** Null when the rule is silent. */
  readonly fired: Fired | null;
  readonly observed: Values;
  readonly threshold: Values;
  readonly silentBecause: string | null;
}

export interface Fired {
  readonly state: Health;
  /** First day on which a reader could know it; for a rule over records, the day it became so. */
  readonly since: Day;
  readonly values: Values;
  readonly variant?: string | null;
  readonly owner?: Owner;
}

/** What a rule saw and what it compared with. */
export interface Measured {
  readonly observed?: Values;
  readonly threshold?: Values;
}

export function silent(because: string, measured: Measured = {}): Finding {
  return {
    fired: null,
    observed: measured.observed ?? {},
    threshold: measured.threshold ?? {},
    silentBecause: because,
  };
}

export function speaks(fired: Fired, measured: Measured): Finding {
  return {
    fired,
    observed: measured.observed ?? {},
    threshold: measured.threshold ?? {},
    silentBecause: null,
  };
}

/** The signal of a rule that spoke. */
export function signalOf(rule: Rule, fired: Fired): Signal {
  return {
    code: rule.code,
    group: rule.group,
    state: fired.state,
    since: fired.since,
    values: fired.values,
    variant: fired.variant ?? null,
    owner: fired.owner ?? rule.owner,
  };
}

export function traceOf(rule: Rule, finding: Finding, isOff: boolean): RuleTrace {
  return {
    code: rule.code,
    fired: finding.fired !== null && !isOff,
    off: isOff,
    observed: finding.observed,
    threshold: finding.threshold,
    silentBecause: isOff ? 'off' : finding.silentBecause,
  };
}
