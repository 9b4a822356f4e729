// Salesforce metadata XML as a tree that knows where each element stands. Hostile until parsed:
// no document type (so no entities of its own), bounded size and depth, one root.
import { XMLParser, XMLValidator } from 'fast-xml-parser';

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text of a leaf, entities resolved; white space as written. */
  readonly text: string;
  readonly children: readonly XmlNode[];
  /** 1-based, of the start tag. */
  readonly line: number;
  readonly column: number;
}

/** A file that is not well-formed, or that asks for what metadata never needs. */
export class XmlError extends Error {
  readonly line: number;
  readonly column: number;
  constructor(message: string, line: number, column: number) {
    super(message);
    this.name = 'XmlError';
    this.line = line;
    this.column = column;
  }
}

// The Metadata API refuses zips beyond 39 MB; a single definition of ours stays under one.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm
const MAX_CHARACTERS = 10_000_000;
const MAX_DEPTH = 60;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  captureMetaData: true,
  processEntities: false,
  cdataPropName: '#cdata',
  commentPropName: '#comment',
});
const POSITION = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** Parses one document; throws `XmlError` with line and column. */
export function parseXml(source: string): XmlNode {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const placeOf = lineIndex(text);
  if (text.length > MAX_CHARACTERS)
    throw new XmlError(`The file has ${text.length} characters; ${MAX_CHARACTERS} are allowed.`, 1, 1);
  const docType = /<!DOCTYPE|<!ENTITY/i.exec(text);
  if (docType)
    throw new XmlError('A document type declaration is not allowed in metadata.', ...placeOf(docType.index));
  const checked = XMLValidator.validate(text);
  if (checked !== true) throw new XmlError(checked.err.msg, checked.err.line, checked.err.col);

  const roots = elements(parsed(text), placeOf, 1);
  const [root, second] = roots;
  if (!root) throw new XmlError('The file holds no element.', 1, 1);
  if (second)
    throw new XmlError(
      `A second root element <${second.name}> follows <${root.name}>.`,
      second.line,
      second.column,
    );
  return root;
}

// The validator lets a few files pass that the parser then refuses, without saying where.
function parsed(text: string): unknown[] {
  try {
    return parser.parse(text) as unknown[];
  } catch (error) {
    throw new XmlError(error instanceof Error ? error.message : String(error), 1, 1);
  }
}

type Place = [line: number, column: number];

function lineIndex(text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return [low + 1, offset - starts[low]! + 1];
  };
}

function elements(items: readonly unknown[], placeOf: (offset: number) => Place, depth: number): XmlNode[] {
  const nodes: XmlNode[] = [];
  for (const item of items as Record<string | symbol, unknown>[]) {
    const name = Object.keys(item).find((key) => key !== ':@');
    if (name === undefined || name.startsWith('#') || name.startsWith('?')) continue;
    const [line, column] = placeOf((item[POSITION] as { startIndex?: number } | undefined)?.startIndex ?? 0);
    if (depth > MAX_DEPTH)
      throw new XmlError(`Elements are nested more than ${MAX_DEPTH} deep.`, line, column);
    const inner = item[name] as unknown[];
    const children = elements(inner, placeOf, depth + 1);
    const attributes = (item[':@'] ?? {}) as Record<string, string>;
    nodes.push({ name, attributes, text: textIn(inner, line, column), children, line, column });
  }
  return nodes;
}

function textIn(items: readonly unknown[], line: number, column: number): string {
  let text = '';
  for (const item of items as Record<string, unknown>[]) {
    if (typeof item['#text'] === 'string') text += resolveEntities(item['#text'], line, column);
    else if (Array.isArray(item['#cdata']))
      text += String((item['#cdata'][0] as Record<string, unknown> | undefined)?.['#text'] ?? '');
  }
  return text;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function resolveEntities(text: string, line: number, column: number): string {
  return text.replace(/&([^;\s]*);/g, (whole, name: string) => {
    const named = NAMED[name];
    if (named !== undefined) return named;
    const digits = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name);
    const code = digits ? Number.parseInt(digits[1] ?? digits[2]!, digits[1] ? 16 : 10) : Number.NaN;
    if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code);
    throw new XmlError(`The entity ${whole} was referenced, but not declared.`, line, column);
  });
}

/** First child element of that name. */
export function child(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find((each) => each.name === name);
}

/** All child elements of that name, in document order. */
export function childrenOf(node: XmlNode, name: string): XmlNode[] {
  return node.children.filter((each) => each.name === name);
}

/** Trimmed text of the first child of that name; null when absent or empty. */
export function textOf(node: XmlNode, name: string): string | null {
  const text = child(node, name)?.text.trim();
  return text ? text : null;
}

/** Whole number or decimal in the first child of that name; null when absent or not a number. */
export function numberOf(node: XmlNode, name: string): number | null {
  const text = textOf(node, name);
  return text !== null && Number.isFinite(Number(text)) ? Number(text) : null;
}

/** True when the first child of that name says `true`. */
export function flagOf(node: XmlNode, name: string): boolean {
  return textOf(node, name) === 'true';
}

/** Writes a tree back without indentation, so that two spellings of one definition compare equal. */
export function canonicalXml(node: XmlNode, rename = node.name): string {
  const attributes = Object.entries(node.attributes)
    .filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
  const inner =
    node.children.length > 0
      ? node.children.map((each) => canonicalXml(each)).join('')
      : escapeXml(node.text.trim());
  return `<${rename}${attributes}>${inner}</${rename}>`;
}

/** Text made safe for element content and double-quoted attributes. */
export function escapeXml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark]!,
  );
}
