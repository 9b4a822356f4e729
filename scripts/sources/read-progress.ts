import type { UsageRequest } from './source.ts';

const INTERVAL_MS = 250;
// A guess at where the walk over the files and their loading end, so that the share rises steadily; no measurement.
const WALKED = 0.4;
const LOADED = 0.7;

export interface ReadProgress {
  readonly walking: (bytesRead: number, bytesTotal: number, records: number) => void;
  readonly loaded: () => void;
  readonly batch: (done: number, of: number) => void;
}

/** Turns the stages of a read into one rising share, told at most four times a second. */
export function progressOf(tell: UsageRequest['onProgress']): ReadProgress {
  let last = 0;
  let rows = 0;
  const report = (share: number) => {
    const now = performance.now();
    if (!tell || now - last < INTERVAL_MS) return;
    last = now;
    tell({ share, rows });
  };
  return {
    walking: (bytesRead, bytesTotal, records) => {
      rows = records;
      report((WALKED * bytesRead) / Math.max(1, bytesTotal));
    },
    loaded: () => report(LOADED),
    batch: (done, of) => report(LOADED + ((1 - LOADED) * done) / of),
  };
}
