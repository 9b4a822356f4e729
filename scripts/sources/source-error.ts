/** Codes of everything that can stop a whole read; a bad row is never an error but a `RejectedRow`. */
export const SOURCE_ERROR_CODES = [
  'SOURCE_NOT_FOUND',
  'SOURCE_UNREADABLE',
  'SOURCE_EMPTY',
  'SOURCE_DAMAGED',
  'SOURCE_ENCODING',
  'SOURCE_COLUMNS',
  'SOURCE_ALL_REJECTED',
  'SOURCE_MARKER',
  'SOURCE_MISCOUNT',
  'SOURCE_ENGINE',
  'SOURCE_UNREACHABLE',
  'SOURCE_REFUSED',
  'SOURCE_TIMEOUT',
  'SOURCE_SECRET',
  'SOURCE_PAGING',
  'SOURCE_ANSWER',
] as const;

export type SourceErrorCode = (typeof SOURCE_ERROR_CODES)[number];

/** A source that cannot be read: `message` says what and where, `actions` what to do, in order. */
export class SourceError extends Error {
  readonly code: SourceErrorCode;
  readonly actions: readonly string[];

  constructor(code: SourceErrorCode, message: string, actions: readonly string[], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SourceError';
    this.code = code;
    this.actions = actions;
  }
}
