import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackageZip, PROJECT_DIR } from '../package/build-zip.ts';
import { assertFreshComponents } from '../package/fresh-components.ts';
import { PACKAGE_ROOTS } from '../package/package-roots.ts';
import { readProject } from '../package/read-project.ts';

const FOLDER = join(PROJECT_DIR, 'build/test-packages');
// What turns the files into a zip; the lock file stands for the libraries.
const TOOLS = ['scripts/package/*.ts', 'scripts/metadata/**/*.ts', 'package-lock.json'];

/**
 * The package as `buildPackageZip` makes it: built by the first test process that asks, and kept by the hash of every file
 * it is made from and of the code that makes it. Throws `PackageError` as that does.
 */
export function testPackageZip(): Uint8Array {
  const project = readProject(PROJECT_DIR, [PACKAGE_ROOTS.core]);
  assertFreshComponents(project);
  const hash = createHash('sha256').update(process.version);
  for (const [path, bytes] of project.files) hash.update(`\0${path}\0`).update(bytes);
  for (const path of globSync(TOOLS, { cwd: PROJECT_DIR }).sort())
    hash.update(`\0${path}\0`).update(readFileSync(join(PROJECT_DIR, path)));
  const kept = join(FOLDER, `${hash.digest('hex').slice(0, 32)}.zip`);
  if (existsSync(kept)) return new Uint8Array(readFileSync(kept));
  const zip = buildPackageZip();
  mkdirSync(FOLDER, { recursive: true });
  // Another process may build the same one: the file appears whole or not at all.
  writeFileSync(`${kept}.${process.pid}`, zip);
  renameSync(`${kept}.${process.pid}`, kept);
  return zip;
}
