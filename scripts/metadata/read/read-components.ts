// Files → components. Both file forms give the same list in the same order, so that everything after
// this stage cannot tell a project from a deploy zip.
import { OBJECT_PARTS } from '../component-types.ts';
import type { MetadataProblem } from '../problem.ts';
import { canonicalXml, parseXml, textOf, XmlError, type XmlNode } from '../xml.ts';
import { NO_XML, type Component } from './component.ts';
import { locateFile, type FileRole } from './locate-file.ts';
import { readManifest, type Manifest } from './manifest.ts';

export type PackageFiles = ReadonlyMap<string, Uint8Array | string>;

export interface ReadComponents {
  readonly components: readonly Component[];
  readonly problems: readonly MetadataProblem[];
  /** `package.xml` of a deploy zip; null in a project. */
  readonly manifest: Manifest | null;
  /** From the manifest or `sfdx-project.json`; null when neither says. */
  readonly apiVersion: string | null;
}

export function readComponents(files: PackageFiles): ReadComponents {
  const components: Component[] = [];
  const problems: MetadataProblem[] = [];
  let manifest: Manifest | null = null;
  let apiVersion: string | null = null;

  for (const [file, content] of files) {
    const role = locateFile(file);
    const complain = (rule: string, problem: string, fix: string, line = 1, column: number | null = null) =>
      problems.push({
        file,
        line,
        column,
        componentType: typeOf(role),
        fullName: nameOf(role) ?? file,
        problem,
        rule,
        fix,
      });
    if (role.kind === 'ignored') continue;
    if (role.kind === 'unknown') {
      complain(
        'files/unknown',
        `The path ${file} is not a metadata file this package format knows.`,
        'Move or rename the file, or take it out of the package.',
      );
      continue;
    }
    const text = decode(content);
    if (text === null) {
      complain('files/encoding', 'The file is not UTF-8.', 'Save the file as UTF-8.');
      continue;
    }
    try {
      if (role.kind === 'project') apiVersion ??= projectApiVersion(text);
      else if (role.kind === 'manifest') manifest = readManifest(file, parseXml(text));
      else components.push(...componentsIn(role, file, text));
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      complain(
        'xml/well-formed',
        `Error parsing file: ${error.message}`,
        'Correct the XML at this place.',
        error.line,
        error.column,
      );
    }
  }
  components.sort(
    (a, b) => compare(a.type, b.type) || compare(a.fullName, b.fullName) || compare(a.zipPath, b.zipPath),
  );
  return { components, problems, manifest, apiVersion: manifest?.apiVersion ?? apiVersion };
}

function componentsIn(role: FileRole, file: string, text: string): Component[] {
  if (role.kind === 'bundle') {
    const node = role.zipPath.endsWith('.js-meta.xml') ? parseXml(text) : NO_XML;
    return [{ type: role.type, fullName: role.fullName, file, zipPath: role.zipPath, node, text }];
  }
  const node = parseXml(text);
  if (role.kind === 'part')
    return [part(role.type, role.object, textOf(node, 'fullName') ?? role.name, file, node)];
  if (role.kind !== 'definition' && role.kind !== 'folder') return [];
  if (role.type !== 'CustomObject')
    return [{ type: role.type, fullName: role.fullName, file, zipPath: role.zipPath, node, text }];

  const own = node.children.filter((each) => !(each.name in OBJECT_PARTS));
  const object: Component = {
    type: 'CustomObject',
    fullName: role.fullName,
    file,
    zipPath: role.zipPath,
    node: { ...node, children: own },
    text,
  };
  const parts = node.children
    .filter((each) => each.name in OBJECT_PARTS)
    .map((each) =>
      part(OBJECT_PARTS[each.name]!.type, role.fullName, textOf(each, 'fullName') ?? '', file, each),
    );
  // An `.object` file of a zip that only carries parts says nothing about the object itself.
  return own.length > 0 ? [object, ...parts] : parts;
}

function part(type: string, object: string, name: string, file: string, node: XmlNode): Component {
  return {
    type,
    fullName: `${object}.${name}`,
    file,
    zipPath: `objects/${object}.object`,
    node,
    text: canonicalXml(node, type),
  };
}

function decode(content: Uint8Array | string): string | null {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

function projectApiVersion(text: string): string | null {
  return /"sourceApiVersion"\s*:\s*"([0-9]+\.0)"/.exec(text)?.[1] ?? null;
}

function typeOf(role: FileRole): string {
  return 'type' in role ? role.type : '';
}

function nameOf(role: FileRole): string | null {
  if (role.kind === 'part') return `${role.object}.${role.name}`;
  return 'fullName' in role ? role.fullName : null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
