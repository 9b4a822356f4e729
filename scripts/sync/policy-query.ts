import { POLICY_NUMBERS, SWITCHABLE_SIGNALS, switchField } from '../domain/policy-fields.ts';

/** API names of everything the rules read of PilotPolicy__mdt. */
export const POLICY_FIELDS: readonly string[] = [
  ...Object.values(POLICY_NUMBERS),
  ...SWITCHABLE_SIGNALS.map(switchField),
];
