import type { ObjectModel } from '../../metadata/model.ts';
import { childReferences } from '../model-index.ts';
import { quoted, type Row } from '../store/store.ts';
import { findForChange } from './record-access.ts';
import { updateRow } from './roll-ups.ts';
import type { SaveContext } from './save-context.ts';
import { saveError, type SaveError } from './save-error.ts';
import type { WriteOutcome } from './write-outcome.ts';

/** Deletes one record and what hangs on it. Cascaded details meet neither permissions nor rules of their own. */
export function deleteRecord(context: SaveContext, object: ObjectModel, id: string): WriteOutcome {
  const found = findForChange(context, object, id, 'delete');
  if (found.error !== undefined) return { errors: [found.error], id };
  const restricted = findRestriction(context, object, id);
  if (restricted !== null) return { errors: [restricted], id };
  cascade(context, object, found.row);
  return { id, touched: [{ object, row: found.row }] };
}

const liveChildren = (context: SaveContext, object: ObjectModel, field: string, id: string): Row[] =>
  context.store.all(
    `SELECT * FROM ${quoted(object.name)} WHERE ${quoted(field)} = ? AND "IsDeleted" = 0`,
    id,
  );

function findRestriction(context: SaveContext, object: ObjectModel, id: string): SaveError | null {
  for (const { object: child, field } of childReferences(context.model, object.name)) {
    if (field.reference?.onDelete !== 'Restrict') continue;
    if (liveChildren(context, child, field.name, id).length === 0) continue;
    const message = `Your attempt to delete this record could not be completed because it is associated with the following ${child.pluralLabel}.`;
    return saveError('DELETE_FAILED', message);
  }
  return null;
}

function cascade(context: SaveContext, object: ObjectModel, row: Row): void {
  const id = String(row['Id']);
  updateRow(context, object.name, row, { IsDeleted: 1 });
  for (const { object: child, field } of childReferences(context.model, object.name)) {
    for (const detail of liveChildren(context, child, field.name, id)) {
      if (field.reference?.onDelete === 'Cascade') cascade(context, child, detail);
      else if (field.reference?.onDelete === 'SetNull')
        updateRow(context, child.name, detail, { [field.name]: null });
    }
  }
}
