import { createHmac, createSecretKey, hkdfSync, randomUUID, type KeyObject } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sealFile, sealText, unsealFile, unsealText } from './sealed-file.ts';

/** Of the layout of the tables `key_day` and `member` and of what their rows mean: raise it with either. */
const VERSION = 2;
const KEEP_DAYS = 30;
const DAY_MS = 86_400_000;
const MARK_CHARACTERS = 32;
/** A part is two files: what it is of, which is looked at first, and its rows. */
const HEAD = '.head.usage';
const ROWS = '.rows.usage';

const Rejects = z.array(z.strictObject({ line: z.number(), reason: z.string() }));

/** What rows do not say of a file they are of: how many records there were, and which of them were refused. */
const PartFile = z.strictObject({
  /** Hash of its bytes, and the format they were read as. */
  content: z.string(),
  good: z.int().min(0),
  /** The file's header; null where every record has its own columns. */
  columns: z.array(z.string()).nullable(),
  /** Records that were not well-formed. */
  rejects: Rejects,
  /** Well-formed ones that hold a value that cannot be. */
  values: Rejects,
});
export type PartFile = z.infer<typeof PartFile>;

const PartHead = z.strictObject({
  /** The clock of the read; what was in the future then may not be now. */
  at: z.string(),
  files: z.array(PartFile).min(1),
  /** Zones by the numbers that the rows have. */
  zones: z.array(z.string()),
  /** How keys were read, where not as most are, and all keys that occur. */
  forms: z.record(z.string(), z.string()),
  keys: z.array(z.string()),
});
export type PartHead = Omit<z.infer<typeof PartHead>, 'at'>;

/** Some files' rows of both tables, added up, as a run has left them. */
export interface KeptPart extends PartHead {
  readonly name: string;
}

export interface UsageCacheOptions {
  /** Folder of this source alone; made when it is needed. */
  readonly folder: string;
  readonly secret: string;
  /** Everything but the files that decides what their rows look like. */
  readonly shape: unknown;
  readonly now: Date;
}

/**
 * What files have put into the tables, kept between runs in sealed files, and found by the hashes of the files' contents and of
 * all that shapes the rows. Whatever is missing, damaged or sealed under another secret is not there, and costs time.
 */
export class UsageCache {
  readonly #folder: string;
  readonly #key: KeyObject;
  readonly #shape: string;
  readonly #now: Date;

  constructor({ folder, secret, shape, now }: UsageCacheOptions) {
    this.#folder = folder;
    const bytes = hkdfSync('sha256', secret, '', 'pilot usage cache', 32);
    this.#key = createSecretKey(Buffer.from(bytes));
    this.#shape = this.#markOf(JSON.stringify([VERSION, shape]));
    this.#now = now;
  }

  /** Parts that were kept for this shape, those of the most files first. */
  async parts(): Promise<KeptPart[]> {
    const parts: KeptPart[] = [];
    for (const file of await namesIn(this.#folder)) {
      if (!file.startsWith(this.#shape) || !file.endsWith(HEAD)) continue;
      const seal = { key: this.#key, name: file };
      const text = await unsealText(join(this.#folder, file), seal).catch(() => 'null');
      const head = PartHead.safeParse(JSON.parse(text));
      if (!head.success || new Date(head.data.at) > this.#now) continue;
      parts.push({ name: file.slice(0, -HEAD.length), ...head.data });
    }
    const order = (a: KeptPart, b: KeptPart) => b.files.length - a.files.length || (a.name < b.name ? -1 : 1);
    return parts.sort(order);
  }

  /** Writes the rows of a part to the new file `rows`; false, and no file, where they are not there any more. */
  async recall({ name }: KeptPart, rows: string): Promise<boolean> {
    try {
      await unsealFile(join(this.#folder, name + ROWS), { key: this.#key, name: name + ROWS }, rows);
      for (const ending of [HEAD, ROWS])
        await utimes(join(this.#folder, name + ending), this.#now, this.#now);
      return true;
    } catch {
      await rm(rows, { force: true });
      return false;
    }
  }

  /** Keeps the rows in the file `rows`. Other runs see all of them or nothing: the head comes last. */
  async keep(head: PartHead, rows: string): Promise<void> {
    const contents = head.files.map(({ content }) => content).toSorted();
    const name = `${this.#shape}-${this.#markOf(JSON.stringify(contents))}`;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#write(name + ROWS, (path, seal) => sealFile(path, seal, '', rows));
    const text = JSON.stringify({ at: this.#now.toISOString(), ...head });
    await this.#write(name + HEAD, (path, seal) => sealText(path, seal, text));
  }

  async remove({ name }: KeptPart): Promise<void> {
    for (const ending of [HEAD, ROWS]) await rm(join(this.#folder, name + ending), { force: true });
  }

  /** Removes what no run has used for thirty days: of files that are gone, or were read for another configuration. */
  async expire(): Promise<void> {
    for (const name of await namesIn(this.#folder)) {
      const path = join(this.#folder, name);
      const used = await stat(path).catch(() => null);
      if (used !== null && this.#now.getTime() - used.mtimeMs > KEEP_DAYS * DAY_MS)
        await rm(path, { force: true });
    }
  }

  async #write(
    name: string,
    seal: (path: string, seal: { key: KeyObject; name: string }) => Promise<void>,
  ): Promise<void> {
    const part = join(this.#folder, `${name}.${randomUUID()}.part`);
    try {
      await seal(part, { key: this.#key, name });
      await utimes(part, this.#now, this.#now);
      await rename(part, join(this.#folder, name));
    } finally {
      await rm(part, { force: true });
    }
  }

  // Keyed, because the plain hash of a small file can be guessed.
  #markOf(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex').slice(0, MARK_CHARACTERS);
  }
}

/**
 * Removes all kept rows of all sources below `folder`, or counts them only. Nobody is lost by that but time, so that who
 * is to be forgotten need not be looked for. Answers the number of files.
 */
export async function emptyUsageCache(folder: string, isDryRun: boolean): Promise<number> {
  let count = 0;
  for (const source of await namesIn(folder))
    for (const name of await namesIn(join(folder, source))) {
      if (!name.includes('.usage')) continue;
      count++;
      if (!isDryRun) await rm(join(folder, source, name), { force: true });
    }
  return count;
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}
