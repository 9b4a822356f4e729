// The text of a PDF as Chromium prints it: flate streams, glyphs in hexadecimal, a ToUnicode table for each font.
// https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 9.4.3 and 9.10.3.
import { unzlibSync } from 'fflate';

type Objects = ReadonlyMap<string, { readonly head: string; readonly stream: string }>;

/** The pages' texts in drawing order, a line a text object. Throws where a font has no table: no text is dropped. */
export function pdfText(bytes: Uint8Array): string {
  const objects = objectsOf(bytes);
  const fonts = fontsOf(objects);
  const lines: string[] = [];
  for (const { stream } of objects.values())
    for (const [, block] of stream.matchAll(/\bBT\b([\s\S]*?)\bET\b/g)) lines.push(blockText(block!, fonts));
  return lines.join('\n');
}

function objectsOf(bytes: Uint8Array): Objects {
  const source = Buffer.from(bytes).toString('latin1');
  const objects = new Map<string, { head: string; stream: string }>();
  for (const match of source.matchAll(/(\d+) 0 obj\b([\s\S]*?)endobj/g)) {
    const [whole, id, body] = match;
    const [head = ''] = body!.split('stream\n');
    const start = match.index + whole.indexOf('stream\n') + 'stream\n'.length;
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const isPacked = whole.includes('stream\n') && head.includes('/FlateDecode');
    const stream = isPacked
      ? Buffer.from(unzlibSync(bytes.subarray(start, start + length))).toString('latin1')
      : '';
    objects.set(id!, { head, stream });
  }
  return objects;
}

/** Glyph to text, by the name that pages give a font. */
function fontsOf(objects: Objects): Map<string, Map<string, string>> {
  const fonts = new Map<string, Map<string, string>>();
  for (const { head } of objects.values())
    for (const [, name, id] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!)?.head ?? '')?.[1];
      if (table !== undefined) fonts.set(name!, glyphsOf(objects.get(table)!.stream));
    }
  return fonts;
}

function glyphsOf(table: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  const texts = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, part] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph, text] of part!.matchAll(/<(\w+)> <(\w+)>/g))
      glyphs.set(glyph!.toUpperCase(), texts(text!));
  for (const [, part] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, text] of part!.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g))
      for (let step = 0; step <= parseInt(to!, 16) - parseInt(from!, 16); step += 1) {
        const glyph = (parseInt(from!, 16) + step).toString(16).padStart(4, '0').toUpperCase();
        glyphs.set(glyph, String.fromCodePoint((texts(text!).codePointAt(0) ?? 0) + step));
      }
  return glyphs;
}

function blockText(block: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font = '';
  let text = '';
  for (const [, name, hex] of block.matchAll(/\/(F\d+) [\d.]+ Tf|<(\w+)>/g)) {
    if (name !== undefined) font = name;
    for (const glyph of hex?.match(/.{4}/g) ?? []) {
      const shown = fonts.get(font)?.get(glyph.toUpperCase());
      if (shown === undefined) throw new Error(`Glyph ${glyph} of font ${font} has no text.`);
      text += shown;
    }
  }
  return text;
}
