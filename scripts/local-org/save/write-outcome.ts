import type { ObjectModel } from '../../metadata/model.ts';
import type { Row } from '../store/store.ts';
import type { SaveError } from './save-error.ts';

/** What one record's write did; `touched` are the rows whose masters' roll-ups may change. */
export interface Written {
  readonly id: string;
  readonly touched: readonly { readonly object: ObjectModel; readonly row: Row }[];
}

export type WriteOutcome = Written | { readonly errors: readonly SaveError[]; readonly id?: string };
