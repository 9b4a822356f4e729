import type { FieldDescription, ObjectDescription } from './describe.ts';

export type Cell = string | number | boolean | null;
export type Cells = Readonly<Record<string, Cell>>;

const NUMBERS = new Set(['double', 'currency', 'percent', 'int', 'long']);

/**
 * The cells of `wanted` that Salesforce would store differently from `stored`; empty when nothing would change.
 * Equality is Salesforce's: blank text is null, text is trimmed, numbers have the field's scale, date/times the
 * second, ids 15 or 18 characters.
 */
export function difference(object: ObjectDescription, stored: Cells, wanted: Cells): Cells {
  const changed: Record<string, Cell> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const field = object.fields.get(name);
    if (!field) throw new RangeError(`${object.name} has no field ${name}; preflight should have said so.`);
    const next = asStored(field, value);
    if (!same(field, asStored(field, stored[name] ?? null), next)) changed[name] = next;
  }
  return changed;
}

/** A value as the field would keep it. */
export function asStored(field: FieldDescription, value: Cell): Cell {
  // A checkbox is never blank: null is stored as false.
  if (field.type === 'boolean') return value ?? false;
  if (value === null) return null;
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (typeof value === 'number' && NUMBERS.has(field.type)) return roundHalfAway(value, field.scale);
  return value;
}

function same(field: FieldDescription, a: Cell, b: Cell): boolean {
  if (a === null || b === null) return a === b;
  if (field.type === 'datetime') return second(a) === second(b);
  if (field.type === 'reference' || field.type === 'id') return sameId(String(a), String(b));
  return a === b;
}

/** Whether two record ids name one record; 15 characters are case-sensitive, the last 3 of 18 only repeat the case. */
export function sameId(a: string, b: string): boolean {
  return a.slice(0, 15) === b.slice(0, 15);
}

function second(value: Cell): number {
  return Math.floor(Date.parse(String(value)) / 1000);
}

// Decimal arithmetic on the shortest representation, since 1.005 * 100 is 100.49999999999999.
function roundHalfAway(value: number, scale: number): number {
  const sign = value < 0 ? -1 : 1;
  const [digits, exponent = '0'] = Math.abs(value).toString().split('e');
  const shifted = Math.round(Number(`${digits}e${Number(exponent) + scale}`));
  const [whole, power = '0'] = shifted.toString().split('e');
  const rounded = sign * Number(`${whole}e${Number(power) - scale}`);
  return rounded === 0 ? 0 : rounded;
}
