import type { ObjectModel, OrgModel } from '../metadata/model.ts';
import { standardOrg } from '../metadata/standard-org.ts';
import { ApiUsage } from './api-usage.ts';
import { Jobs } from './bulk/jobs.ts';
import { createClock, type Clock } from './clock.ts';
import { Deployments } from './deploy/deployments.ts';
import { createSetupRows } from './deploy/setup-rows.ts';
import { readModel, writeModel } from './deploy/stored-model.ts';
import { AsyncPaths } from './flow/async-paths.ts';
import { Faults } from './faults/faults.ts';
import type { OrgState } from './org-state.ts';
import { RequestLog } from './request-log.ts';
import { createApp } from './routes/app.ts';
import { Cursors } from './routes/cursors.ts';
import { RowLocks } from './save/row-locks.ts';
import { createApprovalLocks } from './security/approval-locks.ts';
import { Sessions } from './security/sessions.ts';
import { serve, type RunningServer } from './server.ts';
import { migrateSchema } from './store/schema.ts';
import { Store } from './store/store.ts';
import { Turns } from './turns.ts';

export interface LocalOrgOptions {
  /** Where the org's clock starts; it runs on from there. By default the machine's time. */
  readonly now?: Date;
  /** SQLite file that keeps the org; by default it lives in memory and is gone on close. */
  readonly file?: string;
  /** Rows of a query page, at most 2,000. */
  readonly pageSize?: number;
  /** API requests in 24 hours. */
  readonly dailyApiRequests?: number;
  /** Organization-wide defaults of standard objects in a fresh org: `{Opportunity: 'Private'}`. */
  readonly sharing?: Readonly<Record<string, ObjectModel['sharing']>>;
  /** How long a save keeps its row locks; its answer waits that long. By default 0: nobody meets a lock. */
  readonly lockMs?: number;
  /** How long a bulk job takes from its upload's end to its own. By default 0: done at the first poll. */
  readonly bulkJobMs?: number;
}

export interface LocalOrg {
  readonly organizationId: string;
  readonly clock: Clock;
  /** Answers a request in process, as the server would. */
  fetch(request: Request): Promise<Response>;
  /** Listens on 127.0.0.1; port 0 takes any free one. Returns the address. Rejects with EADDRINUSE when taken. */
  listen(port?: number): Promise<string>;
  close(): Promise<void>;
}

/** A fresh org with nothing custom in it, or the one kept in `file`. */
export function createLocalOrg(options: LocalOrgOptions = {}): LocalOrg {
  const clock = createClock(options.now);
  const store = new Store(options.file ?? ':memory:');
  const org = openOrg(store, clock, options.sharing ?? {});
  const turns = new Turns();
  const asyncPaths = new AsyncPaths(org, turns);
  const app = createApp({
    org,
    sessions: new Sessions(org.organizationId),
    usage: new ApiUsage(options.dailyApiRequests ?? 100_000, clock),
    log: new RequestLog(),
    faults: new Faults(),
    cursors: new Cursors(store),
    deployments: new Deployments(org),
    turns,
    locks: new RowLocks(clock, options.lockMs ?? 0),
    asyncPaths,
    jobs: new Jobs(store, clock, options.bulkJobMs ?? 0),
    pageSize: Math.min(options.pageSize ?? 2_000, 2_000),
  });
  let server: RunningServer | undefined;
  return {
    organizationId: org.organizationId,
    clock,
    fetch: async (request) => app.fetch(request),
    listen: async (port = 0) => {
      server = await serve((request, connection) => app.fetch(request, connection), port);
      return server.url;
    },
    close: async () => {
      asyncPaths.close();
      await server?.close();
      store.close();
    },
  };
}

function openOrg(
  store: Store,
  clock: Clock,
  sharing: Readonly<Record<string, ObjectModel['sharing']>>,
): OrgState {
  createApprovalLocks(store);
  const kept = readModel(store);
  const model = kept ?? withSharing(standardOrg(), sharing);
  if (kept === null)
    store.transaction(() => {
      migrateSchema(store, null, model);
      store.writeState('organization', Buffer.from(createSetupRows(store, model, clock.now())));
      writeModel(store, model);
    });
  return { store, clock, model, organizationId: store.readState('organization')!.toString() };
}

const withSharing = (
  model: OrgModel,
  sharing: Readonly<Record<string, ObjectModel['sharing']>>,
): OrgModel => ({
  ...model,
  objects: new Map(
    [...model.objects].map(([name, object]) => [
      name,
      { ...object, sharing: sharing[name] ?? object.sharing },
    ]),
  ),
});
