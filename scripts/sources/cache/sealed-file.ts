import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, writeFile, type FileHandle } from 'node:fs/promises';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;

/** Who may open a sealed file: the holder of the key, and only under the name it was sealed under. */
export interface Seal {
  readonly key: KeyObject;
  readonly name: string;
}

/** Writes a text alone, so that it can be read without what it belongs to. */
export async function sealText(path: string, { key, name }: Seal, text: string): Promise<void> {
  const nonce = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(name));
  const bytes = [nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()];
  await writeFile(path, Buffer.concat(bytes), { flag: 'wx', mode: 0o600, flush: true });
}

/** @throws Error when the file is not exactly what was sealed under this key and name */
export async function unsealText(path: string, { key, name }: Seal): Promise<string> {
  const bytes = await readFile(path);
  const end = bytes.length - TAG_BYTES;
  if (end < IV_BYTES) throw new RangeError(`A sealed file of ${bytes.length} bytes is cut off.`);
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(bytes.subarray(end));
  return decipher.update(bytes.subarray(IV_BYTES, end), undefined, 'utf8') + decipher.final('utf8');
}

/**
 * Writes `head` and the bytes of the file `body` encrypted to the new file `path` (mode 600): a nonce, the ciphertext, and
 * the tag of AES-GCM, which no changed byte, cut end or other name survives (NIST SP 800-38D).
 */
export async function sealFile(path: string, { key, name }: Seal, head: string, body: string): Promise<void> {
  const nonce = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(name));
  const file = await open(path, 'wx', 0o600);
  try {
    const text = Buffer.from(head);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(text.length);
    await file.appendFile(nonce);
    await file.appendFile(cipher.update(Buffer.concat([length, text])));
    for await (const chunk of createReadStream(body) as AsyncIterable<Buffer>)
      await file.appendFile(cipher.update(chunk));
    await file.appendFile(cipher.final());
    await file.appendFile(cipher.getAuthTag());
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Reads a sealed file: answers its head, and writes the rest to the new file `body`. What it wrote may be used only
 * when it has answered. @throws Error when the file is not exactly what was sealed under this key and name
 */
export async function unsealFile(path: string, { key, name }: Seal, body: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const end = size - TAG_BYTES;
    if (end < IV_BYTES + LENGTH_BYTES) throw new RangeError(`A sealed file of ${size} bytes is cut off.`);
    const decipher = createDecipheriv(ALGORITHM, key, await bytesAt(file, 0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(name))
      .setAuthTag(await bytesAt(file, end, TAG_BYTES));
    const out = new BodyWriter(await open(body, 'wx', 0o600));
    try {
      const ciphertext = file.createReadStream({ start: IV_BYTES, end: end - 1, autoClose: false });
      for await (const chunk of ciphertext as AsyncIterable<Buffer>) await out.take(decipher.update(chunk));
      await out.take(decipher.final());
      return out.head();
    } finally {
      await out.close();
    }
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new RangeError('A sealed file became shorter while it was read.');
  return buffer;
}

/** Divides the plain bytes into the head, which stays in memory, and the body, which goes to a file. */
class BodyWriter {
  readonly #file: FileHandle;
  #pending: Buffer | null = Buffer.alloc(0);
  #head: string | null = null;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async take(bytes: Buffer): Promise<void> {
    if (this.#pending === null) return await this.#file.appendFile(bytes);
    this.#pending = Buffer.concat([this.#pending, bytes]);
    if (this.#pending.length < LENGTH_BYTES) return;
    const end = LENGTH_BYTES + this.#pending.readUInt32BE();
    if (this.#pending.length < end) return;
    this.#head = this.#pending.toString('utf8', LENGTH_BYTES, end);
    await this.#file.appendFile(this.#pending.subarray(end));
    this.#pending = null;
  }

  head(): string {
    if (this.#head === null) throw new RangeError('A sealed file ends within its head.');
    return this.#head;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
