import { createHmac, createSecretKey, hkdfSync, randomUUID, type KeyObject } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sealFile, unsealFile } from './sealed-file.ts';

/** Of the layout of the table `usage` and of what its rows mean: raise it with either. */
const VERSION = 1;
const KEEP_DAYS = 30;
const DAY_MS = 86_400_000;
const ENDING = '.usage';

const Rejects = z.array(z.strictObject({ line: z.number(), reason: z.string() }));

/** What a file's rows do not say: how many records there were, and which of them were refused. */
const UsageHead = z.strictObject({
  /** The clock of the read; what was in the future then may not be now. */
  at: z.string(),
  good: z.int().min(0),
  /** The file's header; null where every record has its own columns. */
  columns: z.array(z.string()).nullable(),
  /** Records that were not well-formed. */
  rejects: Rejects,
  /** Well-formed ones that hold a value that cannot be. */
  values: Rejects,
});
export type UsageHead = z.infer<typeof UsageHead>;

export interface UsageCacheOptions {
  /** Folder of this source alone; made when it is needed. */
  readonly folder: string;
  readonly secret: string;
  /** Everything but the file that decides what its rows look like. */
  readonly shape: unknown;
  readonly now: Date;
}

/**
 * Rows of the table `usage` kept between runs, a sealed file for each input file, found by the hash of its content and of
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
    this.#shape = JSON.stringify([VERSION, shape]);
    this.#now = now;
  }

  /** Writes the rows of a file with that content to the new file `rows`; null, and no file, where they are not known. */
  async recall(content: string, rows: string): Promise<UsageHead | null> {
    const name = this.#nameOf(content);
    const path = join(this.#folder, name);
    try {
      const head = UsageHead.parse(JSON.parse(await unsealFile(path, { key: this.#key, name }, rows)));
      if (new Date(head.at) > this.#now)
        throw new RangeError('These rows were read at a later time than now.');
      await utimes(path, this.#now, this.#now);
      return head;
    } catch {
      await rm(rows, { force: true });
      return null;
    }
  }

  /** Keeps the rows in the file `rows`. Other runs see all of them or nothing. */
  async keep(content: string, head: Omit<UsageHead, 'at'>, rows: string): Promise<void> {
    const name = this.#nameOf(content);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const part = join(this.#folder, `${name}.${randomUUID()}.part`);
    try {
      const whole: UsageHead = { at: this.#now.toISOString(), ...head };
      await sealFile(part, { key: this.#key, name }, JSON.stringify(whole), rows);
      await utimes(part, this.#now, this.#now);
      await rename(part, join(this.#folder, name));
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Removes what no run has used for thirty days: files that are gone, or were read for another configuration. */
  async expire(): Promise<void> {
    for (const name of await namesIn(this.#folder)) {
      const path = join(this.#folder, name);
      const used = await stat(path).catch(() => null);
      if (used !== null && this.#now.getTime() - used.mtimeMs > KEEP_DAYS * DAY_MS)
        await rm(path, { force: true });
    }
  }

  // Keyed, because the plain hash of a small file can be guessed.
  #nameOf(content: string): string {
    const mark = createHmac('sha256', this.#key)
      .update(this.#shape)
      .update('\0')
      .update(content)
      .digest('hex');
    return `${mark}${ENDING}`;
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
      if (!name.includes(ENDING)) continue;
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
