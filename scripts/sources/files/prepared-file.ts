import type { Relation } from '../engine/relation.ts';
import type { UsageFile } from './find-files.ts';

export interface LineReject {
  readonly line: number;
  readonly reason: string;
}

/** A file that has been walked once: every record is either good (readable by the engine) or in `rejects`. */
export interface PreparedFile {
  readonly file: UsageFile;
  /** What the engine reads: the file itself, or a clean copy of its good records. */
  readonly path: string;
  readonly good: number;
  readonly rejects: readonly LineReject[];
  /** Files of the same shape are read in one statement. */
  readonly shape: string;
  /** Whether records can have the column, by header name. */
  hasColumn(header: string): boolean;
  relation(paths: readonly string[]): Relation;
  /** Physical lines of good records, given by ascending ordinal. */
  locate(ordinals: readonly number[]): Promise<readonly number[]>;
}

export interface PrepareOptions {
  /** Private folder for clean copies. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  /** Walk every record of a text file, also of a plain one. */
  readonly isCareful: boolean;
  readonly onProgress: (bytesRead: number, records: number) => void;
}
