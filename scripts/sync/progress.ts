/** The stages of a run in the words that are printed. */
export type Stage = 'connect' | 'preflight' | 'read org' | 'read usage' | 'evaluate' | 'write' | 'account';

/** Told where a run is; never throws, never waits. */
export interface Progress {
  /** A new stage begins; the one before it is over. */
  stage(name: Stage): void;
  /** How far the stage is; `total` is null when nobody knows. */
  update(done: number, total: number | null, unit: string): void;
  /** Something a person should know now. */
  note(text: string): void;
}
