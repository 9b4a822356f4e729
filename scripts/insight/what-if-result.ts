import type { Health } from '../domain/evaluation.ts';
import type { SignalCode } from '../domain/policy-fields.ts';
import type { PolicyChanges } from './policy-changes.ts';

/** A pilot that would be judged differently. */
export interface ChangedPilot {
  readonly id: string;
  readonly name: string;
  readonly opportunity: string;
  readonly before: Health;
  readonly after: Health;
  /** Codes told only with the other policy, and only without it; things to tidy included. */
  readonly added: readonly SignalCode[];
  readonly removed: readonly SignalCode[];
}

export interface WhatIf {
  /** What the policy file changes. */
  readonly changes: PolicyChanges;
  /** Pilots judged under both policies. */
  readonly pilots: number;
  readonly before: Readonly<Record<Health, number>>;
  readonly after: Readonly<Record<Health, number>>;
  readonly changed: readonly ChangedPilot[];
}
