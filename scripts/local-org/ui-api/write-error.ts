import type { ObjectModel } from '../../metadata/model.ts';
import type { SaveError } from '../save/save-error.ts';

const MESSAGE = 'An error occurred while trying to update the record. Please try again.';

interface RecordExceptionError {
  readonly constituentField: null;
  readonly duplicateRecordError: null;
  readonly errorCode: string;
  readonly field: string | null;
  readonly fieldLabel: string | null;
  readonly message: string;
}

/**
 * The body of a refused UI API write, "Error with Output": errors of the record, and those of fields by field.
 * https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_responses_error_with_output.htm
 */
export function errorWithOutput(object: ObjectModel, errors: readonly SaveError[]) {
  const fieldErrors: Record<string, RecordExceptionError[]> = {};
  const recordErrors: RecordExceptionError[] = [];
  for (const { statusCode, message, fields } of errors) {
    for (const field of fields)
      (fieldErrors[field] ??= []).push(entry(statusCode, message, object.fields.get(field)));
    if (fields.length === 0) recordErrors.push(entry(statusCode, message, undefined));
  }
  return {
    message: MESSAGE,
    statusCode: errors[0]?.httpStatus ?? 400,
    enhancedErrorType: 'RecordError',
    output: { errors: recordErrors, fieldErrors },
  };
}

const entry = (
  errorCode: string,
  message: string,
  field: { readonly name: string; readonly label: string } | undefined,
): RecordExceptionError => ({
  constituentField: null,
  duplicateRecordError: null,
  errorCode,
  field: field?.name ?? null,
  fieldLabel: field?.label ?? null,
  message,
});
