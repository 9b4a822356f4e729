import type { ObjectModel } from '../../metadata/model.ts';
import type { SaveContext } from '../save/save-context.ts';
import { saveError, type SaveError } from '../save/save-error.ts';
import type { Row } from '../store/store.ts';
import { FlowFault } from './flow-error.ts';
import { Interview } from './interview.ts';
import { flowsFor } from './org-flows.ts';
import { runInterview, type RecordWrites } from './run-interview.ts';

/** What the before-save flows of a record came to: columns that they set, or why the save is refused. */
export type BeforeSave =
  { readonly changes: Row; readonly errors?: never } | { readonly errors: readonly SaveError[] };

/**
 * Runs the before-save flows on a record that passed system validation, ahead of its validation rules.
 * `before` is null for a new record, which has no id yet.
 * https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm
 */
export function runBeforeSave(
  context: SaveContext,
  object: ObjectModel,
  row: Row,
  before: Row | null,
): BeforeSave {
  const flows = flowsFor(context.model, object.name, 'beforeSave', before === null);
  if (flows.length === 0) return { changes: {} };
  const now: Row = before === null ? { ...row, Id: null } : { ...row };
  for (const compiled of flows) {
    const interview = new Interview(context, compiled, { object, now, before });
    try {
      const errors = interview.isEntered() ? runInterview(interview, NO_WRITES) : [];
      if (errors.length > 0) return { errors };
    } catch (error) {
      if (!(error instanceof FlowFault)) throw error;
      return { errors: [notTriggered(compiled.flow.label, error)] };
    }
  }
  const changed = Object.entries(now).filter(
    ([name, value]) => name !== 'Id' && value !== (row[name] ?? null),
  );
  return { changes: Object.fromEntries(changed) };
}

const refuseWrite = () => {
  throw new FlowFault('Other records cannot be saved before the save.');
};
/** A deploy refuses such flows (`metadata/rules`). */
const NO_WRITES: RecordWrites = { create: refuseWrite, update: refuseWrite };

/** The status code is the one that API callers report; the wording is this org's own (emulator only, not seen in an org). */
const notTriggered = (label: string, fault: FlowFault): SaveError =>
  saveError(
    'CANNOT_EXECUTE_FLOW_TRIGGER',
    `We can't save this record because the “${label}” process failed. Give your Salesforce admin these details. ${fault.message}`,
  );
