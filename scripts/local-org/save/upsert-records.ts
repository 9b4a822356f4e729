import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { parseFieldValue } from './field-value.ts';
import { findByKey } from './read-values.ts';
import type { SaveContext } from './save-context.ts';
import { saveError, type SaveResult } from './save-error.ts';
import { refused, saveRecords, type SaveInput } from './save-records.ts';

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
  const plans = inputs.map((input) =>
    planOne(context, object, field, input, shared, options.updateOnly === true),
  );
  return saveRecords(context, plans, options);
}

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
): SaveInput {
  const isById = field.kind === 'Id';
  if (key === null || key === undefined || key === '') {
    if (isById) return { operation: 'insert', object, body };
    return refused(saveError('MISSING_ARGUMENT', `${field.name} not specified`));
  }
  if (shared.has(foldKey(field, key)))
    return refused(
      saveError('DUPLICATE_VALUE', `Duplicate external id specified: ${String(key)}`, [field.name]),
    );
  const parsed = parseFieldValue(field, key);
  if (parsed.error !== undefined) return refused(parsed.error);
  const ids = isById ? [String(parsed.value)] : findByKey(context, object, field, parsed.value);
  if (ids.length > 1)
    return refused(
      saveError(
        'DUPLICATE_EXTERNAL_ID',
        `${field.name}: more than one record found for external id field: [${ids.join(', ')}]`,
        [],
        300,
      ),
    );
  if (ids.length === 1) return { operation: 'update', object, id: ids[0]!, body };
  if (updateOnly) return refused(saveError('NOT_FOUND', 'The requested resource does not exist', [], 404));
  return { operation: 'insert', object, body: { ...body, [field.name]: key } };
}
