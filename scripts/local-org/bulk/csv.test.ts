import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DELIMITERS, parseCsv, writeCsv } from './csv.ts';

const cell = fc.string({
  unit: fc.constantFrom('a', '"', ',', ';', '|', '\t', '^', '`', '\n', '\r', ' ', 'é'),
  maxLength: 6,
});

test('what is written is read back, with every delimiter and line end', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 2, max: 4 })
        .chain((width) =>
          fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
        ),
      fc.constantFrom(...Object.values(DELIMITERS)),
      fc.constantFrom('\n', '\r\n'),
      (rows, delimiter, lineEnd) =>
        assert.deepEqual(parseCsv(writeCsv(rows, delimiter, lineEnd), delimiter), rows),
    ),
  );
});

const RULES = [
  {
    name: 'plain values keep their spaces',
    text: 'a, b \nc,d',
    expected: [
      ['a', ' b '],
      ['c', 'd'],
    ],
  },
  {
    name: 'a last empty value counts',
    text: 'a,b\nc,',
    expected: [
      ['a', 'b'],
      ['c', ''],
    ],
  },
  {
    name: 'empty lines do not',
    text: 'a,b\n\nc,d\n\n',
    expected: [
      ['a', 'b'],
      ['c', 'd'],
    ],
  },
  { name: 'a byte order mark does not', text: '\ufeffa,b\n', expected: [['a', 'b']] },
];
for (const { name, text, expected } of RULES)
  test(name, () => assert.deepEqual(parseCsv(text, ','), expected));

test('a quote that does not end, and text beside one that does, are refused', () => {
  assert.throws(() => parseCsv('a,"b\nc', ','), { errorCode: 'CLIENT_INPUT_ERROR', message: /does not end/ });
  assert.throws(() => parseCsv('a,"b" ,c', ','), { errorCode: 'CLIENT_INPUT_ERROR', message: /Row 1/ });
});
