import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonicalXml, child, escapeXml, parseXml, XmlError, type XmlNode } from './xml.ts';

describe('parseXml', () => {
  it('knows line and column of every element, also after CRLF and a byte order mark', () => {
    const root = parseXml('\uFEFF<?xml version="1.0"?>\r\n<a>\r\n  <b>x</b>\r\n</a>');
    assert.deepEqual([root.line, root.column], [2, 1]);
    assert.deepEqual([child(root, 'b')!.line, child(root, 'b')!.column], [3, 3]);
  });

  const refused: readonly { name: string; source: string; line: number; message: RegExp }[] = [
    { name: 'a tag closed by another', source: '<a>\n<b></a>', line: 2, message: /Expected closing tag 'b'/ },
    { name: 'a document type', source: '<!DOCTYPE a>\n<a/>', line: 1, message: /document type/ },
    {
      name: 'an entity of its own',
      source: '<a>\n<b>&boom;</b></a>',
      line: 2,
      message: /&boom; was referenced/,
    },
    { name: 'a second root', source: '<a/>\n<b/>', line: 2, message: /second root element <b>/ },
    { name: 'nothing', source: '', line: 1, message: /./ },
    {
      name: 'a pit without bottom',
      source: `${'<a>'.repeat(80)}${'</a>'.repeat(80)}`,
      line: 1,
      message: /nested|depth|Maximum/i,
    },
  ];
  for (const { name, source, line, message } of refused) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => parseXml(source),
        (error) => error instanceof XmlError && error.line === line && message.test(error.message),
      );
    });
  }

  it('never throws anything but XmlError on damaged files', () => {
    const good =
      '<?xml version="1.0"?><A xmlns="x"><b c="d">e &amp; f</b><!-- g --><h><![CDATA[<i>]]></h></A>';
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(8),
        fc.string({ maxLength: 6, unit: fc.constantFrom(...'<>/&;!?"=[]-ab ') }),
        (at, cut, noise) => {
          try {
            parseXml(good.slice(0, at) + noise + good.slice(at + cut));
          } catch (error) {
            assert.ok(error instanceof XmlError, String(error));
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('canonicalXml', () => {
  it('is undone by parsing, whatever the text', () => {
    const word = fc
      .string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(...'ab &<>"\'é') })
      .map((text) => text.trim());
    fc.assert(
      fc.property(word, word, (text, attribute) => {
        const node: XmlNode = {
          name: 'a',
          attributes: {},
          text: '',
          line: 1,
          column: 1,
          children: [{ name: 'b', attributes: { c: attribute }, text, line: 1, column: 4, children: [] }],
        };
        const again = parseXml(canonicalXml(node));
        assert.equal(again.children[0]!.text, text);
        assert.equal(again.children[0]!.attributes['c'] ?? '', escapeXml(attribute));
      }),
    );
  });
});
