import type { DatabaseSync } from 'node:sqlite';
import type { OrgModel } from '../../metadata/model.ts';
import type { Viewer } from '../formula/formula.ts';
import type { AccessView } from '../security/access-view.ts';

/** Who asks what of which org. */
export interface QueryContext {
  readonly database: DatabaseSync;
  readonly model: OrgModel;
  readonly viewer: Viewer;
  readonly access: AccessView;
  /** `66.0`; part of every record's URL. */
  readonly apiVersion: string;
  /** True for queryAll: soft-deleted rows too. */
  readonly includeDeleted: boolean;
}
