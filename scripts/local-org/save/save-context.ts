import type { OrgModel } from '../../metadata/model.ts';
import type { Viewer } from '../formula/formula.ts';
import type { Permissions } from '../security/permissions.ts';
import type { RequestLocks } from './row-locks.ts';
import type { Store } from '../store/store.ts';

/** Who saves, when, and into what. `permissions` null means the platform itself (deploys, set-up). */
export interface SaveContext {
  readonly store: Store;
  readonly model: OrgModel;
  readonly viewer: Viewer;
  readonly permissions: Permissions | null;
  /** Row locks of the request; the platform's own saves ask for none. */
  readonly locks?: RequestLocks;
  /** Ids that Get Records elements of before-save flows found for the chunk being saved, by SOQL. */
  readonly flowLookups?: Map<string, readonly string[]>;
}
