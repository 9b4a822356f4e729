import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsText } from './run-words.ts';

const problem = (code: string) => ({ code, message: 'A sentence in English, with place and value.' });
const SPANISH = ' (el detalle, en inglés, está en la salida de la sincronización)';

test('the record of a run names its problems, in Spanish by their codes and where the rest is said', () => {
  const two = [problem('MASS_CHANGE'), problem('ACTIVITIES_HIDDEN')];
  assert.equal(
    problemsText(two, 'en'),
    'MASS_CHANGE: A sentence in English, with place and value.\nACTIVITIES_HIDDEN: A sentence in English, with place and value.',
  );
  assert.equal(problemsText(two, 'es'), `MASS_CHANGE, ACTIVITIES_HIDDEN${SPANISH}`);
  assert.equal(problemsText([...two, ...two], 'es'), `MASS_CHANGE, ACTIVITIES_HIDDEN${SPANISH}`);
  assert.deepEqual([problemsText([], 'en'), problemsText([], 'es')], ['', '']);
});

test('the record of a run is cut to the length of its field, and keeps where the rest is said', () => {
  const many = Array.from({ length: 40 }, (_, index) => problem(`SOURCE_PROBLEM_${index}`));
  for (const language of ['en', 'es'] as const) assert.equal(problemsText(many, language).length, 255);
  assert.ok(problemsText(many, 'es').endsWith(`…${SPANISH}`));
});
