// The border between the formula engine and everything that uses it: formula columns in SOQL,
// validation rules, roll-up filters, flow conditions, default values.
import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';

/** Text, number, boolean, date (`YYYY-MM-DD`), date/time (ISO 8601 UTC) or blank. */
export type Value = string | number | boolean | null;

/** Who asks and when; `now` follows the org's clock. */
export interface Viewer {
  readonly now: Date;
  readonly userId: string;
  readonly timeZone: string;
  hasCustomPermission(name: string): boolean;
}

/** One record under evaluation. Paths are field paths from the formula's object: `Amount__c`, `Pilot__r.Status__c`. */
export interface Subject {
  get(path: string): Value;
  /** Value before this save; the current one on insert. */
  prior(path: string): Value;
  readonly isNew: boolean;
}

export interface CompiledFormula {
  readonly kind: FieldModel['kind'] | 'Boolean';
  /** Every field path the formula reads, canonical case, no duplicates. */
  readonly paths: readonly string[];
  /** True when it reads TODAY(), NOW() or the viewer: its value can change without a write. */
  readonly isVolatile: boolean;
  evaluate(subject: Subject, viewer: Viewer): Value;
}

export interface CompileContext {
  readonly model: OrgModel;
  readonly object: ObjectModel;
  /** Validation rules and flow conditions may use ISNEW, ISCHANGED, PRIORVALUE. */
  readonly allowsTransitions: boolean;
  readonly blanks: 'BlankAsBlank' | 'BlankAsZero';
}
