// A record-triggered flow as the interpreter runs it. Read once from its XML at deploy.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm
import type { Value } from '../formula/formula.ts';

/** What a name in a flow stands for. */
export type Reference =
  | { readonly kind: 'record' | 'prior'; readonly path: string }
  | { readonly kind: 'global'; readonly name: FlowGlobal }
  | { readonly kind: 'variable' | 'formula'; readonly name: string }
  /** A Get Records element; `path` null means the record (or the collection) itself. */
  | { readonly kind: 'lookup'; readonly name: string; readonly path: string | null };

export const FLOW_GLOBALS = ['CurrentDate', 'CurrentDateTime', 'InterviewGuid', 'FaultMessage'] as const;
export type FlowGlobal = (typeof FLOW_GLOBALS)[number];

export type Operand =
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'reference'; readonly reference: Reference };

export const COMPARISONS = [
  'EqualTo',
  'NotEqualTo',
  'IsNull',
  'GreaterThan',
  'GreaterThanOrEqualTo',
  'LessThan',
  'LessThanOrEqualTo',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

export interface Condition {
  readonly left: Reference;
  readonly operator: Comparison;
  readonly right: Operand;
}

export interface Filter {
  readonly field: string;
  readonly operator: Comparison;
  readonly value: Operand;
}

export interface FieldValue {
  readonly field: string;
  readonly value: Operand;
}

/** Where an assignment writes: a field of the triggering record, or a variable. */
export type Target =
  { readonly kind: 'record'; readonly field: string } | { readonly kind: 'variable'; readonly name: string };

export interface Assignment {
  readonly to: Target;
  readonly operator: 'Assign' | 'Add' | 'AssignCount';
  readonly value: Operand;
}

interface Step {
  readonly name: string;
  /** Name of the element that follows; null ends the path. */
  readonly next: string | null;
}

interface FallibleStep extends Step {
  readonly onFault: string | null;
}

export interface LookupElement extends FallibleStep {
  readonly kind: 'lookup';
  readonly object: string;
  readonly filters: readonly Filter[];
  readonly isFirstOnly: boolean;
  /** Variables that take fields of the record found; null keeps the record under the element's name. */
  readonly outputs: readonly { readonly variable: string; readonly field: string }[] | null;
  /** Whether `outputs` become null when nothing is found, or keep what they had. */
  readonly clearsOutputs: boolean;
}

export interface CreateElement extends FallibleStep {
  readonly kind: 'create';
  readonly object: string;
  readonly values: readonly FieldValue[];
}

export interface UpdateElement extends FallibleStep {
  readonly kind: 'update';
  readonly object: string;
  readonly filters: readonly Filter[];
  readonly values: readonly FieldValue[];
}

export interface NotificationElement extends FallibleStep {
  readonly kind: 'notification';
  readonly inputs: ReadonlyMap<string, Operand>;
}

export interface CustomErrorElement {
  readonly kind: 'customError';
  readonly name: string;
  readonly messages: readonly { readonly text: string; readonly field: string | null }[];
}

export interface DecisionElement extends Step {
  readonly kind: 'decision';
  /** In order; the first whose conditions hold is taken, `next` otherwise. */
  readonly outcomes: readonly {
    readonly logic: 'and' | 'or';
    readonly conditions: readonly Condition[];
    readonly next: string | null;
  }[];
}

export interface AssignmentElement extends Step {
  readonly kind: 'assignment';
  readonly items: readonly Assignment[];
}

export type FlowElement =
  | AssignmentElement
  | DecisionElement
  | LookupElement
  | CreateElement
  | UpdateElement
  | NotificationElement
  | CustomErrorElement;

export type FlowDataType = 'String' | 'Number' | 'Currency' | 'Boolean' | 'Date' | 'DateTime';

export interface FlowVariable {
  readonly name: string;
  readonly dataType: FlowDataType;
  readonly isCollection: boolean;
  readonly scale: number;
  readonly initial: Value;
}

export interface FlowFormula {
  readonly name: string;
  readonly dataType: FlowDataType;
  readonly scale: number;
  readonly expression: string;
  readonly line: number;
  readonly column: number;
}

export interface FlowModel {
  readonly name: string;
  readonly label: string;
  /** Flows of one object and moment run in this order, then by name; those without one run between 1000 and 1001. */
  readonly triggerOrder: number;
  readonly object: string;
  readonly moment: 'beforeSave' | 'asyncAfterCommit';
  readonly onCreate: boolean;
  readonly onUpdate: boolean;
  /** Entry condition as written; null lets every save in. */
  readonly entry: { readonly expression: string; readonly line: number; readonly column: number } | null;
  readonly first: string | null;
  readonly elements: ReadonlyMap<string, FlowElement>;
  readonly variables: ReadonlyMap<string, FlowVariable>;
  readonly formulas: ReadonlyMap<string, FlowFormula>;
}
