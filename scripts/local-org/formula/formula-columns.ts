// Formula fields inside SQL: each is a function of the stored columns it reads, so that reading, filtering and
// ordering go through the one evaluator, and a query of any size takes no further statement.
import type { DatabaseSync } from 'node:sqlite';
import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { compileFormulaField } from './compile-formula.ts';
import { FormulaEvaluationError } from './formula-error.ts';
import type { CompiledFormula, Value, Viewer } from './formula.ts';

/** A function of the database and the stored fields to call it with, in order. */
export interface FormulaColumn {
  readonly functionName: string;
  /** Paths from the formula's object: `Amount__c`, `Pilot__r.Status__c`. */
  readonly paths: readonly string[];
}

interface Registry {
  viewer: Viewer | null;
  readonly models: Map<string, OrgModel>;
}

const registries = new WeakMap<DatabaseSync, Registry>();
const compiled = new WeakMap<OrgModel, Map<string, CompiledFormula>>();

/** The compiled formula of a field, compiled once per model. @throws FormulaError */
function fieldFormula(model: OrgModel, object: ObjectModel, field: FieldModel): CompiledFormula {
  const known = compiled.get(model) ?? new Map<string, CompiledFormula>();
  compiled.set(model, known);
  const key = `${object.name}.${field.name}`;
  const formula = known.get(key) ?? compileFormulaField(field, object, model);
  known.set(key, formula);
  return formula;
}

/** Makes a formula field callable in SQL of this database; repeated calls cost a look-up. */
export function formulaColumn(
  database: DatabaseSync,
  model: OrgModel,
  object: ObjectModel,
  field: FieldModel,
): FormulaColumn {
  const formula = fieldFormula(model, object, field);
  const functionName = `${object.name}.${field.name}`;
  const registry = registryOf(database);
  if (registry.models.get(functionName) !== model) {
    const call = (...values: Value[]) => evaluate(formula, values, registry);
    database.function(
      functionName,
      { varargs: true, deterministic: !formula.isVolatile },
      call as () => SqlResult,
    );
    registry.models.set(functionName, model);
  }
  return { functionName, paths: formula.paths };
}

/** Runs statements with formula columns as this viewer sees them. Not for work that waits. */
export function asViewer<T>(database: DatabaseSync, viewer: Viewer, work: () => T): T {
  const registry = registryOf(database);
  const previous = registry.viewer;
  registry.viewer = viewer;
  try {
    return work();
  } finally {
    registry.viewer = previous;
  }
}

type SqlResult = string | number | null;

function registryOf(database: DatabaseSync): Registry {
  const registry = registries.get(database) ?? { viewer: null, models: new Map() };
  registries.set(database, registry);
  return registry;
}

// A formula in error reads as blank, a checkbox as false (the page shows #Error!, the API nothing).
function evaluate(formula: CompiledFormula, values: readonly Value[], { viewer }: Registry): SqlResult {
  if (!viewer) throw new TypeError('A formula column was read outside asViewer()');
  const get = (path: string) => values[formula.paths.indexOf(path)] ?? null;
  try {
    const value = formula.evaluate({ get, prior: get, isNew: false }, viewer);
    return typeof value === 'boolean' ? Number(value) : value;
  } catch (error) {
    if (!(error instanceof FormulaEvaluationError)) throw error;
    return formula.kind === 'Checkbox' ? 0 : null;
  }
}
