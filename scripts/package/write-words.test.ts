import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { renderWords } from './write-words.ts';

const ROOT = new URL('../../', import.meta.url);
const LABELS = readFileSync(
  new URL('force-app/main/default/labels/CustomLabels.labels-meta.xml', ROOT),
  'utf8',
);
const SPANISH = readFileSync(
  new URL('force-app/translations/default/translations/es.translation-meta.xml', ROOT),
  'utf8',
);

test('the words of the sync are those of the labels', () => {
  const run = spawnSync(process.execPath, ['scripts/package/write-words.ts', '--check'], {
    cwd: fileURLToPath(ROOT),
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stderr);
});

test('names the label without a translation', async () => {
  const without = SPANISH.replace(
    / {4}<customLabels>\s*<label>[^<]*<\/label>\s*<name>Pilot_Next_OVERRUN<\/name>\s*<\/customLabels>\n/,
    '',
  );
  assert.notEqual(without, SPANISH);
  await assert.rejects(renderWords(LABELS, without), /lacks Pilot_Next_OVERRUN/);
});

test('names the translation that loses a placeholder', async () => {
  const broken = SPANISH.replace('el piloto termina el {ends}', 'el piloto termina pronto');
  assert.notEqual(broken, SPANISH);
  await assert.rejects(renderWords(LABELS, broken), /Pilot_Signal_TERMS_NOT_READY\w*: placeholders/);
});

test('labels are sorted by name, so that two people can add to the file', () => {
  const names = [...LABELS.matchAll(/<fullName>(\w+)</g)].map((match) => match[1]!);
  assert.deepEqual(
    names,
    names.toSorted((a, b) => (a < b ? -1 : 1)),
  );
});
