import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FAILURE_CODES } from '../salesforce/classify-failure.ts';
import { SOURCE_ERROR_CODES } from '../sources/source-error.ts';

const SCRIPTS = new URL('..', import.meta.url).pathname;

/** Every code that the code of these folders can end with, by the way codes are written in them. */
function codesInUse(): Set<string> {
  const files = ['cli', 'domain', 'insight', 'package', 'report', 'salesforce', 'sample', 'sync'].flatMap(
    (folder) =>
      readdirSync(join(SCRIPTS, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'policy-fields.ts')
        .map((name) => readFileSync(join(SCRIPTS, folder, name), 'utf8')),
  );
  const written = files.flatMap((text) => [
    ...text.matchAll(/new (?:Config|Transient|Fatal|Package)Error\(\s*'([A-Z_]+)'/g),
    ...text.matchAll(/readonly code = '([A-Z_]+)'/g),
    ...text.matchAll(/refuse\('([A-Z_]+)'/g),
    ...text.matchAll(
      /kind: '(?:skipped|Rejected event|Overlap|Unknown key)',(?:(?!code:)[^}])*code: '([A-Z_]+)'/g,
    ),
  ]);
  const unions = files.flatMap((text) =>
    [...text.matchAll(/readonly code: ('[A-Z_]+'(?: \| '[A-Z_]+')*);/g)].flatMap((match) =>
      match[1]!.match(/[A-Z_]+/g)!,
    ),
  );
  return new Set([
    ...written.map((match) => match[1]!),
    ...unions.filter((code) => /^(POLICY|PACKAGE)_/.test(code)),
    ...FAILURE_CODES,
    ...SOURCE_ERROR_CODES,
  ]);
}

const documented = [
  ...readFileSync(join(SCRIPTS, 'README.md'), 'utf8').matchAll(/^\| `([A-Z_]+)` +\| (\w+) +\| .{10,} \|$/gm),
].map((match) => match[1]!);

test('every code has one line in the handbook, in alphabetical order', () => {
  assert.deepEqual(documented, [...new Set(documented)].toSorted());
  assert.deepEqual(
    [...codesInUse()].filter((code) => !documented.includes(code)),
    [],
  );
});

test('the handbook names no code that nothing ends with', () => {
  const texts = readdirSync(SCRIPTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    .map((name) => readFileSync(join(SCRIPTS, name), 'utf8'))
    .join('\n');
  assert.deepEqual(
    documented.filter((code) => !texts.includes(`'${code}'`)),
    [],
  );
});
