// Project form → the Metadata API's form: parts of an object folded into one `.object` file, everything
// else under its short path, and a `package.xml` that names each member.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_package.htm
import { partElement } from '../metadata/component-types.ts';
import type { Component } from '../metadata/read/component.ts';
import { readComponents, type PackageFiles } from '../metadata/read/read-components.ts';
import { childrenOf, escapeXml, textOf, type XmlNode } from '../metadata/xml.ts';
import { PackageError } from './package-error.ts';

const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** Files of a deploy zip, sorted by path, `package.xml` included; throws `PackageError` when a file is unknown or broken. */
export function toZipFormat(files: PackageFiles): Map<string, string> {
  const { components, problems, apiVersion } = readComponents(files);
  const [first] = problems;
  if (first) {
    const code = first.rule === 'files/unknown' ? 'PACKAGE_UNKNOWN_FILE' : 'PACKAGE_BROKEN_XML';
    throw new PackageError(code, `${first.file}:${first.line} ${first.problem}`, [
      first.fix,
      'npm run verify',
    ]);
  }
  if (apiVersion === null)
    throw new PackageError('PACKAGE_UNKNOWN_FILE', 'sfdx-project.json names no sourceApiVersion.', [
      'Add "sourceApiVersion": "67.0" to sfdx-project.json.',
    ]);

  return zipFilesOf(components, apiVersion);
}

/** Components in the deploy form, sorted by path, with a `package.xml` that names each. */
export function zipFilesOf(components: readonly Component[], apiVersion: string): Map<string, string> {
  const zip = new Map<string, string>();
  for (const each of components) if (!isObjectPiece(each)) zip.set(each.zipPath, each.text);
  for (const [path, pieces] of Map.groupBy(components.filter(isObjectPiece), (each) => each.zipPath))
    zip.set(path, objectFile(pieces));
  zip.set('package.xml', manifest(components, apiVersion));
  return new Map([...zip].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isObjectPiece(component: Component): boolean {
  return component.type === 'CustomObject' || partElement(component.type) !== undefined;
}

function objectFile(pieces: readonly Component[]): string {
  const own = pieces.find((each) => each.type === 'CustomObject')?.node.children ?? [];
  const parts = pieces
    .filter((each) => each.type !== 'CustomObject')
    .map((each) => ({ ...each.node, name: partElement(each.type)! }));
  // Repeated elements have to stand together.
  const children = [...own, ...parts].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return `${HEADER}<CustomObject xmlns="${NAMESPACE}">\n${children.map((each) => indented(each, 1)).join('')}</CustomObject>\n`;
}

function indented(node: XmlNode, depth: number): string {
  const margin = '    '.repeat(depth);
  const attributes = Object.entries(node.attributes)
    .filter(([name]) => !name.startsWith('xmlns'))
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('');
  const open = `${margin}<${node.name}${attributes}>`;
  if (node.children.length === 0) return `${open}${escapeXml(node.text.trim())}</${node.name}>\n`;
  return `${open}\n${node.children.map((each) => indented(each, depth + 1)).join('')}${margin}</${node.name}>\n`;
}

/** One definition as a file of its own. */
export function definitionText(node: XmlNode): string {
  const children = node.children.map((each) => indented(each, 1)).join('');
  return `${HEADER}<${node.name} xmlns="${NAMESPACE}">\n${children}</${node.name}>\n`;
}

function manifest(components: readonly Component[], apiVersion: string): string {
  const members = new Map<string, Set<string>>();
  const add = (type: string, member: string) =>
    members.set(type, (members.get(type) ?? new Set()).add(member));
  for (const each of components) {
    add(each.type, each.fullName);
    if (each.type === 'CustomLabels')
      for (const label of childrenOf(each.node, 'labels'))
        add('CustomLabel', textOf(label, 'fullName') ?? '');
  }
  const types = [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, names]) => {
      const lines = [...names].sort().map((name) => `        <members>${escapeXml(name)}</members>\n`);
      return `    <types>\n${lines.join('')}        <name>${type}</name>\n    </types>\n`;
    });
  return `${HEADER}<Package xmlns="${NAMESPACE}">\n${types.join('')}    <version>${apiVersion}</version>\n</Package>\n`;
}
