import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { removeOldBuilds } from './remove-old-builds.ts';

test('what was used within the hour stays, older builds and memories go', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'builds-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const now = Date.parse('2026-11-17T12:00:00Z');
  for (const [name, minutes] of [
    ['page-new', 59],
    ['page-old', 61],
  ] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'record-page.js'), '');
    writeFileSync(join(folder, `${name}.json`), '');
    for (const one of [name, `${name}.json`])
      utimesSync(join(folder, one), now / 1000, now / 1000 - minutes * 60);
  }
  removeOldBuilds(folder, now);
  assert.deepEqual(readdirSync(folder).sort(), ['page-new', 'page-new.json']);
});
