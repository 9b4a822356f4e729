import type { ObjectModel } from '../../metadata/model.ts';
import type { QueryContext } from '../soql/query-context.ts';
import type { ObjectInfo } from '../ui-api/object-info.ts';
import type { SavePort, SaveStep } from './save-port.ts';

/** What resolvers get besides their arguments. */
export interface GraphqlContext {
  readonly query: QueryContext;
  readonly mutation: MutationState | null;
  /** Describes an object as the viewer may know it; null where nobody can. */
  readonly objectInfo: ((object: ObjectModel) => ObjectInfo) | null;
}

/** The course of one mutation request. */
export interface MutationState {
  readonly port: SavePort;
  /** Every operation that succeeded, by alias. */
  readonly done: Map<
    string,
    { readonly operation: SaveStep['operation']; readonly id: string; readonly object: ObjectModel }
  >;
  allOrNone: boolean;
  hasFailed: boolean;
}
