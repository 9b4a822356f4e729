// What a release consists of: the zips an admin deploys, what is in each, and their checksums.
import { createHash } from 'node:crypto';
import { readComponents } from '../metadata/read/read-components.ts';
import type { Component } from '../metadata/read/component.ts';
import { PROJECT_DIR, zipBytes } from './build-zip.ts';
import { assertFreshComponents } from './fresh-components.ts';
import type { PackageParts } from './package-parts.ts';
import { PACKAGE_ROOTS } from './package-roots.ts';
import { readProject } from './read-project.ts';
import { uninstallStages } from './uninstall-stages.ts';
import { zipFilesOf } from './zip-format.ts';

export const API_VERSION = '67.0';
const POLICY = 'PilotPolicy__mdt';

/** Reads force-app; throws `PackageError` for a component whose script is missing or old. */
export function packageParts(projectDir: string = PROJECT_DIR): PackageParts {
  const read = (root: string) => {
    const project = readProject(projectDir, [root]);
    assertFreshComponents(project);
    return readComponents(project.files).components;
  };
  const main = read(PACKAGE_ROOTS.core);
  const isRecord = ({ type }: Component) => type === 'CustomMetadata';
  const isPolicyType = ({ zipPath }: Component) => zipPath === `objects/${POLICY}.object`;
  return {
    core: main.filter((each) => !isRecord(each)),
    // Formulas read the policy's records, so the first deploy needs the type, its fields and the records beforehand.
    seed: main.filter((each) => isRecord(each) || isPolicyType(each)),
    page: read(PACKAGE_ROOTS.page),
    translations: read(PACKAGE_ROOTS.translations),
  };
}

/** File name → content: zips, `contents.txt`, `SHA256SUMS`. The same sources give the same bytes. */
export function buildRelease(version: string, parts: PackageParts = packageParts()): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const name = (part: string) => `pilot-tracker-${version}-${part}.zip`;
  for (const part of ['core', 'seed', 'page', 'translations'] as const)
    files.set(name(part), zipBytes(zipFilesOf(parts[part], API_VERSION)));
  for (const [index, stage] of uninstallStages(parts).entries())
    files.set(name(`uninstall-${index + 1}`), zipBytes(stage.files));
  const text = (content: string) => new TextEncoder().encode(content);
  const sums = [...files].map(
    ([file, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`,
  );
  files.set('contents.txt', text(contents(parts)));
  return files.set('SHA256SUMS', text(sums.join('')));
}

function contents(parts: PackageParts): string {
  return Object.entries(parts)
    .map(([part, components]: [string, readonly Component[]]) => {
      const members = new Set(components.map(({ type, fullName }) => `  ${type} ${fullName}\n`));
      return `${part} (${members.size})\n${[...members].sort().join('')}`;
    })
    .join('\n');
}
