import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { locateFile } from '../metadata/read/locate-file.ts';

export interface ProjectFiles {
  /** Path below the project, `/`-separated → bytes; sources and tests that no deploy takes are left out. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Path → last change in ms, of the same files and of component sources (`.ts`). */
  readonly changedMs: ReadonlyMap<string, number>;
}

/** Reads package directories such as `force-app/main`, sorted by path; a missing directory throws ENOENT. */
export function readProject(projectDir: string, roots: readonly string[]): ProjectFiles {
  const files = new Map<string, Uint8Array>();
  const changedMs = new Map<string, number>();
  const paths = roots.flatMap((root) =>
    readdirSync(join(projectDir, root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(projectDir, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  for (const path of ['sfdx-project.json', ...paths.sort()]) {
    changedMs.set(path, statSync(join(projectDir, path)).mtimeMs);
    if (locateFile(path).kind !== 'ignored') files.set(path, readFileSync(join(projectDir, path)));
  }
  return { files, changedMs };
}
