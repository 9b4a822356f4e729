import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z
      .object({
        optionalDependencies: z.record(z.string(), z.string()).optional(),
        resolved: z.string().optional(),
      })
      .loose(),
  ),
});
const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

/** npm looks for a dependency beside the package, then one node_modules further up each time. */
function isResolvable(from: string, name: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in packages) return true;
    if (place === '') return false;
    if (!place.includes('/node_modules/')) return `node_modules/${name}` in packages;
  }
}

test('every optional dependency named in the lock is resolvable in the lock, or npm ci refuses it on another platform', () => {
  const missing = Object.entries(packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isResolvable(from, name))
      .map((name) => `${from || '(root)'} → ${name}`),
  );
  assert.deepEqual(missing, []);
});

test('the lock names no registry', () => {
  const named = Object.entries(packages).filter(([, entry]) => entry.resolved?.startsWith('http'));
  assert.deepEqual(named, []);
});
