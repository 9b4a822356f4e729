import { deserialize, serialize } from 'node:v8';
import type { OrgModel } from '../../metadata/model.ts';
import type { Store } from '../store/store.ts';

/** The model lives beside the rows that follow it, so that a database file is a whole org. */
export const writeModel = (store: Store, model: OrgModel): void =>
  store.writeState('model', serialize(model));

export function readModel(store: Store): OrgModel | null {
  const stored = store.readState('model');
  return stored === undefined ? null : (deserialize(stored) as OrgModel);
}
