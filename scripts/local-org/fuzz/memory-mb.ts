/**
 * Memory of this process in MB, after a collection (with `--expose-gc`) that gives unused memory back. A usual one lets
 * V8 keep what it grew to: after 20,000 queries 138 MB, of which 7 were in use.
 */
export async function memoryMb() {
  await globalThis.gc?.({ execution: 'async', flavor: 'last-resort', type: 'major' });
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
  const mb = (bytes: number): number => bytes / 1024 / 1024;
  return { RSS: mb(rss), 'heap in use': mb(heapUsed), 'heap kept': mb(heapTotal), buffers: mb(external) };
}
