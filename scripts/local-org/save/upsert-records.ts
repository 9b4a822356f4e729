import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { parseFieldValue } from './field-value.ts';
import { findByKey } from './read-values.ts';
import type { SaveContext } from './save-context.ts';
import { failed, saveError, type SaveError, type SaveResult } from './save-error.ts';
import { saveRecords, type SaveInput } from './save-records.ts';

export interface UpsertInput {
  /** The key's value; null makes a new record. */
  readonly key: unknown;
  readonly body: Readonly<Record<string, unknown>>;
}

interface UpsertOptions {
  readonly allOrNone: boolean;
  /** Refuses to make new records. */
  readonly updateOnly?: boolean;
}

/**
 * Updates the record whose `field` equals the key, or makes one. Rows of one call that share a key are all
 * refused. The body does not carry the key.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm
 */
export function upsertRecords(
  context: SaveContext,
  object: ObjectModel,
  field: FieldModel,
  inputs: readonly UpsertInput[],
  options: UpsertOptions,
): SaveResult[] {
  const shared = sharedKeys(field, inputs);
  const plans = inputs.map((input) => planOne(context, object, field, input, shared, options.updateOnly === true));
  const saves = plans.filter((plan): plan is SaveInput => 'operation' in plan);
  const isBroken = saves.length < plans.length;
  if (isBroken && options.allOrNone) return plans.map((plan) => ('operation' in plan ? rolledBack() : failed([plan])));
  const saved = saveRecords(context, saves, { allOrNone: options.allOrNone });
  let next = 0;
  return plans.map((plan) => ('operation' in plan ? saved[next++]! : failed([plan])));
}

const rolledBack = (): SaveResult =>
  failed([
    saveError(
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'Record rolled back because not all records were valid and the request was using AllOrNone header',
    ),
  ]);

const foldKey = (field: FieldModel, key: unknown): string =>
  field.isCaseSensitive ? String(key) : String(key).toLowerCase();

function sharedKeys(field: FieldModel, inputs: readonly UpsertInput[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { key } of inputs) {
    if (key === null || key === undefined) continue;
    const folded = foldKey(field, key);
    (seen.has(folded) ? shared : seen).add(folded);
  }
  return shared;
}

function planOne(
  context: SaveContext,
  object: ObjectModel,
  field: FieldModel,
  { key, body }: UpsertInput,
  shared: ReadonlySet<string>,
  updateOnly: boolean,
): SaveInput | SaveError {
  const isById = field.kind === 'Id';
  if (key === null || key === undefined || key === '') {
    if (isById) return { operation: 'insert', object, body };
    return saveError('MISSING_ARGUMENT', `${field.name} not specified`);
  }
  if (shared.has(foldKey(field, key))) return saveError('DUPLICATE_VALUE', `Duplicate external id specified: ${String(key)}`);
  const parsed = parseFieldValue(field, key);
  if (parsed.error !== undefined) return parsed.error;
  const ids = isById ? [String(parsed.value)] : findByKey(context, object, field, parsed.value);
  if (ids.length > 1) return saveError('DUPLICATE_EXTERNAL_ID', `${field.name}: more than one record found for external id field: [${ids.join(', ')}]`, [], 300);
  if (ids.length === 1) return { operation: 'update', object, id: ids[0]!, body };
  if (updateOnly) return saveError('NOT_FOUND', 'The requested resource does not exist', [], 404);
  return { operation: 'insert', object, body: { ...body, [field.name]: key } };
}
