import type { Context } from 'hono';
import type { ApiUsage } from '../api-usage.ts';
import type { Jobs } from '../bulk/jobs.ts';
import type { Deployments } from '../deploy/deployments.ts';
import type { AsyncPaths } from '../flow/async-paths.ts';
import type { WorkFault } from '../faults/fault-spec.ts';
import type { Faults } from '../faults/faults.ts';
import type { OrgState } from '../org-state.ts';
import type { RequestLog } from '../request-log.ts';
import type { RequestLocks, RowLocks } from '../save/row-locks.ts';
import type { SaveContext } from '../save/save-context.ts';
import type { Caller } from '../security/caller.ts';
import type { Sessions } from '../security/sessions.ts';
import type { Connection } from '../server.ts';
import type { Turns } from '../turns.ts';
import type { Cursors } from './cursors.ts';

/** What the routes work with. */
export interface Services {
  readonly org: OrgState;
  readonly sessions: Sessions;
  readonly usage: ApiUsage;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly cursors: Cursors;
  readonly deployments: Deployments;
  readonly turns: Turns;
  readonly locks: RowLocks;
  readonly jobs: Jobs;
  /** After-save flows that wait for their commit. */
  readonly asyncPaths: AsyncPaths;
  /** Rows of one query page unless the request asks for fewer. */
  readonly pageSize: number;
}

/** Session of a data request. */
export interface Session {
  readonly caller: Caller;
  readonly version: string;
  readonly locks: RequestLocks;
}

/** `Variables` are set by `app.ts` before a data route runs; `inner` marks a subrequest of a composite. */
export interface OrgEnv {
  Variables: Session & { fault?: WorkFault; isDropped?: boolean };
  Bindings: { inner?: Session } & Partial<Connection>;
}

export type OrgContext = Context<OrgEnv>;

/** What the request's saves work with. */
export const saveContext = (services: Services, context: OrgContext): SaveContext =>
  saveContextOf(services, context.get('caller'), context.get('locks'));

export const saveContextOf = (
  { org }: Services,
  { permissions, viewer }: Caller,
  locks: RequestLocks,
): SaveContext => ({ store: org.store, model: org.model, viewer, permissions, locks });
