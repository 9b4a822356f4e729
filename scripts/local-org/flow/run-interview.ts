import type { SaveError } from '../save/save-error.ts';
import { saveError } from '../save/save-error.ts';
import { parseFieldValue } from '../save/field-value.ts';
import { holds } from './conditions.ts';
import { findRecords } from './find-records.ts';
import { FlowFault } from './flow-error.ts';
import type { Assignment, CreateElement, FlowElement, LookupElement, UpdateElement } from './flow-model.ts';
import { readField, type Interview } from './interview.ts';
import { sendNotification } from './send-notification.ts';

/** How a flow saves other records; before the save it has none. */
export interface RecordWrites {
  create(interview: Interview, element: CreateElement): void;
  update(interview: Interview, element: UpdateElement): void;
}

/** Connectors may form a circle: this keeps one from holding the org for ever. */
const MAX_ELEMENTS = 2_000;

/**
 * Runs an interview from its first element to the end of its path. Returns the errors of a Custom Error element.
 * @throws FlowFault when an element without a fault path fails
 */
export function runInterview(interview: Interview, writes: RecordWrites): readonly SaveError[] {
  const { flow } = interview.compiled;
  let name = flow.first;
  for (let count = 0; name !== null; count += 1) {
    if (count >= MAX_ELEMENTS) throw new FlowFault('Number of iterations exceeded.');
    const element: FlowElement = flow.elements.get(name)!;
    if (element.kind === 'customError')
      return element.messages.map(({ text, field }) =>
        saveError('FIELD_CUSTOM_VALIDATION_EXCEPTION', text, field === null ? [] : [field]),
      );
    name = runElement(interview, element, writes);
  }
  return [];
}

/** Runs one element and names the next. */
function runElement(
  interview: Interview,
  element: Exclude<FlowElement, { kind: 'customError' }>,
  writes: RecordWrites,
): string | null {
  switch (element.kind) {
    case 'assignment':
      for (const item of element.items) assign(interview, item);
      return element.next;
    case 'decision':
      return (
        element.outcomes.find(({ logic, conditions }) => holds(interview, logic, conditions)) ?? element
      ).next;
    case 'lookup':
      return orFault(interview, element, () => lookUp(interview, element));
    case 'create':
      return orFault(interview, element, () => writes.create(interview, element));
    case 'update':
      return orFault(interview, element, () => writes.update(interview, element));
    case 'notification':
      return orFault(interview, element, () => sendNotification(interview, element));
  }
}

function orFault(
  interview: Interview,
  element: { readonly next: string | null; readonly onFault: string | null },
  work: () => void,
): string | null {
  try {
    work();
    return element.next;
  } catch (error) {
    if (!(error instanceof FlowFault) || element.onFault === null) throw error;
    interview.faultMessage = error.message;
    return element.onFault;
  }
}

function assign(interview: Interview, { to, operator, value }: Assignment): void {
  if (to.kind === 'record') return assignToRecord(interview, to.field, interview.value(value));
  if (operator === 'Add') return interview.append(to.name, interview.values(value));
  const result = operator === 'AssignCount' ? interview.values(value).length : interview.value(value);
  interview.assign(to.name, result);
}

function assignToRecord(interview: Interview, name: string, value: unknown): void {
  const { object, now } = interview.trigger;
  const field = object.fields.get(name)!;
  const parsed = parseFieldValue(field, field.kind === 'Checkbox' ? value === true : value);
  if (parsed.error !== undefined) throw new FlowFault(parsed.error.message);
  now[name] = parsed.value;
}

function lookUp(interview: Interview, element: LookupElement): void {
  const ids = findRecords(interview, element.object, element.filters);
  if (element.outputs === null)
    return interview.keep(element.name, element.isFirstOnly ? ids.slice(0, 1) : ids);
  const [id] = ids;
  if (id === undefined && !element.clearsOutputs) return;
  for (const { variable, field } of element.outputs)
    interview.assign(
      variable,
      id === undefined ? null : readField(interview.context, element.object, id, field),
    );
}
