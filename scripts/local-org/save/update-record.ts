import type { ObjectModel } from '../../metadata/model.ts';
import type { Row } from '../store/store.ts';
import { enqueueAsyncPaths } from '../flow/enqueue-async-paths.ts';
import { runBeforeSave } from '../flow/before-save.ts';
import { checkReferences, checkRequired, checkRules, checkUnique } from './check-record.ts';
import { readValues, notWritable } from './read-values.ts';
import { findForChange, mastersRefused } from './record-access.ts';
import { updateRow } from './roll-ups.ts';
import type { SaveContext } from './save-context.ts';
import type { WriteOutcome } from './write-outcome.ts';
import { deriveStandardFields } from './standard-behaviour.ts';

/** Checks and writes the given fields of one record, in the platform's order of execution. */
export function updateRecord(
  context: SaveContext,
  object: ObjectModel,
  id: string,
  body: Readonly<Record<string, unknown>>,
): WriteOutcome {
  const found = findForChange(context, object, id, 'edit');
  if (found.error !== undefined) return { errors: [found.error], id };
  const before = found.row;
  const { values, errors } = readValues(context, object, 'update', body);
  if (errors.length > 0) return { errors, id };
  const fixed = movedMasters(object, before, values);
  if (fixed.length > 0) return { errors: [notWritable(fixed)], id };
  const changes: Row = { ...values };
  Object.assign(changes, deriveStandardFields(context, object, { ...before, ...values }, values));
  const now: Row = { ...before, ...changes };
  const broken = [
    ...checkRequired(object, now),
    ...checkReferences(context, object, changedOnly(before, values)),
  ];
  if (broken.length > 0) return { errors: broken, id };
  const noAccess = mastersRefused(context, object, now);
  if (noAccess !== null) return { errors: [noAccess], id };
  const flows = runBeforeSave(context, object, now, before);
  if (flows.errors !== undefined) return { errors: flows.errors, id };
  Object.assign(changes, flows.changes);
  Object.assign(now, flows.changes);
  const refused = checkRules(context, object, now, before);
  if (refused.length > 0) return { errors: refused, id };
  const duplicate = checkUnique(context, object, id, { ...values, ...flows.changes });
  if (duplicate.length > 0) return { errors: duplicate, id };
  const row = updateRow(context, object.name, before, changes);
  enqueueAsyncPaths(context, object, row, before);
  const touched = [{ object, row }];
  return { id, touched: hasMoved(object, before, row) ? [...touched, { object, row: before }] : touched };
}

/**
 * Master-detail fields sent for a record that cannot change its master. Even an unchanged master is refused.
 * https://help.salesforce.com/s/articleView?id=000385552
 */
function movedMasters(object: ObjectModel, before: Row, values: Row): string[] {
  return Object.keys(values).filter((name) => {
    const field = object.fields.get(name);
    return (
      field?.kind === 'MasterDetail' &&
      field.reference?.isReparentable === false &&
      before['Id'] !== undefined
    );
  });
}

const changedOnly = (before: Row, values: Row): Row =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => before[name] !== value));

const hasMoved = (object: ObjectModel, before: Row, now: Row): boolean =>
  [...object.fields.values()].some(
    (field) => field.kind === 'MasterDetail' && before[field.name] !== now[field.name],
  );
