// What the sync reads and writes, object by object: the read side is the row schemas, the write side the lists here.
import { z } from 'zod';
import { WRITTEN_FIELDS } from './columns.ts';
import * as rows from './pilot-rows.ts';
import { SCHEMA } from './schema.ts';

/** A field as the package defines it. */
export interface FieldSchema {
  readonly label: string;
  readonly kind: string;
  readonly length?: number;
  readonly scale?: number;
  readonly values?: readonly string[];
}

export interface ObjectSchema {
  readonly label: string;
  readonly plural: string;
  readonly fields: Readonly<Record<string, FieldSchema>>;
}

export interface ObjectNeed {
  readonly object: string;
  readonly schema: ObjectSchema;
  readonly create: boolean;
  readonly update: boolean;
  readonly fields: readonly string[];
  readonly writes: readonly string[];
}

const nameOnly = z.object({ Name: z.string() });

const READS: Readonly<Record<string, z.ZodObject>> = {
  Pilot__c: rows.pilotRow.extend({ ...rows.convertedPilotRow.shape, Outcome__c: z.string().nullable() }),
  Opportunity: rows.dealRow,
  PilotUsageKey__c: rows.usageKeyRow,
  SuccessCriterion__c: rows.criterionRow,
  ConversionTerm__c: rows.termRow,
  PilotCheckIn__c: rows.checkInRow,
  PilotCommitment__c: rows.commitmentRow,
  PilotUsage__c: rows.usageWeekRow,
  PilotSyncIssue__c: rows.issueRow,
  // Their names are read through the pilot: a query over an object that is hidden fails as a whole.
  Account: nameOnly,
  Contact: nameOnly,
};

// Made by the sync itself; everything else it only reads or updates.
const CREATED = new Set(['PilotUsage__c', 'PilotSyncIssue__c', 'PilotSyncRun__c']);

/** What the sync reads where it may see it, and goes without where it may not. */
export const READ_IF_SEEN = ['Event', 'Task'] as const;

/** Everything the sync touches in the org. */
export const NEEDS: readonly ObjectNeed[] = [
  ...new Set([...Object.keys(READS), ...Object.keys(WRITTEN_FIELDS)]),
].map((object) => {
  const writes = WRITTEN_FIELDS[object] ?? [];
  const reads = Object.keys(READS[object]?.shape ?? {}).filter((name) => !name.endsWith('__r'));
  return {
    object,
    schema: (SCHEMA as Readonly<Record<string, ObjectSchema>>)[object] ?? standard(object),
    create: CREATED.has(object),
    update: writes.length > 0,
    fields: [...new Set([...reads, ...writes])],
    writes,
  };
});

/** A standard object of which the package defines no field. */
function standard(object: string): ObjectSchema {
  return { label: object, plural: `${object}s`, fields: {} };
}
