import type { UsageRequest } from './source.ts';

const INTERVAL_MS = 250;

export interface ReadProgress {
  /** Rows that need no reading, because an earlier run has left them. */
  readonly known: (rows: number) => void;
  readonly walking: (bytesRead: number, bytesTotal: number, records: number) => void;
  /** Every row is seen; told again while facts are made of them. */
  readonly seen: () => void;
}

/** Tells at most four times a second how many rows were seen; of how many, as far as the bytes read foretell it. */
export function progressOf(tell: UsageRequest['onProgress']): ReadProgress {
  let last = -INTERVAL_MS;
  let known = 0;
  let walked = 0;
  const report = (total: number | null) => {
    const now = performance.now();
    const rows = known + walked;
    if (!tell || rows === 0 || now - last < INTERVAL_MS) return;
    last = now;
    tell({ rows, total });
  };
  return {
    known(rows) {
      known = rows;
      report(null);
    },
    walking(bytesRead, bytesTotal, records) {
      walked = records;
      report(bytesRead === 0 ? null : known + Math.round((records * bytesTotal) / bytesRead));
    },
    seen: () => report(known + walked),
  };
}
