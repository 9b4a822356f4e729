import type { ObjectModel, OrgModel } from '../../metadata/model.ts';
import { childrenOf, textOf, type XmlNode } from '../../metadata/xml.ts';
import type { Value } from '../formula/formula.ts';
import { findField, findObject, findParentReference } from '../model-index.ts';
import { FlowError, notInterpreted } from './flow-error.ts';
import {
  COMPARISONS,
  FLOW_GLOBALS,
  type Comparison,
  type Filter,
  type FieldValue,
  type FlowFormula,
  type FlowVariable,
  type Operand,
  type Reference,
} from './flow-model.ts';
import { requireKnown, requireOneOf, requireText } from './strict-node.ts';

/** A Get Records element as far as references need it. */
export interface LookupShape {
  readonly object: ObjectModel;
  readonly isFirstOnly: boolean;
  readonly keepsRecord: boolean;
  /** Fields that are queried; null when the platform chooses those that are used. */
  readonly queried: readonly string[] | null;
}

/** Every name that a flow declares, and the record that it runs on. */
export interface FlowNames {
  readonly model: OrgModel;
  readonly object: ObjectModel;
  readonly moment: 'beforeSave' | 'asyncAfterCommit';
  readonly variables: ReadonlyMap<string, FlowVariable>;
  readonly formulas: ReadonlyMap<string, FlowFormula>;
  readonly lookups: ReadonlyMap<string, LookupShape>;
}

/** @throws FlowError when nothing answers to the name */
export function readReference(
  text: string,
  names: FlowNames,
  at: Pick<XmlNode, 'line' | 'column'>,
): Reference {
  const [root = '', ...rest] = text.split('.');
  const path = rest.join('.');
  if (root === '$Record' || root === '$Record__Prior') {
    const kind = root === '$Record' ? 'record' : 'prior';
    return { kind, path: fieldPath(path, names.object, names.model, text, at) };
  }
  if (root === '$Flow') {
    const name = FLOW_GLOBALS.find((known) => known === path);
    if (name === undefined) throw notInterpreted(text, at);
    return { kind: 'global', name };
  }
  if (root.startsWith('$')) throw notInterpreted(text, at);
  const lookup = names.lookups.get(root);
  if (lookup !== undefined) return lookupReference(root, path, lookup, names, text, at);
  if (path === '' && names.variables.has(root)) return { kind: 'variable', name: root };
  if (path === '' && names.formulas.has(root)) return { kind: 'formula', name: root };
  throw new FlowError(`The reference ${text} does not exist in this flow.`, at);
}

function lookupReference(
  name: string,
  path: string,
  lookup: LookupShape,
  names: FlowNames,
  text: string,
  at: Pick<XmlNode, 'line' | 'column'>,
): Reference {
  if (!lookup.keepsRecord) throw new FlowError(`The element ${name} keeps no record to refer to.`, at);
  if (path === '') return { kind: 'lookup', name, path: null };
  if (!lookup.isFirstOnly) throw new FlowError(`${name} is a collection and has no field ${path}.`, at);
  const field = fieldPath(path, lookup.object, names.model, text, at);
  if (lookup.queried !== null && !lookup.queried.some((each) => each.toLowerCase() === field.toLowerCase()))
    throw new FlowError(`The field ${field} is not among the queried fields of ${name}.`, at);
  return { kind: 'lookup', name, path: field };
}

/** A path in canonical case. */
function fieldPath(
  path: string,
  start: ObjectModel,
  model: OrgModel,
  text: string,
  at: Pick<XmlNode, 'line' | 'column'>,
): string {
  const steps = path.split('.');
  const missing = new FlowError(`The reference ${text} does not exist. Check spelling.`, at);
  let object = start;
  const canonical: string[] = [];
  for (const step of steps.slice(0, -1)) {
    const reference = findParentReference(object, step)?.reference;
    const parent = findObject(model, reference?.to[0] ?? '');
    if (!reference || parent === undefined) throw missing;
    canonical.push(reference.parentName);
    object = parent;
  }
  const field = findField(object, steps.at(-1) ?? '');
  if (field === undefined) throw missing;
  return [...canonical, field.name].join('.');
}

const CONSTANTS: Readonly<Record<string, (text: string) => Value>> = {
  stringValue: (text) => (text === '' ? null : text),
  numberValue: Number,
  booleanValue: (text) => text === 'true',
  dateValue: (text) => text,
};

/** `<value>` and its like: one constant, or one reference. */
function readOperand(node: XmlNode, names: FlowNames): Operand {
  const [inner, second] = node.children;
  if (inner === undefined || second !== undefined)
    throw new FlowError(`<${node.name}> holds exactly one value.`, node);
  if (inner.name === 'elementReference')
    return { kind: 'reference', reference: readReference(inner.text.trim(), names, inner) };
  const read = CONSTANTS[inner.name];
  if (read === undefined) throw notInterpreted(`<${inner.name}>`, inner);
  const text = inner.text.trim();
  if (/\{!/.test(text)) throw notInterpreted(`a merge field in <${inner.name}>`, inner);
  const value = read(text);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new FlowError(`${text} is not a number.`, inner);
  return { kind: 'constant', value };
}

const requireOperand = (node: XmlNode, name: string, names: FlowNames): Operand => {
  const value = node.children.find((each) => each.name === name);
  if (value === undefined) throw new FlowError(`Required field is missing: ${name}`, node);
  return readOperand(value, names);
};

export const valueOf = (node: XmlNode, names: FlowNames): Operand => requireOperand(node, 'value', names);

const readComparison = (node: XmlNode): Comparison => requireOneOf(node, 'operator', COMPARISONS);

export function readCondition(node: XmlNode, names: FlowNames) {
  requireKnown(node, ['leftValueReference', 'operator', 'rightValue']);
  const left = readReference(requireText(node, 'leftValueReference'), names, node);
  return { left, operator: readComparison(node), right: requireOperand(node, 'rightValue', names) };
}

/** Filters of one object, all of which must hold. */
export function readFilters(node: XmlNode, object: ObjectModel, names: FlowNames): Filter[] {
  const logic = textOf(node, 'filterLogic') ?? 'and';
  if (logic !== 'and') throw notInterpreted(`the filter logic ${logic}`, node);
  return childrenOf(node, 'filters').map((filter) => {
    requireKnown(filter, ['field', 'operator', 'value']);
    return {
      field: requireField(filter, object),
      operator: readComparison(filter),
      value: valueOf(filter, names),
    };
  });
}

export function readFieldValues(node: XmlNode, object: ObjectModel, names: FlowNames): FieldValue[] {
  return childrenOf(node, 'inputAssignments').map((each) => {
    requireKnown(each, ['field', 'value']);
    return { field: requireField(each, object), value: valueOf(each, names) };
  });
}

/** The field that `<field>` names, in canonical case. */
export function requireField(node: XmlNode, object: ObjectModel): string {
  const name = requireText(node, 'field');
  const field = findField(object, name);
  if (field === undefined)
    throw new FlowError(`Field ${object.name}.${name} does not exist. Check spelling.`, node);
  return field.name;
}
