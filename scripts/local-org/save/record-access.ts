import type { ObjectModel } from '../../metadata/model.ts';
import { masterFields } from '../model-index.ts';
import { isLockedForApproval } from '../security/approval-locks.ts';
import type { RowFilter } from '../security/access-view.ts';
import { quoted, type Row } from '../store/store.ts';
import type { SaveContext } from './save-context.ts';
import {
  entityIsDeleted,
  entityIsLocked,
  noAccessToRecord,
  saveError,
  unknownId,
  type SaveError,
} from './save-error.ts';

/** The row that an update or delete means, or the reason why the caller may not have it. */
export function findForChange(
  context: SaveContext,
  object: ObjectModel,
  id: string,
  right: 'edit' | 'delete',
): { row: Row; error?: never } | { error: SaveError } {
  const { store, permissions } = context;
  const row = store.get(`SELECT * FROM ${quoted(object.name)} WHERE "Id" = ?`, id);
  if (row === undefined || !isVisible(context, permissions?.rowFilter(object.name) ?? null, id))
    return { error: unknownId() };
  if (row['IsDeleted'] === 1) return { error: entityIsDeleted() };
  if (permissions === null) return { row };
  if (!permissions.access(object.name)[right] || !isVisible(context, permissions.editFilter(object.name), id))
    return { error: noAccessToRecord() };
  // Whoever has Modify All on the object edits locked records too.
  if (!permissions.access(object.name).modifyAll && isLockedForApproval(store, object, row))
    return { error: entityIsLocked() };
  return { row };
}

function isVisible(context: SaveContext, filter: RowFilter | null, id: string): boolean {
  if (filter === null) return true;
  // As a condition on the filter's own rows, SQLite looks the id up instead of listing them all.
  const sql = `SELECT 1 AS "found" FROM (${filter.sql}) WHERE "Id" = ?`;
  return context.store.get(sql, ...filter.params, id) !== undefined;
}

/**
 * A detail asks for access to its master: Read/Write on it, or Read where the relationship says
 * `writeRequiresMasterRead`. Both the object's permission and the master's row count.
 */
export function mastersRefused(context: SaveContext, object: ObjectModel, row: Row): SaveError | null {
  const { permissions } = context;
  if (permissions === null) return null;
  for (const field of masterFields(object)) {
    const master = field.reference?.to[0];
    const id = row[field.name];
    if (master === undefined || typeof id !== 'string') continue;
    const needsEdit = field.reference?.writeRequiresMasterRead !== true;
    const filter = needsEdit ? permissions.editFilter(master) : permissions.rowFilter(master);
    const isAllowed = permissions.access(master)[needsEdit ? 'edit' : 'read'];
    if (isAllowed && isVisible(context, filter, id)) continue;
    const message = `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`;
    return saveError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message);
  }
  return null;
}
