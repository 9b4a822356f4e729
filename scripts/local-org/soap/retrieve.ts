import { strToU8, zipSync, type Zippable } from 'fflate';
import { partElement } from '../../metadata/component-types.ts';
import { child, childrenOf, canonicalXml, parseXml, textOf, type XmlNode } from '../../metadata/xml.ts';
import { findSource, type SourceFile } from '../deploy/deployed-source.ts';
import type { OrgState } from '../org-state.ts';
import type { XmlValue } from './write-xml.ts';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const XML_HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** Every file stands below this folder unless the request says `singlePackage`. */
const FOLDER = 'unpackaged/';

/** A finished retrieve, ready to be written as `<result>`. */
export type RetrieveResult = Record<string, XmlValue>;

/**
 * The definitions that a request's manifest names, as they were deployed, in one zip; a name that the org does not have
 * is a message, not a failure.
 * https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_retrieveresult.htm
 */
export function retrieve(org: OrgState, request: XmlNode, userId: string): RetrieveResult {
  const manifest = child(request, 'unpackaged') ?? request;
  const found: SourceFile[] = [];
  const messages: XmlValue[] = [];
  for (const types of childrenOf(manifest, 'types')) {
    const type = textOf(types, 'name') ?? '';
    const names = childrenOf(types, 'members').map(({ text }) => text.trim());
    const files = findSource(org.store, type, names.includes('*') ? null : names);
    found.push(...files);
    for (const name of names)
      if (
        name !== '*' &&
        !files.some((file) => file.fullName === name || file.fullName.startsWith(`${name}.`))
      )
        messages.push({
          fileName: `${FOLDER}package.xml`,
          problem: `Entity of type '${type}' named '${name}' cannot be found`,
        });
  }
  const version = textOf(manifest, 'version') ?? textOf(request, 'apiVersion') ?? org.model.apiVersion;
  const files = new Map([...filesOf(found), ['package.xml', manifestXml(found, version)] as const]);
  const zip: Zippable = Object.fromEntries([...files].map(([path, text]) => [FOLDER + path, strToU8(text)]));
  return {
    done: true,
    fileProperties: found.map((file) => fileProperties(org, file, userId)),
    id: org.store.mintId('09S'),
    messages,
    status: 'Succeeded',
    success: true,
    zipFile: Buffer.from(zipSync(zip)).toString('base64'),
  };
}

function filesOf(found: readonly SourceFile[]): Map<string, string> {
  const files = new Map<string, string>();
  const objects = new Map<string, SourceFile[]>();
  for (const file of found)
    if (file.type === 'CustomObject' || partElement(file.type) !== undefined)
      objects.set(file.path, [...(objects.get(file.path) ?? []), file]);
    else files.set(file.path, file.text);
  for (const [path, parts] of objects) files.set(path, objectXml(parts));
  return files;
}

/** An object and its parts folded into one `.object` file, elements in the order of their names. */
function objectXml(parts: readonly SourceFile[]): string {
  const elements = new Map<string, { name: string; xml: string }>();
  for (const { type, fullName, text } of parts) {
    const node = parseXml(text);
    const element = partElement(type);
    if (element !== undefined)
      elements.set(`${element} ${fullName}`, { name: element, xml: canonicalXml(node, element) });
    else
      node.children.forEach((each, index) =>
        elements.set(`${each.name} ${index}`, { name: each.name, xml: canonicalXml(each) }),
      );
  }
  const sorted = [...elements.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return `${XML_HEADER}<CustomObject ${NAMESPACE}>${sorted.map(({ xml }) => xml).join('\n')}</CustomObject>\n`;
}

function manifestXml(found: readonly SourceFile[], version: string): string {
  const types = [...new Set(found.map(({ type }) => type))].map((type) => {
    const names = new Set(found.filter((file) => file.type === type).map(({ fullName }) => fullName));
    return `<types>${[...names].map((name) => `<members>${name}</members>`).join('')}<name>${type}</name></types>`;
  });
  return `${XML_HEADER}<Package ${NAMESPACE}>${types.join('\n')}<version>${version}</version></Package>\n`;
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listmetadata.htm (FileProperties) */
export function fileProperties(
  org: OrgState,
  { type, fullName, path }: Pick<SourceFile, 'type' | 'fullName' | 'path'>,
  userId: string,
): Record<string, XmlValue> {
  const user = org.store.get('SELECT "Name" FROM "User" WHERE "Id" = ?', userId)?.['Name'] ?? null;
  const now = org.clock.now().toISOString();
  return {
    createdById: userId,
    createdByName: user,
    createdDate: now,
    fileName: FOLDER + path,
    fullName,
    id: '',
    lastModifiedById: userId,
    lastModifiedByName: user,
    lastModifiedDate: now,
    manageableState: 'unmanaged',
    type,
  };
}
