// Compiling takes most of a build, and a file that did not change gives the same result.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'rollup';

/**
 * Wraps a plugin whose `transform` depends on text and place alone, so that a file is transformed once; the
 * results of the latest build are kept in `file`, which may vanish or be damaged at any time.
 */
export function rememberTransforms(plugin: Plugin, file: string): Plugin {
  const transform = plugin.transform;
  if (typeof transform !== 'function')
    throw new TypeError(`${plugin.name} has no transform function to remember.`);
  const known = readResults(file);
  const used = new Map<string, string>();
  return {
    ...plugin,
    async transform(source, id, options) {
      const key = createHash('sha256').update(id).update('\0').update(source).digest('base64url');
      const remembered = known.get(key);
      if (remembered !== undefined) {
        used.set(key, remembered);
        return { code: remembered, map: null };
      }
      const result = await transform.call(this, source, id, options);
      if (typeof result === 'object' && result !== null && result.code !== undefined)
        used.set(key, result.code);
      return result;
    },
    buildEnd(error) {
      if (error) return;
      if ([...used.keys()].some((key) => !known.has(key))) writeResults(file, used);
      else if (used.size > 0) utimesSync(file, new Date(), new Date());
    },
  };
}

function readResults(file: string): Map<string, string> {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const pairs = Object.entries(stored ?? {}).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    );
    return new Map(pairs);
  } catch {
    return new Map();
  }
}

function writeResults(file: string, results: ReadonlyMap<string, string>): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(Object.fromEntries(results)));
  renameSync(unfinished, file);
}
