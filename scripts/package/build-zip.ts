// The deployable package: what `npm start` sends to the local org and an admin to a real one.
import { zipSync, strToU8, type Zippable } from 'fflate';
import { fileURLToPath } from 'node:url';
import { assertFreshComponents } from './fresh-components.ts';
import { readProject } from './read-project.ts';
import { toZipFormat } from './zip-format.ts';

export interface BuildZip {
  /** Package directories, `force-app/main` by default. */
  readonly roots?: readonly string[];
  /** Folder that holds sfdx-project.json; this repository by default. */
  readonly projectDir?: string;
}

/** This repository's root. */
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Builds the Metadata API zip (package.xml at its root). The same files give the same bytes.
 * Throws `PackageError` for an unknown or broken file and for a component without a fresh `.js`.
 */
export function buildPackageZip({
  roots = ['force-app/main'],
  projectDir = PROJECT_DIR,
}: BuildZip = {}): Uint8Array {
  const project = readProject(projectDir, roots);
  assertFreshComponents(project);
  return zipBytes(toZipFormat(project.files));
}

/** Files as a zip; the same files give the same bytes. */
export function zipBytes(files: ReadonlyMap<string, string>): Uint8Array {
  const entries: Zippable = {};
  for (const [path, text] of files) entries[path] = strToU8(text);
  // Zip times are local and start in 1980; one fixed moment keeps the bytes equal everywhere.
  return zipSync(entries, { level: 9, mtime: new Date(1980, 0, 1), os: 3 });
}
