import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { run } from 'node:test';
import { dot } from 'node:test/reporters';
import failuresReporter from './failures-reporter.ts';

// A failed test may leave its server open, and with it its process; forceExit lost the results of a whole file once.
const LONGEST_MS = 40 * 60_000;

/**
 * Runs test files in processes of their own, `lanes` at a time, begun in the order given (`node --test` would sort them).
 * Prints a dot for each test and writes one JSON line for each test and file into `results`. True when all are green.
 */
export async function runNodeTests(
  files: readonly string[],
  lanes: number,
  results: string,
): Promise<boolean> {
  const events = run({ files, concurrency: lanes, timeout: LONGEST_MS });
  let isGreen = false;
  events.on('test:summary', ({ file, success }) => {
    if (file === undefined) isGreen = success;
  });
  events.compose(dot).pipe(process.stdout, { end: false });
  await finished(events.compose(failuresReporter).pipe(createWriteStream(results)));
  return isGreen;
}
