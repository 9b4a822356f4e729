// What a page keeps in memory, and how much of it is machine code that V8 made of the page's scripts.
import type { CDPSession } from 'playwright-core';
import { z } from 'zod';

export interface Heap {
  readonly bytes: number;
  readonly codeBytes: number;
}

// https://developer.chrome.com/docs/devtools/memory-problems/heap-snapshot-schema
const SNAPSHOT = z.object({
  snapshot: z.object({
    meta: z.object({ node_fields: z.array(z.string()), node_types: z.array(z.unknown()) }),
  }),
  nodes: z.array(z.number()),
});
const TYPES = z.array(z.string());

/** The heap after everything that nobody holds has gone. */
export async function measureHeap(browser: CDPSession): Promise<Heap> {
  // Twice: what the first pass finalises the second one frees.
  for (let pass = 0; pass < 2; pass += 1) await browser.send('HeapProfiler.collectGarbage');
  const { usedSize } = await browser.send('Runtime.getHeapUsage');
  return { bytes: usedSize, codeBytes: codeBytesOf(await takeSnapshot(browser)) };
}

async function takeSnapshot(browser: CDPSession): Promise<string> {
  const chunks: string[] = [];
  const keep = ({ chunk }: { readonly chunk: string }): void => void chunks.push(chunk);
  browser.on('HeapProfiler.addHeapSnapshotChunk', keep);
  await browser.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  browser.off('HeapProfiler.addHeapSnapshotChunk', keep);
  return chunks.join('');
}

function codeBytesOf(text: string): number {
  const { snapshot, nodes } = SNAPSHOT.parse(JSON.parse(text));
  const fields = snapshot.meta.node_fields;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const code = TYPES.parse(snapshot.meta.node_types[type]).indexOf('code');
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length)
    if (nodes[at + type] === code) bytes += nodes[at + size] ?? 0;
  return bytes;
}
