import type { ObjectModel } from '../../metadata/model.ts';

/** One operation of a mutation; `fields` are API names with JSON values, references as record ids. */
export type SaveStep =
  | {
      readonly operation: 'create';
      readonly object: ObjectModel;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  | {
      readonly operation: 'update';
      readonly object: ObjectModel;
      readonly id: string;
      readonly fields: Readonly<Record<string, unknown>>;
    }
  | { readonly operation: 'delete'; readonly object: ObjectModel; readonly id: string };

export type SaveOutcome =
  | { readonly id: string }
  | { readonly errors: readonly { readonly code: string; readonly message: string }[] };

/** What mutations need of the save engine: as the calling user, one step at a time, all within one transaction. */
export interface SavePort {
  /** Keeps what `work` wrote only when `keep` says so; nothing stays when it throws. */
  transaction<T>(work: () => T, keep: (result: T) => boolean): T;
  save(step: SaveStep): SaveOutcome;
}
