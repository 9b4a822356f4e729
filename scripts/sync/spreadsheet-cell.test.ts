import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cellValue, spreadsheetCell } from './spreadsheet-cell.ts';

const leaders = fc.constantFrom('', "'", "''", '=', '+', '-', '@', '\t', "'=", "''@");
const cells = fc.tuple(leaders, fc.string()).map(([start, rest]) => start + rest);

test('what is written for a spreadsheet reads back as it was, and never begins like a formula', () => {
  fc.assert(
    fc.property(cells, (value) => {
      const cell = spreadsheetCell(value);
      assert.equal(cellValue(cell), value);
      assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
    }),
  );
});

test('an apostrophe that stands before no formula is left alone', () => {
  for (const value of ["'s-hertogenbosch", "'", '', 'acme-eu']) {
    assert.equal(spreadsheetCell(value), value);
    assert.equal(cellValue(value), value);
  }
});
