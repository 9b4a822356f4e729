import type { ObjectModel } from '../../metadata/model.ts';
import { child, childrenOf, flagOf, textOf, type XmlNode } from '../../metadata/xml.ts';
import { findObject } from '../model-index.ts';
import { FlowError, notInterpreted } from './flow-error.ts';
import type { Assignment, FlowElement, Target } from './flow-model.ts';
import { readConnector, requireKnown, requireOneOf, requireText } from './strict-node.ts';
import {
  readCondition,
  readFieldValues,
  readFilters,
  readReference,
  requireField,
  valueOf,
  type FlowNames,
  type LookupShape,
} from './read-value.ts';

/** Elements that the interpreter runs, by the name of their XML element. */
export const ELEMENT_READERS: Readonly<Record<string, (node: XmlNode, names: FlowNames) => FlowElement>> = {
  assignments: readAssignment,
  decisions: readDecision,
  recordLookups: readLookup,
  recordCreates: readCreate,
  recordUpdates: readUpdate,
  actionCalls: readAction,
  customErrors: readCustomError,
};

const fallible = (node: XmlNode) => ({
  name: requireText(node, 'name'),
  next: readConnector(node),
  onFault: readConnector(node, 'faultConnector'),
});

function readAssignment(node: XmlNode, names: FlowNames): FlowElement {
  requireKnown(node, ['assignmentItems', 'connector']);
  const items = childrenOf(node, 'assignmentItems').map((item) => readAssignmentItem(item, names));
  return { kind: 'assignment', name: requireText(node, 'name'), next: readConnector(node), items };
}

function readAssignmentItem(item: XmlNode, names: FlowNames): Assignment {
  requireKnown(item, ['assignToReference', 'operator', 'value']);
  const to = readTarget(requireText(item, 'assignToReference'), names, item);
  const operator = requireOneOf(item, 'operator', ['Assign', 'Add', 'AssignCount'] as const);
  const value = valueOf(item, names);
  const isCollection = to.kind === 'variable' && names.variables.get(to.name)?.isCollection === true;
  if (operator === 'Add' && !isCollection)
    throw notInterpreted('Add to something that is no collection', item);
  if (operator !== 'Add' && isCollection) throw notInterpreted(`${operator} of a whole collection`, item);
  const counted = value.kind === 'reference' ? value.reference : null;
  if (operator === 'AssignCount' && (counted === null || !isCountable(counted, names)))
    throw new FlowError('Only a collection can be counted.', item);
  return { to, operator, value };
}

function isCountable(
  reference: { kind: string; name?: string; path?: string | null },
  names: FlowNames,
): boolean {
  if (reference.name === undefined) return false;
  if (reference.kind === 'lookup')
    return reference.path === null && names.lookups.get(reference.name)?.isFirstOnly === false;
  return reference.kind === 'variable' && names.variables.get(reference.name)?.isCollection === true;
}

function readTarget(text: string, names: FlowNames, at: XmlNode): Target {
  const reference = readReference(text, names, at);
  if (reference.kind === 'variable') return { kind: 'variable', name: reference.name };
  if (reference.kind !== 'record' || reference.path.includes('.'))
    throw new FlowError(`${text} cannot be assigned to.`, at);
  // Without an Update Records element an assignment after the save would be lost; we use none.
  if (names.moment !== 'beforeSave') throw notInterpreted('an assignment to $Record after the save', at);
  return { kind: 'record', field: reference.path };
}

function readDecision(node: XmlNode, names: FlowNames): FlowElement {
  requireKnown(node, ['rules', 'defaultConnector', 'defaultConnectorLabel']);
  const outcomes = childrenOf(node, 'rules').map((rule) => {
    requireKnown(rule, ['conditionLogic', 'conditions', 'connector']);
    const logic = requireOneOf(rule, 'conditionLogic', ['and', 'or'] as const);
    const conditions = childrenOf(rule, 'conditions').map((each) => readCondition(each, names));
    if (conditions.length === 0) throw new FlowError('An outcome needs a condition.', rule);
    return { logic, conditions, next: readConnector(rule) };
  });
  const next = readConnector(node, 'defaultConnector');
  return { kind: 'decision', name: requireText(node, 'name'), next, outcomes };
}

function requireObject(node: XmlNode, names: FlowNames): ObjectModel {
  const name = requireText(node, 'object');
  const object = findObject(names.model, name);
  if (object === undefined)
    throw new FlowError(`The object ${name} does not exist, or the local org does not have it.`, node);
  return object;
}

