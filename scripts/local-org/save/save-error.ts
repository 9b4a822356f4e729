/** Why one record was refused; `httpStatus` serves requests about a single record. */
export interface SaveError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  readonly httpStatus: number;
}

export interface SaveResult {
  readonly id: string | null;
  readonly success: boolean;
  /** True when the save made a new record. */
  readonly created: boolean;
  readonly errors: readonly SaveError[];
}

export const saveError = (
  statusCode: string,
  message: string,
  fields: readonly string[] = [],
  httpStatus = 400,
): SaveError => ({ statusCode, message, fields, httpStatus });

export const failed = (errors: readonly SaveError[], id: string | null = null): SaveResult => ({
  id,
  success: false,
  created: false,
  errors,
});

const FORBIDDEN = 403;
const NOT_FOUND = 404;

// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
export const noAccessToRecord = (): SaveError =>
  saveError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', [], FORBIDDEN);

/** Recorded as 404 on DELETE (restforce-db cassettes). */
export const entityIsDeleted = (): SaveError =>
  saveError('ENTITY_IS_DELETED', 'entity is deleted', [], NOT_FOUND);

// https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm
export const entityIsLocked = (): SaveError =>
  saveError('ENTITY_IS_LOCKED', 'the entity is locked for editing');

export const unknownId = (): SaveError =>
  saveError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [], NOT_FOUND);
