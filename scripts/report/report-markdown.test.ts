import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeMarkdown, reportMarkdown } from './report-markdown.ts';

for (const [text, shown] of [
  ['a | b', 'a \\| b'],
  ['<img src=x>', '\\<img src=x\\>'],
  ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
  ['# not a heading', '\\# not a heading'],
  ['- not a list', '\\- not a list'],
  ['1. not a list', '1\\. not a list'],
  ['9.9 months', '9.9 months'],
  ['two\nlines', 'two lines'],
  ['=1+1', '\\=1+1'],
  ['back\\slash', 'back\\\\slash'],
] as const)
  test(`${JSON.stringify(text)} stays plain text`, () => assert.equal(escapeMarkdown(text), shown));

test('sections become headings, paragraphs, tables, and charts a list of their bars', () => {
  const chart = { title: 'Users', bars: [{ label: 'Nov 2', value: 3, text: '3' }] };
  const table = { head: ['A', 'B'], rows: [['1', 'x|y']] };
  assert.equal(
    reportMarkdown('T', [{ heading: 'H', lines: ['L'], table, chart }]),
    '# T\n\n## H\n\nL\n\n| A | B |\n| --- | --- |\n| 1 | x\\|y |\n\nUsers\n\n- Nov 2: 3\n',
  );
});
