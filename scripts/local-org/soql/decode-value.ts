import { exact } from '../formula/decimal.ts';
import { isNumeric } from './operand-sql.ts';
import type { Output } from './output.ts';
import type { SqlParameter } from './sql.ts';

/** A stored value as the REST API writes it: booleans, numbers, date/times as `2011-07-07T00:37:00.000+0000`. */
export function decodeValue(
  stored: SqlParameter,
  output: Pick<Output, 'kind' | 'isRank' | 'isLabel' | 'column'>,
): unknown {
  if (output.kind === 'Checkbox') return stored === 1;
  if (stored === null) return null;
  const values = output.column?.field.picklist?.values ?? [];
  if (output.isRank) return typeof stored === 'number' ? (values[stored]?.value ?? null) : stored;
  if (output.isLabel) return label(String(stored), values);
  if (output.kind === 'DateTime') return String(stored).replace(/Z$/, '+0000');
  return isNumeric(output.kind) && typeof stored === 'number' ? exact(stored) : stored;
}

const label = (stored: string, values: readonly { readonly value: string; readonly label: string }[]) =>
  stored
    .split(';')
    .map((value) => values.find((known) => known.value === value)?.label ?? value)
    .join(';');
