// Three kinds of failure, by what a person does next. Everything that ends a run is one of them;
// a record that fails is data and never gets here.
import { redacted } from './redact.ts';

export type ErrorKind = 'config' | 'transient' | 'fatal';

export interface ErrorDetail {
  /** Commands or clicks in the order to try them. */
  readonly actions: readonly string[];
  readonly cause?: unknown;
}

/** A failure that ends the run, with a stable `code` (listed in scripts/README.md) and what to do next; its texts hold no secret. */
export abstract class PilotError extends Error {
  abstract readonly kind: ErrorKind;
  readonly code: string;
  readonly actions: readonly string[];

  constructor(code: string, message: string, detail: ErrorDetail) {
    super(redacted(message), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = code;
    this.code = code;
    this.actions = detail.actions.map(redacted);
  }
}

/** Fix something (a file, a setting, a permission) and run again. */
export class ConfigError extends PilotError {
  readonly kind = 'config';
}

/** Nothing to fix here: the other side did not answer, or somebody else holds the lock. Run again later. */
export class TransientError extends PilotError {
  readonly kind = 'transient';
}

/** Should not happen: keep the output and ask a person. */
export class FatalError extends PilotError {
  readonly kind = 'fatal';
}
