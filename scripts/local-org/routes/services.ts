import type { Context } from 'hono';
import type { ApiUsage } from '../api-usage.ts';
import type { Deployments } from '../deploy/deployments.ts';
import type { Faults } from '../faults/faults.ts';
import type { OrgState } from '../org-state.ts';
import type { RequestLog } from '../request-log.ts';
import type { SaveContext } from '../save/save-context.ts';
import type { Caller } from '../security/caller.ts';
import type { Sessions } from '../security/sessions.ts';
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
  /** Rows of one query page unless the request asks for fewer. */
  readonly pageSize: number;
}

/** Set by `app.ts` before a data route runs. */
export interface OrgEnv {
  Variables: { caller: Caller; version: string };
}

export type OrgContext = Context<OrgEnv>;

export const saveContext = ({ org }: Services, { permissions, viewer }: Caller): SaveContext => ({
  store: org.store,
  model: org.model,
  viewer,
  permissions,
});
