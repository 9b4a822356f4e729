import type { OrgModel } from '../metadata/model.ts';
import type { Clock } from './clock.ts';
import type { Store } from './store/store.ts';

/** What every part of the org works on. `model` is replaced as a whole by a deploy. */
export interface OrgState {
  readonly store: Store;
  readonly clock: Clock;
  readonly organizationId: string;
  model: OrgModel;
}
