import { setImmediate } from 'node:timers/promises';
import { ApiError } from '../api-error.ts';
import type { OrgState } from '../org-state.ts';
import type { SaveContext } from '../save/save-context.ts';
import { loadCaller } from '../security/caller.ts';
import { quoted, type Store } from '../store/store.ts';
import type { Turns } from '../turns.ts';
import { createRecord, updateRecords } from './change-records.ts';
import type { Waiting } from './enqueue-async-paths.ts';
import { FlowFault } from './flow-error.ts';
import { addFlowFault, createFlowLog } from './flow-log.ts';
import { Interview } from './interview.ts';
import { flowsOf } from './org-flows.ts';
import { runInterview } from './run-interview.ts';

/**
 * Runs asynchronous paths after the transaction that started them is committed, as the user that caused them.
 * A path that fails is recorded and undone; it never touches the saved record.
 */
export class AsyncPaths {
  readonly #org: OrgState;
  readonly #turns: Turns;
  #isClosed = false;

  constructor(org: OrgState, turns: Turns) {
    this.#org = org;
    this.#turns = turns;
    createFlowLog(org.store);
    org.store.exec(
      'CREATE TABLE IF NOT EXISTS "local_org_async_path" ("id" INTEGER PRIMARY KEY, "entry" TEXT NOT NULL)',
    );
  }

  /** Runs what waits once the answer of the request is on its way; the next request takes its turn after it. */
  schedule(): void {
    void this.#turns.take(async () => {
      if (this.#isClosed || this.#next() === undefined) return;
      await setImmediate();
      if (!this.#isClosed) this.run();
    });
  }

  /** Runs all that waits, also what that makes wait; returns how many interviews ran. */
  run(): number {
    let count = 0;
    for (let next = this.#next(); next !== undefined; next = this.#next(), count += 1)
      this.#runOne(next.id, next.waiting);
    return count;
  }

  /** What still waits stays in the store and runs when the org is opened again. */
  close(): void {
    this.#isClosed = true;
  }

  #next(): { id: number; waiting: Waiting } | undefined {
    const row = this.#org.store.get('SELECT * FROM "local_org_async_path" ORDER BY "id" LIMIT 1');
    return row === undefined
      ? undefined
      : { id: Number(row['id']), waiting: JSON.parse(String(row['entry'])) as Waiting };
  }

  #runOne(id: number, waiting: Waiting): void {
    const { store, clock } = this.#org;
    const done = () => store.run('DELETE FROM "local_org_async_path" WHERE "id" = ?', id);
    try {
      store.transaction(() => {
        done();
        interview(this.#org, store, waiting);
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!(error instanceof FlowFault || error instanceof ApiError)) console.error(error);
      store.transaction(() => {
        done();
        const { flow, recordId } = waiting;
        addFlowFault(store, { at: clock.now().toISOString(), flow, recordId, message });
      });
    }
  }
}

function interview(org: OrgState, store: Store, { flow, object, recordId, userId, before }: Waiting): void {
  const compiled = flowsOf(org.model).find((each) => each.flow.name === flow);
  const definition = org.model.objects.get(object);
  if (compiled === undefined || definition === undefined)
    throw new FlowFault(`The flow ${flow} is no longer active.`);
  const now = store.get(`SELECT * FROM ${quoted(object)} WHERE "Id" = ?`, recordId);
  if (now === undefined || now['IsDeleted'] === 1) return;
  const { viewer } = loadCaller(org, userId);
  const context: SaveContext = { store, model: org.model, viewer, permissions: null };
  const trigger = { object: definition, now, before };
  runInterview(new Interview(context, compiled, trigger), { create: createRecord, update: updateRecords });
}
