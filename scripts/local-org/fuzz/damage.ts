import { pick } from './random.ts';

const PIECES = [
  ...[
    '"',
    "'",
    '\\',
    '\u0000',
    '\ufffd',
    '\u2028',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '&',
    ';',
    ',',
    '\n',
  ],
  ...['\r\n', '\t', '%', '_', '-', '-1', '1e999', 'null', 'NaN', '__proto__', 'constructor', '..', '/', '😀'],
  ...[
    'SELECT',
    ' FROM ',
    ' WHERE ',
    ' AND ',
    ' OR ',
    'NOT ',
    ' LIMIT ',
    '<!DOCTYPE x>',
    '<![CDATA[',
    ']]>',
    '@{a.id}',
  ],
];

type Damage = (text: string, at: number, random: () => number) => string;

const DAMAGES: readonly Damage[] = [
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at, random) => text.slice(0, at) + pick(random, PIECES) + text.slice(at),
  (text, at, random) =>
    text.slice(0, at) + pick(random, PIECES) + text.slice(at + 1 + Math.floor(random() * 8)),
  (text, at) => text.slice(0, at),
  (text, at, random) =>
    text.slice(0, at) + text.slice(at, at + Math.ceil(random() * 20)).repeat(2) + text.slice(at),
  (text, at, random) =>
    text.slice(0, at) + pick(random, ['(', '[', '{', '<a>', '"']).repeat(200) + text.slice(at),
  (text, at, random) =>
    text.slice(0, at) + String.fromCharCode(Math.floor(random() * 0xffff)) + text.slice(at),
];

/** A text with one to four damages: cut, doubled, filled with what parsers stumble over. */
export function damageText(text: string, random: () => number): string {
  let damaged = text;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1)
    damaged = pick(random, DAMAGES)(damaged, Math.floor(random() * (damaged.length + 1)), random);
  return damaged;
}

/** Bytes flipped, cut off or doubled. */
export function damageBytes(bytes: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  const damaged = new Uint8Array(bytes);
  for (let times = 1 + Math.floor(random() * 6); times > 0; times -= 1)
    damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * 256);
  const roll = random();
  if (roll < 0.15) return damaged.slice(0, Math.floor(random() * damaged.length));
  if (roll < 0.2) return new Uint8Array([...damaged, ...damaged.slice(0, 200)]);
  return damaged;
}
