import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import {
  checkbox,
  currency,
  date,
  dateTime,
  lookup,
  number,
  standardObject,
  text,
} from '../../metadata/standard/standard-field.ts';
import { compileFormula, compileFormulaField } from '../formula/compile-formula.ts';
import { FormulaError } from '../formula/formula-error.ts';
import type { CompiledFormula } from '../formula/formula.ts';
import { FlowError } from './flow-error.ts';
import type { FlowDataType, FlowModel, Reference } from './flow-model.ts';
import { readReference, type FlowNames } from './read-value.ts';

/** A flow whose formulas are ready to run. */
export interface CompiledFlow {
  readonly flow: FlowModel;
  readonly entry: CompiledFormula | null;
  readonly formulas: ReadonlyMap<string, CompiledFormula>;
}

/** First steps of the paths that compiled formulas ask an interview for; flow names never have two underscores. */
export const RECORD = 'Record__r';
export const PRIOR = 'Prior__r';
export const GLOBAL = 'Flow__';
export const LOOKUP_SUFFIX = '__r';

/**
 * Compiles a flow's formulas by the engine of formula fields: everything a formula can name is a field of one object
 * made for the flow: the record and its prior state are parents of it, resources are its fields.
 * @throws FlowError where a formula stands that the engine refuses
 */
export function compileFlow(flow: FlowModel, names: FlowNames): CompiledFlow {
  const scope = scopeObject(flow, names);
  const formulas = [...flow.formulas.values()].map((formula) => {
    const field = scope.fields.get(formula.name)!;
    return [formula.name, at(formula, () => compileFormulaField(field, scope, names.model))] as const;
  });
  const { entry } = flow;
  const context = {
    model: names.model,
    object: scope,
    allowsTransitions: true,
    blanks: 'BlankAsBlank',
  } as const;
  return {
    flow,
    entry: entry && at(entry, () => compileFormula(inScope(entry.expression, names, entry), context)),
    formulas: new Map(formulas),
  };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function at<T>(place: Place, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new FlowError(error.message, place);
  }
}

function scopeObject(flow: FlowModel, names: FlowNames): ObjectModel {
  const fields: FieldModel[] = [
    ...parents(RECORD, flow.object),
    ...parents(PRIOR, flow.object),
    text(`${GLOBAL}InterviewGuid`, 'Interview', 255),
    text(`${GLOBAL}FaultMessage`, 'Fault', 32_000),
  ];
  for (const [name, { object, isFirstOnly, keepsRecord }] of names.lookups)
    if (isFirstOnly && keepsRecord) fields.push(...parents(name + LOOKUP_SUFFIX, object.name));
  for (const { name, dataType, isCollection, scale } of flow.variables.values())
    if (!isCollection) fields.push(fieldOf(name, dataType, scale));
  for (const formula of flow.formulas.values()) {
    const source = inScope(formula.expression, names, formula);
    const field = fieldOf(formula.name, formula.dataType, formula.scale);
    fields.push({ ...field, formula: { source, blanks: 'BlankAsBlank' } });
  }
  return standardObject(flow.name, [flow.label, flow.label], '300', 'Private', fields);
}

const parents = (parentName: string, object: string): FieldModel[] => [
  lookup(`${parentName}Id`, parentName, [object], null),
];

const MAX_DIGITS = 18;

function fieldOf(name: string, dataType: FlowDataType, scale: number): FieldModel {
  switch (dataType) {
    case 'String':
      return text(name, name, 32_000);
    case 'Number':
      return number(name, name, MAX_DIGITS, scale);
    case 'Currency':
      return currency(name, name, { scale });
    case 'Boolean':
      return checkbox(name, name);
    case 'Date':
      return date(name, name);
    case 'DateTime':
      return dateTime(name, name);
  }
}

/** `{!$Record.Status__c}` → the path that the scope object gives it. */
function inScope(expression: string, names: FlowNames, place: Place): string {
  return expression.replace(/\{!([^}]*)\}/g, (_, name: string) => {
    const known = name.trim();
    // Answered by the formula engine itself, as in a validation rule.
    if (/^\$(Permission|CustomMetadata|Label|User)\./.test(known)) return known;
    return scopePath(readReference(known, names, place), known, place);
  });
}

function scopePath(reference: Reference, name: string, place: Place): string {
  switch (reference.kind) {
    case 'record':
      return `${RECORD}.${reference.path}`;
    case 'prior':
      return `${PRIOR}.${reference.path}`;
    case 'global':
      if (reference.name === 'CurrentDate') return 'TODAY()';
      return reference.name === 'CurrentDateTime' ? 'NOW()' : GLOBAL + reference.name;
    case 'lookup':
      if (reference.path === null)
        throw new FlowError(`${name} is a record and no value of a formula.`, place);
      return `${reference.name}${LOOKUP_SUFFIX}.${reference.path}`;
    default:
      return reference.name;
  }
}
