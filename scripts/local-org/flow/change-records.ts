import type { Value } from '../formula/formula.ts';
import { saveRecords, type SaveInput } from '../save/save-records.ts';
import { findRecords } from './find-records.ts';
import { FlowFault } from './flow-error.ts';
import type { CreateElement, FieldValue, UpdateElement } from './flow-model.ts';
import type { Interview } from './interview.ts';

/** Makes the record. @throws FlowFault with the reason when it is refused */
export function createRecord(interview: Interview, element: CreateElement): void {
  const object = interview.context.model.objects.get(element.object)!;
  save(
    interview,
    [{ operation: 'insert', object, body: bodyOf(interview, element.values) }],
    'create records',
  );
}

/** Changes every record that passes the filters. @throws FlowFault when one of them is refused */
export function updateRecords(interview: Interview, element: UpdateElement): void {
  const object = interview.context.model.objects.get(element.object)!;
  const body = bodyOf(interview, element.values);
  const ids = findRecords(interview, element.object, element.filters);
  const inputs = ids.map((id): SaveInput => ({ operation: 'update', object, id, body }));
  save(interview, inputs, 'update records');
}

const bodyOf = (interview: Interview, values: readonly FieldValue[]): Record<string, Value> =>
  Object.fromEntries(values.map(({ field, value }) => [field, interview.value(value)]));

function save(interview: Interview, inputs: readonly SaveInput[], what: string): void {
  const results = saveRecords(interview.context, inputs, { allOrNone: true });
  const reasons = results.flatMap(({ errors }) => errors);
  const reason =
    reasons.find(({ statusCode }) => statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK') ?? reasons[0];
  if (reason === undefined) return;
  throw new FlowFault(
    `This error occurred when the flow tried to ${what}: ${reason.statusCode}: ${reason.message}. You can look up ExceptionCode values in the SOAP API Developer Guide.`,
  );
}
