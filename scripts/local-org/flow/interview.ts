import { randomUUID } from 'node:crypto';
import type { ObjectModel } from '../../metadata/model.ts';
import type { Subject, Value } from '../formula/formula.ts';
import { FormulaEvaluationError } from '../formula/formula-error.ts';
import { RecordSubject } from '../save/record-subject.ts';
import type { SaveContext } from '../save/save-context.ts';
import { quoted, type Row } from '../store/store.ts';
import { GLOBAL, LOOKUP_SUFFIX, PRIOR, RECORD, type CompiledFlow } from './compile-flow.ts';
import { FlowFault } from './flow-error.ts';
import type { Operand, Reference } from './flow-model.ts';

/** The record that a flow runs on. `now` is changed in place by assignments before the save. */
export interface Trigger {
  readonly object: ObjectModel;
  readonly now: Row;
  /** Null when the record is new. */
  readonly before: Row | null;
}

/** One run of a flow on one record: what its names stand for at this moment. */
export class Interview implements Subject {
  readonly context: SaveContext;
  readonly compiled: CompiledFlow;
  readonly trigger: Trigger;
  readonly isNew: boolean;
  readonly guid: string;
  readonly #record: RecordSubject;
  readonly #prior: RecordSubject | null;
  readonly #variables: Map<string, Value | Value[]>;
  /** Ids found by Get Records elements. */
  readonly #found = new Map<string, readonly string[]>();
  faultMessage: string | null = null;

  constructor(context: SaveContext, compiled: CompiledFlow, trigger: Trigger, guid: string = randomUUID()) {
    const { object, now, before } = trigger;
    this.context = context;
    this.compiled = compiled;
    this.trigger = trigger;
    this.isNew = before === null;
    this.guid = guid;
    this.#record = new RecordSubject(context, object, now, before);
    this.#prior = before && new RecordSubject(context, object, before, before);
    this.#variables = new Map(
      [...compiled.flow.variables.values()].map(({ name, isCollection, initial }) => [
        name,
        isCollection ? [] : initial,
      ]),
    );
  }

  /** One value. @throws FlowFault when the reference stands for records, or its formula cannot be computed */
  value(operand: Operand): Value {
    if (operand.kind === 'constant') return operand.value;
    const found = this.read(operand.reference);
    if (isList(found)) throw new FlowFault('A collection was found where one value is needed.');
    return found;
  }

  /** The values of a variable collection, or one value as a list. */
  values(operand: Operand): readonly Value[] {
    const found = operand.kind === 'constant' ? operand.value : this.read(operand.reference);
    if (isList(found)) return found;
    return found === null ? [] : [found];
  }

  /** What a reference stands for; of a Get Records element itself the id found, or all ids. */
  read(reference: Reference): Value | readonly Value[] {
    switch (reference.kind) {
      case 'record':
        return this.#record.get(reference.path);
      case 'prior':
        return this.#prior?.get(reference.path) ?? null;
      case 'global':
        return this.#global(reference.name);
      case 'variable':
        return this.#variables.get(reference.name) ?? null;
      case 'formula':
        return this.#formula(reference.name);
      case 'lookup':
        return reference.path === null
          ? this.#records(reference.name)
          : this.#lookupField(reference.name, reference.path);
    }
  }

  assign(variable: string, value: Value): void {
    this.#variables.set(variable, value);
  }

  append(variable: string, values: readonly Value[]): void {
    const known = this.#variables.get(variable);
    this.#variables.set(variable, [...(Array.isArray(known) ? known : []), ...values]);
  }

  keep(lookup: string, ids: readonly string[]): void {
    this.#found.set(lookup, ids);
  }

  /** Whether the entry condition lets this save in. @throws FlowFault when it cannot be computed */
  isEntered(): boolean {
    const { entry } = this.compiled;
    return entry === null || this.#computed(() => entry.evaluate(this, this.context.viewer)) === true;
  }

  // Subject of the flow's formulas: paths begin with a name that `compile-flow.ts` gave.
  get(path: string): Value {
    const [root = '', ...rest] = path.split('.');
    if (root === RECORD) return this.#record.get(rest.join('.'));
    if (root === PRIOR) return this.#prior?.get(rest.join('.')) ?? null;
    if (root === `${GLOBAL}InterviewGuid`) return this.guid;
    if (root === `${GLOBAL}FaultMessage`) return this.faultMessage;
    if (rest.length > 0) return this.#lookupField(root.slice(0, -LOOKUP_SUFFIX.length), rest.join('.'));
    const value = this.#variables.get(root) ?? null;
    return Array.isArray(value) ? null : value;
  }

  prior(path: string): Value {
    return path.startsWith(`${RECORD}.`) ? this.#record.prior(path.slice(RECORD.length + 1)) : this.get(path);
  }

  #global(name: (Reference & { kind: 'global' })['name']): Value {
    const { now, timeZone } = this.context.viewer;
    switch (name) {
      case 'CurrentDateTime':
        return now.toISOString();
      case 'CurrentDate':
        return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
      case 'InterviewGuid':
        return this.guid;
      case 'FaultMessage':
        return this.faultMessage;
    }
  }

  #formula(name: string): Value {
    return this.#computed(() => this.compiled.formulas.get(name)!.evaluate(this, this.context.viewer));
  }

  #computed(evaluate: () => Value): Value {
    try {
      return evaluate();
    } catch (error) {
      if (error instanceof FormulaEvaluationError) throw new FlowFault(error.message);
      throw error;
    }
  }

  #records(lookup: string): Value | readonly Value[] {
    const ids = this.#found.get(lookup) ?? [];
    const element = this.compiled.flow.elements.get(lookup);
    return element?.kind === 'lookup' && element.isFirstOnly ? (ids[0] ?? null) : ids;
  }

  #lookupField(lookup: string, path: string): Value {
    const element = this.compiled.flow.elements.get(lookup);
    const id = this.#found.get(lookup)?.[0];
    if (element?.kind !== 'lookup' || id === undefined) return null;
    return readField(this.context, element.object, id, path);
  }
}

/** A field of a stored record, formulas and parents included; null when the record is gone. */
export function readField(context: SaveContext, objectName: string, id: string, path: string): Value {
  const object = context.model.objects.get(objectName)!;
  const row = context.store.get(`SELECT * FROM ${quoted(objectName)} WHERE "Id" = ?`, id);
  return row === undefined ? null : new RecordSubject(context, object, row, row).get(path);
}

/** `Array.isArray` does not narrow read-only lists. */
export const isList = (found: Value | readonly Value[]): found is readonly Value[] => Array.isArray(found);
