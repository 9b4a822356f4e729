import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseCsv, writeCsv } from './csv.ts';

test('what is written is read back, whatever it holds', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '"', '""', ',', '\n', '\r\n', ' a ', '#N/A', '=1+1', "'", '\\', '\u0000', ';|\t^`'),
  );
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1 }));
  fc.assert(fc.property(table, (rows) => assert.deepEqual(parseCsv(writeCsv(rows)), rows)));
});

test('plain values and CRLF of other writers are read', () => {
  assert.deepEqual(parseCsv('a,b\r\n1,"2"\r\n,\r\n'), [
    ['a', 'b'],
    ['1', '2'],
    ['', ''],
  ]);
  assert.deepEqual(parseCsv(''), []);
});

for (const text of ['"a","b"\n"1"', '"a"\n"b', '"a"x\n'])
  test(`a damaged text is refused: ${JSON.stringify(text)}`, () => {
    assert.throws(() => parseCsv(text), RangeError);
  });
