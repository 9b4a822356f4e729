// The file that `pilot whatif` takes: policy records with the fields that should be different.
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { PolicyRecord } from '../domain/policy.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { POLICY_FIELDS } from '../sync/policy-query.ts';

const FIELDS = z.partialRecord(
  z.enum(POLICY_FIELDS as [string, ...string[]]),
  z.union([z.number().min(0), z.enum(['On', 'Off'])]),
);
const FILE = z.strictObject({
  Default: FIELDS.optional(),
  POC: FIELDS.optional(),
  Pilot: FIELDS.optional(),
  Trial: FIELDS.optional(),
});

/** By record, the fields that should have another value. */
export type PolicyChanges = z.infer<typeof FILE>;

/** Reads such a file, YAML or JSON. @throws ConfigError POLICY_FILE with the file and every mistake in it */
export async function readPolicyChanges(path: string): Promise<PolicyChanges> {
  const content = await readFile(path, 'utf8')
    .then((text) => parse(text) as unknown)
    .catch((error: Error) => {
      throw refusal(`${path}: ${error.message}`);
    });
  const { data, error } = FILE.safeParse(content);
  if (!data) {
    const told = error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
    throw refusal(`${path}: ${told.join('; ')}`);
  }
  if (Object.values(data).every((fields) => Object.keys(fields ?? {}).length === 0))
    throw refusal(`${path} changes nothing.`);
  return data;
}

/** The org's records with the changes on top, as an admin's overrides would lie. */
export function withChanges(records: readonly PolicyRecord[], changes: PolicyChanges): PolicyRecord[] {
  const changed = Object.entries(changes).map(([name, fields]): PolicyRecord => {
    const override = `${name}_Override`;
    const stored = records.find((record) => record.name === override);
    return { name: override, fields: { ...stored?.fields, ...fields } };
  });
  const names = new Set(changed.map(({ name }) => name));
  return [...records.filter(({ name }) => !names.has(name)), ...changed];
}

function refusal(message: string): ConfigError {
  return new ConfigError('POLICY_FILE', message, {
    actions: ['Write for example: Default: { Idle_Business_Days__c: 7, Signal_Narrow__c: "Off" }'],
  });
}
