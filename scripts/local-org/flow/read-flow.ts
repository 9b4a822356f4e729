import type { OrgModel } from '../../metadata/model.ts';
import { child, childrenOf, numberOf, textOf, type XmlNode } from '../../metadata/xml.ts';
import { findObject } from '../model-index.ts';
import { compileFlow, type CompiledFlow } from './compile-flow.ts';
import { FlowError, notInterpreted } from './flow-error.ts';
import type { FlowDataType, FlowFormula, FlowModel, FlowVariable } from './flow-model.ts';
import { ELEMENT_READERS, lookupShape } from './read-element.ts';
import { readConnector, requireKnown, requireOneOf, requireText } from './strict-node.ts';
import type { FlowNames } from './read-value.ts';

/** How the flow is shown, edited and measured; nothing of it is run. */
const ABOUT = [
  'apiVersion',
  'areMetricsLoggedToDataCloud',
  'environments',
  'interviewLabel',
  'processMetadataValues',
  'status',
  'triggerOrder',
];
const DATA_TYPES: readonly FlowDataType[] = ['String', 'Number', 'Currency', 'Boolean', 'Date', 'DateTime'];
/** Between those ordered up to 1,000 and the rest; common knowledge, our own flows all have an order. */
const UNORDERED = 1_000.5;

/** Only active flows run. */
export const isActiveFlow = (node: XmlNode): boolean => textOf(node, 'status') === 'Active';

/** Reads a record-triggered flow and compiles its formulas. @throws FlowError at whatever this org could not run */
export function readFlow(name: string, node: XmlNode, model: OrgModel): CompiledFlow {
  requireKnown(node, [
    ...ABOUT,
    ...Object.keys(ELEMENT_READERS),
    'formulas',
    'processType',
    'start',
    'variables',
  ]);
  requireOneOf(node, 'processType', ['AutoLaunchedFlow'] as const);
  const begin = readStart(node, model);
  const own = {
    model,
    object: begin.object,
    moment: begin.moment,
    variables: new Map(
      childrenOf(node, 'variables').map((each) => [requireText(each, 'name'), readVariable(each)]),
    ),
    formulas: new Map(
      childrenOf(node, 'formulas').map((each) => [requireText(each, 'name'), readFormula(each)]),
    ),
  };
  const lookups = childrenOf(node, 'recordLookups').map(
    (each) => [requireText(each, 'name'), lookupShape(each, own)] as const,
  );
  const names: FlowNames = { ...own, lookups: new Map(lookups) };
  const elements = node.children.flatMap((each) => {
    const read = ELEMENT_READERS[each.name];
    return read === undefined ? [] : [read(each, names)];
  });
  const flow: FlowModel = {
    name,
    label: textOf(node, 'label') ?? name,
    triggerOrder: numberOf(node, 'triggerOrder') ?? UNORDERED,
    ...begin,
    object: begin.object.name,
    elements: new Map(elements.map((element) => [element.name, element])),
    variables: own.variables,
    formulas: own.formulas,
  };
  return compileFlow(flow, names);
}

function readStart(node: XmlNode, model: OrgModel) {
  const start = child(node, 'start');
  if (start === undefined) throw new FlowError('Required field is missing: start', node);
  requireKnown(start, [
    'connector',
    'filterFormula',
    'object',
    'recordTriggerType',
    'scheduledPaths',
    'triggerType',
  ]);
  const trigger = requireOneOf(start, 'triggerType', ['RecordBeforeSave', 'RecordAfterSave'] as const);
  const saves = requireOneOf(start, 'recordTriggerType', ['Create', 'Update', 'CreateAndUpdate'] as const);
  const object = findObject(model, requireText(start, 'object'));
  if (object === undefined) throw new FlowError('The object of the flow does not exist.', start);
  const filter = child(start, 'filterFormula');
  return {
    object,
    moment: trigger === 'RecordBeforeSave' ? ('beforeSave' as const) : ('asyncAfterCommit' as const),
    onCreate: saves !== 'Update',
    onUpdate: saves !== 'Create',
    entry:
      filter === undefined
        ? null
        : { expression: filter.text.trim(), line: filter.line, column: filter.column },
    first: trigger === 'RecordBeforeSave' ? beforeSavePath(start) : asyncPath(start),
  };
}

function beforeSavePath(start: XmlNode): string | null {
  const path = child(start, 'scheduledPaths');
  if (path !== undefined) throw new FlowError('A before-save flow has no scheduled paths.', path);
  return readConnector(start);
}

function asyncPath(start: XmlNode): string | null {
  const immediate = child(start, 'connector');
  if (immediate !== undefined) throw notInterpreted('the immediate path of an after-save flow', immediate);
  const [path, second] = childrenOf(start, 'scheduledPaths');
  if (path === undefined) return null;
  if (second !== undefined) throw notInterpreted('a second scheduled path', second);
  requireKnown(path, ['connector', 'pathType']);
  requireOneOf(path, 'pathType', ['AsyncAfterCommit'] as const);
  return readConnector(path);
}

function readVariable(node: XmlNode): FlowVariable {
  requireKnown(node, ['dataType', 'isCollection', 'isInput', 'isOutput', 'scale', 'value']);
  const value = child(node, 'value')?.children[0];
  const dataType = requireOneOf(node, 'dataType', DATA_TYPES);
  const text = value?.text.trim();
  if (value !== undefined && !['numberValue', 'stringValue', 'booleanValue'].includes(value.name))
    throw notInterpreted(`<${value.name}> as a first value`, value);
  return {
    name: requireText(node, 'name'),
    dataType,
    isCollection: textOf(node, 'isCollection') === 'true',
    scale: numberOf(node, 'scale') ?? 0,
    initial: text === undefined || text === '' ? null : initialValue(value!.name, text),
  };
}

const initialValue = (element: string, text: string) =>
  element === 'numberValue' ? Number(text) : element === 'booleanValue' ? text === 'true' : text;

function readFormula(node: XmlNode): FlowFormula {
  requireKnown(node, ['dataType', 'expression', 'scale']);
  const expression = child(node, 'expression') ?? node;
  return {
    name: requireText(node, 'name'),
    dataType: requireOneOf(node, 'dataType', DATA_TYPES),
    scale: numberOf(node, 'scale') ?? 0,
    expression: requireText(node, 'expression'),
    line: expression.line,
    column: expression.column,
  };
}
