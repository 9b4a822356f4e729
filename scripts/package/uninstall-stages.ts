// Removal in the order the platform needs: first what uses, then what is used.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_deleting_files.htm
import type { Component } from '../metadata/read/component.ts';
import { child, childrenOf, escapeXml, textOf, type XmlNode } from '../metadata/xml.ts';
import type { PackageParts } from './package-parts.ts';
import { definitionText, zipFilesOf } from './zip-format.ts';

export interface UninstallStage {
  readonly title: string;
  readonly files: ReadonlyMap<string, string>;
}

const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';
const VERSION = '67.0';

// An active flow version cannot be deleted, nor a field that it names.
const SECOND = [
  'Dashboard',
  'Report',
  'ReportType',
  'CustomApplication',
  'FlexiPage',
  'CustomTab',
  'PermissionSetGroup',
  'PermissionSet',
  'Flow',
  'LightningComponentBundle',
  'Layout',
];
const THIRD = [
  'ValidationRule',
  'ListView',
  'CompactLayout',
  'CustomField',
  'CustomMetadata',
  'CustomObject',
  'CustomPermission',
  'CustomNotificationType',
  'CustomLabel',
];

/** Zips to be deployed one after another; each is safe to repeat, because what is gone already is a warning. */
export function uninstallStages(parts: PackageParts): UninstallStage[] {
  const all = [...parts.core, ...parts.seed, ...parts.page];
  const flows = parts.core.filter(({ type }) => type === 'Flow').map(withoutEffect);
  return [
    { title: 'deactivate the flows', files: zipFilesOf(flows, VERSION) },
    { title: 'remove pages, reports, permission sets, flows and components', files: removal(all, SECOND) },
    { title: 'remove objects, fields, policy and labels with all their data', files: removal(all, THIRD) },
  ];
}

function withoutEffect(flow: Component): Component {
  const children = flow.node.children.map((each) =>
    each.name === 'status' ? { ...each, text: 'Obsolete' } : each,
  );
  const node: XmlNode = { ...flow.node, children };
  return { ...flow, node, text: definitionText(node) };
}

function removal(components: readonly Component[], types: readonly string[]): Map<string, string> {
  const named = new Map(types.map((type) => [type, [...new Set(membersOf(components, type))].sort()]));
  const listed = [...named]
    .filter(([, members]) => members.length > 0)
    .map(([type, members]) => {
      const lines = members.map((name) => `        <members>${escapeXml(name)}</members>\n`).join('');
      return `    <types>\n${lines}        <name>${type}</name>\n    </types>\n`;
    });
  const manifest = (inner: string) =>
    `${HEADER}<Package xmlns="http://soap.sforce.com/2006/04/metadata">\n${inner}    <version>${VERSION}</version>\n</Package>\n`;
  return new Map([
    ['destructiveChanges.xml', manifest(listed.join(''))],
    ['package.xml', manifest('')],
  ]);
}

/** What a stage names: an object takes its parts along, so those of own objects are not named one by one. */
function membersOf(components: readonly Component[], type: string): string[] {
  if (type === 'CustomLabel')
    return components
      .filter((each) => each.type === 'CustomLabels')
      .flatMap(({ node }) => childrenOf(node, 'labels'))
      .flatMap((label) => textOf(label, 'fullName') ?? []);
  const own = new Set(
    components.filter((each) => each.type === 'CustomObject').map(({ fullName }) => fullName),
  );
  const isLayoutOfOwn = (name: string) => type === 'Layout' && own.has(name.slice(0, name.indexOf('-')));
  return (
    components
      .filter((each) => each.type === type)
      .map(({ fullName }) => fullName)
      .filter((name) => !(name.includes('.') && own.has(name.split('.')[0]!) && type !== 'CustomMetadata'))
      // The last layout of an object goes with it and cannot go before.
      .filter((name) => !isLayoutOfOwn(name))
  );
}

/** Own objects whose rows are lost, masters before details, for the export. */
export function ownObjects({ core }: PackageParts): string[] {
  return core
    .filter(({ type, fullName }) => type === 'CustomObject' && fullName.endsWith('__c'))
    .map(({ fullName }) => fullName);
}

/** Fields of an object in the package. */
export function ownFields({ core }: PackageParts, object: string): string[] {
  return core
    .filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith(`${object}.`))
    .filter(({ node }) => child(node, 'type') !== undefined)
    .map(({ fullName }) => fullName.slice(object.length + 1));
}
