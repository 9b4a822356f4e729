import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { readZip } from './read-zip.ts';

const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

/** Writes another unpacked size into the central directory, as a bomb's maker does. */
function withClaimedSize(bytes: Uint8Array, size: number): Uint8Array {
  const claimed = Buffer.from(bytes);
  const directory = claimed.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  claimed.writeUInt32LE(size, directory + 24);
  return claimed;
}

test('files are named from the folder that holds package.xml', () => {
  const files = readZip(zip({ 'unpackaged/package.xml': '<a/>', 'unpackaged/objects/A.object': '<b/>' }));
  assert.deepEqual([...files.keys()], ['package.xml', 'objects/A.object']);
});

for (const path of ['../escape.xml', 'a/../../escape.xml', '/etc/escape.xml'])
  test(`a path that leaves the zip is refused: ${path}`, () =>
    assert.throws(() => readZip(zip({ 'package.xml': '<a/>', [path]: 'x' })), {
      status: 400,
      errorCode: 'INVALID_ZIP_FILE',
      message: new RegExp(`the path ${path.replaceAll('.', '\\.')} leaves the zip`),
    }));

test('a bomb is refused by the size it claims, before it is unpacked', () =>
  assert.throws(() => readZip(withClaimedSize(zip({ 'package.xml': '<a/>' }), 500 * 1024 * 1024)), {
    status: 400,
    errorCode: 'LIMIT_EXCEEDED',
  }));

test('a bomb that claims to be small does not grow beyond its claim', () => {
  const bomb = withClaimedSize(zip({ 'package.xml': '0'.repeat(8 * 1024 * 1024) }), 10);
  try {
    assert.ok((readZip(bomb).get('package.xml')?.length ?? 0) <= 10);
  } catch (error) {
    assert.equal((error as { errorCode?: string }).errorCode, 'INVALID_ZIP_FILE');
  }
});

test('more files than a deploy may hold are refused', () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`f${index}`, '']));
  assert.throws(() => readZip(zip(many)), { status: 400, errorCode: 'LIMIT_EXCEEDED' });
});

test('bytes that are no zip are refused', () =>
  assert.throws(() => readZip(strToU8('no zip')), { status: 400, errorCode: 'INVALID_ZIP_FILE' }));
