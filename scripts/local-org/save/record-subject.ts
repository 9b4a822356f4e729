import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { FormulaEvaluationError } from '../formula/formula-error.ts';
import type { Subject, Value } from '../formula/formula.ts';
import { findField, findParentReference, objectOfId } from '../model-index.ts';
import { quoted, type Row, type SqlValue } from '../store/store.ts';
import { OrgFormulas } from './org-formulas.ts';
import type { SaveContext } from './save-context.ts';

/** A record as formulas see it: its values now, those before the save, and its parents' from the store. */
export class RecordSubject implements Subject {
  readonly isNew: boolean;
  readonly #context: SaveContext;
  readonly #object: ObjectModel;
  readonly #now: Row;
  readonly #before: Row | null;

  /** `before` is null for a new record. */
  constructor(context: SaveContext, object: ObjectModel, now: Row, before: Row | null) {
    this.#context = context;
    this.#object = object;
    this.#now = now;
    this.#before = before;
    this.isNew = before === null;
  }

  get(path: string): Value {
    return this.#read(this.#now, path);
  }

  /** On insert the current value, as PRIORVALUE gives it. */
  prior(path: string): Value {
    return this.#read(this.#before ?? this.#now, path);
  }

  #read(row: Row, path: string): Value {
    const dot = path.indexOf('.');
    if (dot >= 0) return this.#readParent(row, path.slice(0, dot), path.slice(dot + 1));
    const field = findField(this.#object, path);
    if (field === undefined) throw new TypeError(`No field ${path} on ${this.#object.name}`);
    if (field.formula === null) return toValue(field, row[field.name] ?? null);
    const subject = row === this.#now ? this : new RecordSubject(this.#context, this.#object, row, row);
    return valueOrBlank(() =>
      OrgFormulas.of(this.#context.model).field(this.#object, field).evaluate(subject, this.#context.viewer),
    );
  }

  #readParent(row: Row, parentName: string, rest: string): Value {
    const reference = findParentReference(this.#object, parentName);
    if (reference === undefined) throw new TypeError(`No relationship ${parentName} on ${this.#object.name}`);
    const id = row[reference.name] ?? null;
    const { store, model } = this.#context;
    const parent = typeof id === 'string' ? objectOfId(model, id) : undefined;
    const found =
      parent === undefined ? undefined : store.get(`SELECT * FROM ${quoted(parent.name)} WHERE "Id" = ?`, id);
    // Without a parent everything is blank, and a checkbox is false.
    if (parent === undefined || found === undefined) return this.#blankOf(reference, rest);
    return new RecordSubject(this.#context, parent, found, found).get(rest);
  }

  #blankOf(reference: FieldModel, rest: string): Value {
    const parent = this.#context.model.objects.get(reference.reference?.to[0] ?? '');
    const field = parent === undefined ? undefined : findField(parent, rest);
    return field?.kind === 'Checkbox' ? false : null;
  }
}

/** A formula field that shows `#Error!` (division by zero …) is blank to everybody who reads it through the API. */
function valueOrBlank(evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof FormulaEvaluationError) return null;
    throw error;
  }
}

function toValue(field: FieldModel, stored: SqlValue): Value {
  return field.kind === 'Checkbox' ? stored === 1 : stored;
}
