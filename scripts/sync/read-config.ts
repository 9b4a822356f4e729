import { readFile } from 'node:fs/promises';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { SyncConfig } from './sync-config.ts';

/** Reads a configuration file; every mistake in it is one line `file:line key: what is wrong`, all at once. */
export async function readConfig(file: string): Promise<SyncConfig> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new ConfigError('CONFIG_NOT_FOUND', `The configuration ${file} cannot be read.`, {
      actions: [
        'Name the file: npx pilot sync --config path/to/sync.yaml',
        'Start from config/sync.yaml of this project.',
      ],
      cause: error,
    });
  });
  return parseConfig(text, file);
}

/** Parses the text of a configuration; `file` is only used to name places. */
export function parseConfig(text: string, file: string): SyncConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [mistake] = document.errors;
  if (mistake) {
    const at = lines.linePos(mistake.pos[0]);
    throw invalid(file, [`${file}:${at.line} ${mistake.message.split('\n')[0]}`]);
  }
  const parsed = SyncConfig.safeParse(document.toJS() ?? {}, { error: emptyText });
  if (parsed.success) return parsed.data;
  throw invalid(
    file,
    parsed.error.issues.flatMap((issue) =>
      places(issue).map(
        ({ path, message }) => `${file}:${lineOf(document, lines, path)} ${dotted(path)}: ${message}`,
      ),
    ),
  );
}

/** Says of a text that must not be empty what the parser says in its own terms; null leaves it to the parser. */
function emptyText({ code, origin, minimum }: z.core.$ZodRawIssue): string | null {
  return code === 'too_small' && origin === 'string' && minimum === 1 ? 'must not be empty' : null;
}

interface Place {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

// Zod reports unknown keys at their parent; the person looks for the key.
function places(issue: z.core.$ZodIssue): Place[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    message: 'is not a key of this file; check its spelling, or remove it',
  }));
}

function dotted(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '(whole file)' : path.map(String).join('.');
}

/** Line of the deepest part of the path that the file has; a missing key is shown where it belongs. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function invalid(file: string, mistakes: readonly string[]): ConfigError {
  const message = `The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n  ${mistakes.join('\n  ')}`;
  return new ConfigError('CONFIG_INVALID', message, {
    actions: [`Correct ${file}; every key is explained in scripts/README.md.`],
  });
}
