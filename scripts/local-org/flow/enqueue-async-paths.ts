import type { ObjectModel } from '../../metadata/model.ts';
import type { SaveContext } from '../save/save-context.ts';
import type { Row } from '../store/store.ts';
import { FlowFault } from './flow-error.ts';
import { addFlowFault } from './flow-log.ts';
import { Interview } from './interview.ts';
import { flowsFor } from './org-flows.ts';

/** One interview that waits for its commit; written inside the saving transaction, so a rollback takes it along. */
export interface Waiting {
  readonly flow: string;
  readonly object: string;
  readonly recordId: string;
  readonly userId: string;
  readonly before: Row | null;
}

/** Puts the after-save flows that this save enters on the list; their entry conditions see it now, they run later. */
export function enqueueAsyncPaths(
  context: SaveContext,
  object: ObjectModel,
  now: Row,
  before: Row | null,
): void {
  for (const compiled of flowsFor(context.model, object.name, 'asyncAfterCommit', before === null)) {
    const recordId = String(now['Id']);
    const { userId } = context.viewer;
    try {
      if (!new Interview(context, compiled, { object, now, before }).isEntered()) continue;
      const waiting: Waiting = { flow: compiled.flow.name, object: object.name, recordId, userId, before };
      context.store.run('INSERT INTO "local_org_async_path" ("entry") VALUES (?)', JSON.stringify(waiting));
    } catch (error) {
      if (!(error instanceof FlowFault)) throw error;
      const at = context.viewer.now.toISOString();
      addFlowFault(context.store, { at, flow: compiled.flow.name, recordId, message: error.message });
    }
  }
}
