import type { FieldKind, FieldModel } from '../../metadata/model.ts';
import { exact } from '../formula/decimal.ts';
import { isNumeric } from '../soql/operand-sql.ts';
import type { SqlParameter } from '../soql/sql.ts';

export interface FieldValue {
  readonly value: unknown;
  readonly displayValue: string | null;
  readonly label?: string | null;
}

/**
 * A stored value with what a page shows for it in the locale en_US. Text, ids and checkboxes have no display value
 * (recorded: trailheadapps/lwc-recipes, ldsCreateRecord/__tests__/data/createRecord.json).
 */
export function valueOf(
  stored: SqlParameter,
  kind: FieldKind,
  field: FieldModel,
  timeZone: string,
): FieldValue {
  if (kind === 'Checkbox') return { value: stored === 1, displayValue: null };
  if (kind === 'Picklist' || kind === 'MultiselectPicklist') {
    const label = stored === null ? null : labelOf(String(stored), field);
    return { value: stored, displayValue: label, label };
  }
  if (stored === null) return { value: null, displayValue: null };
  const value = isNumeric(kind) && typeof stored === 'number' ? exact(stored) : stored;
  return { value, displayValue: displayOf(value, kind, field, timeZone) };
}

const labelOf = (stored: string, { picklist }: FieldModel) =>
  stored
    .split(';')
    .map((value) => picklist?.values.find((known) => known.value === value)?.label ?? value)
    .join(';');

function displayOf(
  value: string | number,
  kind: FieldKind,
  { scale }: FieldModel,
  timeZone: string,
): string | null {
  const digits = { minimumFractionDigits: scale ?? 0, maximumFractionDigits: scale ?? 0 };
  if (kind === 'Currency')
    return Number(value).toLocaleString('en-US', { style: 'currency', currency: 'USD', ...digits });
  if (kind === 'Percent') return `${Number(value).toLocaleString('en-US', digits)}%`;
  if (isNumeric(kind)) return typeof value === 'number' ? value.toLocaleString('en-US', digits) : value;
  if (kind === 'Date') return new Date(`${value}T00:00:00Z`).toLocaleDateString('en-US', { timeZone: 'UTC' });
  if (kind === 'DateTime')
    return new Date(value).toLocaleString('en-US', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return null;
}
