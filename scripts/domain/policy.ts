// The thresholds that hold for a pilot type: override → type → Default, field by field.
import type { Policy } from './evaluation.ts';
import { CAPACITY_MODE_FIELD, POLICY_NUMBERS, SWITCHABLE_SIGNALS, switchField } from './policy-fields.ts';
import type { SignalCode } from './policy-fields.ts';

/** One PilotPolicy__mdt record: its developer name and its fields by API name. */
export interface PolicyRecord {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The org's policy cannot be used; names the record and the field, and what to enter. */
export class PolicyError extends Error {
  readonly code: 'POLICY_VALUE_MISSING' | 'POLICY_VALUE_INVALID';
  readonly record: string;
  readonly field: string;
  readonly actions: readonly string[];

  constructor(code: PolicyError['code'], record: string, field: string, message: string) {
    super(message);
    this.name = 'PolicyError';
    this.code = code;
    this.record = record;
    this.field = field;
    this.actions = [
      `Setup → Custom Metadata Types → Pilot Policy → Manage Records → ${record} → enter ${field}, then run again.`,
    ];
  }
}

/**
 * The policy for a pilot type. For type `POC` the records `POC_Override`, `POC`, `Default_Override` and
 * `Default` are asked in this order; the first that has a value for a field decides it.
 * @throws PolicyError when no record has a value, or one is not a number at or above zero, or not On/Off.
 */
export function resolvePolicy(records: readonly PolicyRecord[], type: string | null): Policy {
  const names = [...(type ? [`${type}_Override`, type] : []), 'Default_Override', 'Default'];
  const chain = names.flatMap((name) => records.filter((record) => record.name === name));
  const numbers = Object.entries(POLICY_NUMBERS).map(
    ([key, field]) => [key, readNumber(chain, field)] as const,
  );
  const off = SWITCHABLE_SIGNALS.filter((code) => isOff(chain, code));
  return {
    ...(Object.fromEntries(numbers) as Record<keyof typeof POLICY_NUMBERS, number>),
    off: new Set<SignalCode>(off),
  };
}

/**
 * What happens to a further live pilot of a success manager at capacity. Read as the guard in the pilot's flow reads
 * it: the general policy whatever the pilot's type, and only Block blocks.
 */
export function capacityMode(records: readonly PolicyRecord[]): 'Warn' | 'Block' {
  const values = ['Default_Override', 'Default'].map(
    (name) => records.find((record) => record.name === name)?.fields[CAPACITY_MODE_FIELD],
  );
  return values.find((value) => typeof value === 'string' && value !== '') === 'Block' ? 'Block' : 'Warn';
}

function readNumber(chain: readonly PolicyRecord[], field: string): number {
  const record = holder(chain, field);
  const value = record.fields[field];
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  const message = `Pilot policy ${record.name}: ${field} is ${JSON.stringify(value)}, expected a number of 0 or more.`;
  throw new PolicyError('POLICY_VALUE_INVALID', record.name, field, message);
}

function isOff(chain: readonly PolicyRecord[], code: SignalCode): boolean {
  const field = switchField(code);
  const record = holder(chain, field);
  const value = record.fields[field];
  if (value === 'On' || value === 'Off') return value === 'Off';
  const message = `Pilot policy ${record.name}: ${field} is ${JSON.stringify(value)}, expected On or Off.`;
  throw new PolicyError('POLICY_VALUE_INVALID', record.name, field, message);
}

function holder(chain: readonly PolicyRecord[], field: string): PolicyRecord {
  const found = chain.find(
    (record) =>
      record.fields[field] !== undefined && record.fields[field] !== null && record.fields[field] !== '',
  );
  if (found) return found;
  const message = `Pilot policy Default has no ${field}, and no other record gives it a value.`;
  throw new PolicyError('POLICY_VALUE_MISSING', 'Default', field, message);
}
