import type { FieldModel, ObjectModel } from '../../metadata/model.ts';
import { masterFields } from '../model-index.ts';
import type { Row } from '../store/store.ts';
import { enqueueAsyncPaths } from '../flow/enqueue-async-paths.ts';
import { runBeforeSave } from '../flow/before-save.ts';
import { checkRules } from './check-record.ts';
import { deleteRecord } from './delete-record.ts';
import { insertRecord } from './insert-record.ts';
import { hasRollUps, rollUp, updateRow, type ResavedParent } from './roll-ups.ts';
import type { SaveContext } from './save-context.ts';
import { failed, saveError, type SaveError, type SaveResult } from './save-error.ts';
import { updateRecord } from './update-record.ts';
import type { WriteOutcome, Written } from './write-outcome.ts';

type Body = Readonly<Record<string, unknown>>;

/** `refused` stands for a row that could not even be read as a write: it fails in its place. */
export type SaveInput =
  | { readonly operation: 'insert'; readonly object: ObjectModel; readonly body: Body }
  | { readonly operation: 'update'; readonly object: ObjectModel; readonly id: string; readonly body: Body }
  | { readonly operation: 'delete'; readonly object: ObjectModel; readonly id: string }
  | { readonly operation: 'refused'; readonly errors: readonly SaveError[] };

export const refused = (...errors: readonly SaveError[]): SaveInput => ({ operation: 'refused', errors });

/**
 * Saves records in the order given, as one transaction: own checks and rules of each record, then the
 * roll-ups of their masters and the masters' rules. Results come in the same order. With `allOrNone` nothing
 * stays unless everything does; without it the good records stay.
 */
export function saveRecords(
  context: SaveContext,
  inputs: readonly SaveInput[],
  { allOrNone }: { allOrNone: boolean },
): SaveResult[] {
  let isWhole = true;
  return context.store.transaction(
    () => {
      const results = chunksOfOneObject(inputs).flatMap((chunk) => saveChunk(context, chunk));
      isWhole = results.every(({ success }) => success);
      return isWhole || !allOrNone ? results : results.map(rolledBack);
    },
    () => isWhole || !allOrNone,
  );
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections.htm */
function rolledBack(result: SaveResult): SaveResult {
  if (!result.success) return result;
  const message =
    'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return failed([saveError('ALL_OR_NONE_OPERATION_ROLLED_BACK', message)]);
}

/** https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_bulk_idioms.htm */
const CHUNK = 200;

const objectOf = (input: SaveInput): ObjectModel | null => ('object' in input ? input.object : null);

function chunksOfOneObject(inputs: readonly SaveInput[]): SaveInput[][] {
  const chunks: SaveInput[][] = [];
  for (const input of inputs) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length < CHUNK && objectOf(last[0]!) === objectOf(input)) last.push(input);
    else chunks.push([input]);
  }
  return chunks;
}

/** Records that make a master fail its own rules are taken out and the rest is saved again, as the platform does. */
function saveChunk(context: SaveContext, chunk: readonly SaveInput[]): SaveResult[] {
  const refused = new Map<SaveInput, readonly SaveError[]>();
  const chunkContext: SaveContext = { ...context, flowLookups: new Map() };
  for (;;) {
    const attempt = context.store.transaction(
      () => attemptChunk(chunkContext, chunk, refused),
      ({ refusedNow }) => refusedNow.size === 0,
    );
    if (attempt.refusedNow.size === 0) return attempt.results;
    for (const [input, errors] of attempt.refusedNow) refused.set(input, errors);
  }
}

interface Attempt {
  readonly results: SaveResult[];
  /** Records that cannot stay in the chunk: a master's rules refuse them, or a row is locked. */
  readonly refusedNow: ReadonlyMap<SaveInput, readonly SaveError[]>;
}

function attemptChunk(
  context: SaveContext,
  chunk: readonly SaveInput[],
  refused: ReadonlyMap<SaveInput, readonly SaveError[]>,
): Attempt {
  const masters = new TouchedMasters(context);
  const refusedNow = new Map<SaveInput, readonly SaveError[]>();
  const results = chunk.map((input) => {
    const known = refused.get(input);
    if (known !== undefined) return failed(known);
    const outcome = write(context, input);
    if ('errors' in outcome) return failed(outcome.errors, outcome.id ?? null);
    const locked = context.locks?.refusal(() => rowsToLock(outcome)) ?? null;
    if (locked !== null) refusedNow.set(input, [locked]);
    for (const { object, row } of outcome.touched) masters.add(input, object, row);
    return { id: outcome.id, success: true, created: input.operation === 'insert', errors: [] };
  });
  // Rows that are locked keep the chunk from going on: it is tried again without them.
  return { results, refusedNow: refusedNow.size > 0 ? refusedNow : resaveMasters(context, masters) };
}

function write(context: SaveContext, input: SaveInput): WriteOutcome {
  switch (input.operation) {
    case 'insert':
      return insertRecord(context, input.object, input.body);
    case 'update':
      return updateRecord(context, input.object, input.id, input.body);
    case 'delete':
      return deleteRecord(context, input.object, input.id);
    case 'refused':
      return { errors: input.errors };
  }
}

/** A save locks its record and the record's masters. */
function rowsToLock({ id, touched }: Written): string[] {
  const masters = touched.flatMap(({ object, row }) => masterFields(object).map(({ name }) => row[name]));
  return [id, ...masters.filter((master) => typeof master === 'string')];
}

/** Masters that have roll-ups over what was saved, by relationship, each with the inputs that touched it. */
class TouchedMasters {
  readonly #context: SaveContext;
  readonly byField = new Map<FieldModel, { object: ObjectModel; inputs: Map<string, Set<SaveInput>> }>();

  constructor(context: SaveContext) {
    this.#context = context;
  }

  add(input: SaveInput, object: ObjectModel, row: Row): void {
    for (const field of masterFields(object)) {
      const id = row[field.name];
      if (typeof id !== 'string' || !hasRollUps(this.#context, object, field)) continue;
      const entry = this.byField.get(field) ?? { object, inputs: new Map<string, Set<SaveInput>>() };
      this.byField.set(field, entry);
      entry.inputs.set(id, (entry.inputs.get(id) ?? new Set()).add(input));
    }
  }
}

function resaveMasters(context: SaveContext, masters: TouchedMasters): Map<SaveInput, readonly SaveError[]> {
  const refused = new Map<SaveInput, readonly SaveError[]>();
  for (const [field, { object, inputs }] of masters.byField)
    for (const [id, culprits] of inputs) {
      const errors = rollUp(context, object, field, [id]).flatMap((parent) => rulesOfParent(context, parent));
      if (errors.length > 0) for (const input of culprits) refused.set(input, errors);
    }
  return refused;
}

/** A re-saved master runs its own flows and rules; the platform names its error on the child that was saved. */
function rulesOfParent(context: SaveContext, { object, now, before }: ResavedParent): readonly SaveError[] {
  const flows = runBeforeSave(context, object, now, before);
  if (flows.errors !== undefined) return flows.errors;
  const isStamped = Object.keys(flows.changes).length > 0;
  const saved = isStamped ? updateRow(context, object.name, now, flows.changes) : now;
  const errors = checkRules(context, object, saved, before);
  if (errors.length === 0) enqueueAsyncPaths(context, object, saved, before);
  return errors;
}
