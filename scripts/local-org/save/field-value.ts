import type { FieldModel } from '../../metadata/model.ts';
import { isRecordId, toId18 } from '../store/record-id.ts';
import type { SqlValue } from '../store/store.ts';
import { saveError, type SaveError } from './save-error.ts';

export type Parsed = { readonly value: SqlValue; readonly error?: never } | { readonly error: SaveError };

/**
 * Turns a JSON or CSV value into what is stored, or says why it cannot be. Blank text is null.
 * Texts of the refusals: reference cases in `conformance/field-values.ts`.
 */
export function parseFieldValue(field: FieldModel, raw: unknown): Parsed {
  if (raw === null || raw === undefined || raw === '') return parseBlank(field);
  switch (field.kind) {
    case 'Checkbox':
      return parseCheckbox(raw);
    case 'Number':
    case 'Currency':
    case 'Percent':
      return parseNumber(field, raw);
    case 'Date':
      return parseDate(raw);
    case 'DateTime':
      return parseDateTime(raw);
    case 'Lookup':
    case 'MasterDetail':
    case 'Id':
      return parseReference(field, raw);
    case 'Picklist':
    case 'MultiselectPicklist':
      return parsePicklist(field, raw);
    default:
      return parseText(field, raw);
  }
}

function parseBlank(field: FieldModel): Parsed {
  if (field.kind !== 'Checkbox') return { value: null };
  const message = `${field.label}: value not of required type: `;
  return { error: saveError('INVALID_TYPE_ON_FIELD_IN_RECORD', message, [field.name]) };
}

function parseCheckbox(raw: unknown): Parsed {
  if (raw === true || raw === 'true' || raw === 'True' || raw === 'TRUE' || raw === '1') return { value: 1 };
  if (raw === false || raw === 'false' || raw === 'False' || raw === 'FALSE' || raw === '0')
    return { value: 0 };
  return wrongType('boolean', raw);
}

function parseNumber(field: FieldModel, raw: unknown): Parsed {
  const isNumeric =
    typeof raw === 'number' || (typeof raw === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(raw));
  if (!isNumeric) return wrongType('double', raw);
  const value = roundHalfUp(Number(raw), field.scale ?? 0);
  const integerDigits = (field.precision ?? 18) - (field.scale ?? 0);
  if (Number.isFinite(value) && Math.abs(value) < 10 ** integerDigits) return { value };
  const message = `${field.label}: value outside of valid range on numeric field: ${String(raw)}`;
  return { error: saveError('NUMBER_OUTSIDE_VALID_RANGE', message, [field.name]) };
}

/** Half away from zero on the decimal text, so that 1.005 at two digits is 1.01. */
function roundHalfUp(value: number, scale: number): number {
  const [digits = '0', exponent = '0'] = Math.abs(value).toString().split('e');
  const shifted = Math.round(Number(`${digits}e${Number(exponent) + scale}`));
  const rounded = Number(`${shifted}e${-scale}`);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

function parseDate(raw: unknown): Parsed {
  // A date field accepts a date/time too and keeps its day.
  const match = typeof raw === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:T.*)?$/.exec(raw) : null;
  const day = match?.[1];
  if (day === undefined || !isCalendarDay(day)) return wrongType('date', raw);
  return { value: day };
}

function parseDateTime(raw: unknown): Parsed {
  const pattern = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/;
  const match = typeof raw === 'string' ? pattern.exec(raw) : null;
  const text = match === null ? '' : String(raw).replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const time = Date.parse(text);
  if (match === null || Number.isNaN(time) || !isCalendarDay(match[1]!)) return wrongType('datetime', raw);
  return { value: new Date(time).toISOString() };
}

function isCalendarDay(day: string): boolean {
  // The 31st of a month that has 30 days is read as the next month's first.
  return new Date(`${day}T00:00:00Z`).getUTCDate() === Number(day.slice(8));
}

function parseReference(field: FieldModel, raw: unknown): Parsed {
  if (typeof raw === 'string' && isRecordId(raw)) return { value: toId18(raw) };
  const message = `${field.label}: id value of incorrect type: ${String(raw)}`;
  return { error: saveError('MALFORMED_ID', message, [field.name]) };
}

function parsePicklist(field: FieldModel, raw: unknown): Parsed {
  const text = parseText(field, raw);
  if (text.error !== undefined || field.picklist?.isRestricted !== true) return text;
  const chosen = field.kind === 'Picklist' ? [String(text.value)] : String(text.value).split(';');
  const values: string[] = [];
  for (const wanted of chosen) {
    const found = field.picklist.values.find(
      ({ value, isActive }) => isActive && value.toLowerCase() === wanted.trim().toLowerCase(),
    );
    if (found === undefined) {
      const message = `${field.label}: bad value for restricted picklist field: ${wanted}`;
      return { error: saveError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]) };
    }
    values.push(found.value);
  }
  // Stored in the picklist's own order, each value once.
  const ordered = field.picklist.values.map(({ value }) => value).filter((value) => values.includes(value));
  return { value: ordered.join(';') };
}

function parseText(field: FieldModel, raw: unknown): Parsed {
  if (typeof raw !== 'string') return wrongType('string', raw);
  const trimmed = raw.trim();
  if (trimmed === '') return { value: null };
  const limit =
    field.length ?? (field.kind === 'Picklist' || field.kind === 'MultiselectPicklist' ? 255 : null);
  const isList = field.kind === 'MultiselectPicklist';
  if (limit !== null && !isList && trimmed.length > limit) {
    const message = `${field.label}: data value too large: ${trimmed} (max length=${limit})`;
    return { error: saveError('STRING_TOO_LONG', message, [field.name]) };
  }
  if (field.kind === 'Email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(trimmed)) {
    const message = `${field.label}: invalid email address: ${trimmed}`;
    return { error: saveError('INVALID_EMAIL_ADDRESS', message, [field.name]) };
  }
  return { value: trimmed };
}

/** Salesforce adds the position in the request's text, which is not known here any more. */
function wrongType(wanted: string, raw: unknown): Parsed {
  const token =
    typeof raw === 'string'
      ? 'VALUE_STRING'
      : typeof raw === 'number'
        ? Number.isInteger(raw)
          ? 'VALUE_NUMBER_INT'
          : 'VALUE_NUMBER_FLOAT'
        : typeof raw === 'boolean'
          ? raw
            ? 'VALUE_TRUE'
            : 'VALUE_FALSE'
          : Array.isArray(raw)
            ? 'START_ARRAY'
            : 'START_OBJECT';
  const shown = typeof raw === 'object' ? '' : ` value ${String(raw)}`;
  const message = `Cannot deserialize instance of ${wanted} from ${token}${shown} or request may be missing a required field`;
  return { error: saveError('JSON_PARSER_ERROR', message) };
}
