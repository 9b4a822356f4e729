import { Worker } from 'node:worker_threads';
import type { CellResult, CellRun } from './run-cell.ts';

/** Runs all cells on `threads` threads; the results come back in the order of the runs. Rejects when a thread fails. */
export async function runCells(
  runs: readonly CellRun[],
  threads: number,
  onDone: (done: number) => void,
): Promise<CellResult[]> {
  const results: CellResult[] = [];
  let next = 0;
  let done = 0;
  const serve = async (): Promise<void> => {
    const worker = new Worker(new URL('./cell-worker.ts', import.meta.url));
    try {
      while (next < runs.length) {
        const index = next;
        next += 1;
        results[index] = await ask(worker, runs[index]!);
        done += 1;
        onDone(done);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, runs.length) }, serve));
  return results;
}

function ask(worker: Worker, run: CellRun): Promise<CellResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (result: CellResult) => {
      worker.off('error', reject);
      resolve(result);
    });
    worker.postMessage(run);
  });
}