/** What other elements may refer to in a Get Records element. */
export function lookupShape(node: XmlNode, names: Omit<FlowNames, 'lookups'>): LookupShape {
  const outputs = childrenOf(node, 'outputAssignments');
  const queried = childrenOf(node, 'queriedFields').map(({ text }) => text.trim());
  return {
    object: requireObject(node, { ...names, lookups: new Map() }),
    // Without the element a lookup into variables reads the first record.
    isFirstOnly: outputs.length > 0 || flagOf(node, 'getFirstRecordOnly'),
    keepsRecord: outputs.length === 0,
    queried: queried.length > 0 ? queried : null,
  };
}

function readLookup(node: XmlNode, names: FlowNames): FlowElement {
  requireKnown(node, [
    'assignNullValuesIfNoRecordsFound',
    'connector',
    'faultConnector',
    'filterLogic',
    'filters',
    'getFirstRecordOnly',
    'object',
    'outputAssignments',
    'queriedFields',
    'storeOutputAutomatically',
  ]);
  const object = requireObject(node, names);
  const outputs = childrenOf(node, 'outputAssignments').map((output) => {
    requireKnown(output, ['assignToReference', 'field']);
    const to = readTarget(requireText(output, 'assignToReference'), names, output);
    if (to.kind !== 'variable') throw notInterpreted('Get Records into $Record', output);
    return { variable: to.name, field: requireField(output, object) };
  });
  if (outputs.length === 0 && !flagOf(node, 'storeOutputAutomatically'))
    throw notInterpreted('a Get Records element that stores nothing', node);
  return {
    kind: 'lookup',
    ...fallible(node),
    object: object.name,
    filters: readFilters(node, object, names),
    isFirstOnly: outputs.length > 0 || flagOf(node, 'getFirstRecordOnly'),
    outputs: outputs.length > 0 ? outputs : null,
    clearsOutputs: flagOf(node, 'assignNullValuesIfNoRecordsFound'),
  };
}

function readCreate(node: XmlNode, names: FlowNames): FlowElement {
  requireKnown(node, [
    'connector',
    'faultConnector',
    'inputAssignments',
    'object',
    'storeOutputAutomatically',
  ]);
  const object = requireObject(node, names);
  const values = readFieldValues(node, object, names);
  return { kind: 'create', ...fallible(node), object: object.name, values };
}

function readUpdate(node: XmlNode, names: FlowNames): FlowElement {
  requireKnown(node, ['connector', 'faultConnector', 'filterLogic', 'filters', 'inputAssignments', 'object']);
  const object = requireObject(node, names);
  const filters = readFilters(node, object, names);
  if (filters.length === 0) throw notInterpreted('Update Records without a filter', node);
  const values = readFieldValues(node, object, names);
  return { kind: 'update', ...fallible(node), object: object.name, filters, values };
}

// https://developer.salesforce.com/docs/atlas.en-us.api_action.meta/api_action/actions_obj_custom_notification.htm
const NOTIFICATION_INPUTS = ['customNotifTypeId', 'recipientIds', 'title', 'body', 'targetId'];

function readAction(node: XmlNode, names: FlowNames): FlowElement {
  requireKnown(node, [
    'actionName',
    'actionType',
    'connector',
    'faultConnector',
    'flowTransactionModel',
    'inputParameters',
  ]);
  requireOneOf(node, 'actionType', ['customNotificationAction'] as const);
  requireOneOf(node, 'actionName', ['customNotificationAction'] as const);
  if ((textOf(node, 'flowTransactionModel') ?? 'CurrentTransaction') !== 'CurrentTransaction')
    throw notInterpreted('<flowTransactionModel>', child(node, 'flowTransactionModel') ?? node);
  const inputs = childrenOf(node, 'inputParameters').map((input) => {
    requireKnown(input, ['value']);
    const name = requireOneOf(input, 'name', NOTIFICATION_INPUTS);
    return [name, valueOf(input, names)] as const;
  });
  return { kind: 'notification', ...fallible(node), inputs: new Map(inputs) };
}

function readCustomError(node: XmlNode, names: FlowNames): FlowElement {
  requireKnown(node, ['customErrorMessages']);
  if (names.moment !== 'beforeSave')
    throw new FlowError('A custom error is not allowed after the save.', node);
  const messages = childrenOf(node, 'customErrorMessages').map((message) => {
    requireKnown(message, ['errorMessage', 'fieldSelection', 'isFieldError']);
    const text = requireText(message, 'errorMessage');
    if (/\{!/.test(text)) throw notInterpreted('a merge field in <errorMessage>', message);
    const field = textOf(message, 'fieldSelection');
    if (!flagOf(message, 'isFieldError')) return { text, field: null };
    if (field === null || !names.object.fields.has(field))
      throw new FlowError(`Field ${field ?? ''} does not exist. Check spelling.`, message);
    return { text, field };
  });
  if (messages.length === 0) throw new FlowError('Required field is missing: customErrorMessages', node);
  return { kind: 'customError', name: requireText(node, 'name'), messages };
}
