// Lightning web components as bundles of files.
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-configuration-tags.html
import { BUNDLE_TYPE } from '../component-types.ts';
import { NO_XML, type Component } from '../read/component.ts';
import { child, childrenOf, parseXml, textOf, type XmlNode } from '../xml.ts';
import { findField, repeated, rule, type PackageUnderCheck, type Rule } from './rule.ts';

/** A bundle's main file with that ending, of the package or of the org; undefined when neither has it. */
export function bundleFile(
  { components, base }: Pick<PackageUnderCheck, 'components' | 'base'>,
  bundle: string,
  ending: string,
): Component | undefined {
  const zipPath = `lwc/${bundle}/${bundle}${ending}`;
  const own = components.find((each) => each.type === BUNDLE_TYPE && each.zipPath === zipPath);
  const there = own ? undefined : base.others.find((each) => each.path === zipPath);
  if (!there) return own;
  const node = ending.endsWith('.xml') ? parseXml(there.xml) : NO_XML;
  return { type: BUNDLE_TYPE, fullName: bundle, file: zipPath, zipPath, node, text: there.xml };
}

function targetConfigs(meta: XmlNode, target: string): XmlNode[] {
  const configs = childrenOf(child(meta, 'targetConfigs') ?? meta, 'targetConfig');
  return configs.filter((each) => (each.attributes['targets'] ?? '').split(/\s*,\s*/).includes(target));
}

/** Objects a component says it is for on that target; none means all. */
export function configuredObjects(meta: XmlNode, target: string): string[] {
  return targetConfigs(meta, target)
    .flatMap((config) => childrenOf(child(config, 'objects') ?? config, 'object'))
    .map((each) => each.text.trim());
}

/** Properties an admin may set on that target, as their elements. */
export function declaredProperties(meta: XmlNode, target: string): XmlNode[] {
  return targetConfigs(meta, target).flatMap((config) => childrenOf(config, 'property'));
}

/** Why a text is no value of a `<property>`; null when it is one. */
export function propertyProblem({ attributes }: XmlNode, value: string): string | null {
  const { type = '', min, max, datasource } = attributes;
  if (value.startsWith('{!')) return null;
  if (type === 'Boolean' && value !== 'true' && value !== 'false')
    return `"${value}" is neither true nor false`;
  if (type === 'Integer' && !/^-?\d+$/.test(value)) return `"${value}" is not a whole number`;
  if (type === 'Integer' && min !== undefined && Number(value) < Number(min))
    return `${value} is below ${min}`;
  if (type === 'Integer' && max !== undefined && Number(value) > Number(max))
    return `${value} is above ${max}`;
  const choices = datasource && !datasource.startsWith('apex:') ? datasource.split(/\s*,\s*/) : null;
  return choices && !choices.includes(value) ? `"${value}" is none of ${choices.join(', ')}` : null;
}

const isMeta = (component: Component) => component.zipPath.endsWith('.js-meta.xml');

const complete: Rule = {
  id: 'components/complete',
  check(pkg) {
    const bundles = Map.groupBy(
      pkg.components.filter((each) => each.type === BUNDLE_TYPE),
      (each) => each.fullName,
    );
    return [...bundles].flatMap(([bundle, files]) => {
      const lacking = ['.js', '.js-meta.xml'].filter((ending) => !bundleFile(pkg, bundle, ending));
      const onlyStyle = files.every((each) => /\.(css|js-meta\.xml)$/.test(each.zipPath));
      if (onlyStyle) return [];
      return lacking.map((ending) => ({
        component: files[0]!,
        problem: `Cannot find Lightning Component Bundle resource ${bundle}${ending}.`,
        fix: ending === '.js' ? 'npm run prepare' : `Add ${bundle}.js-meta.xml.`,
      }));
    });
  },
};

const configuration = rule('components/configuration', BUNDLE_TYPE, (component, { model }, fail) => {
  if (!isMeta(component)) return;
  const { node } = component;
  const targets = childrenOf(child(node, 'targets') ?? node, 'target').map((each) => each.text.trim());
  const version = textOf(node, 'apiVersion');
  if (version === null) fail('Required field is missing: apiVersion', 'Add <apiVersion>.');
  else if (Number(version) > Number(model.apiVersion))
    fail(
      `apiVersion ${version} is above the package's ${model.apiVersion}.`,
      'Lower it.',
      child(node, 'apiVersion'),
    );
  for (const config of childrenOf(child(node, 'targetConfigs') ?? node, 'targetConfig')) {
    const named = (config.attributes['targets'] ?? '').split(/\s*,\s*/);
    for (const target of named)
      if (!targets.includes(target))
        fail(`The targetConfig names ${target}, which is not in <targets>.`, 'Add it to <targets>.', config);
    for (const name of repeated(childrenOf(config, 'property').map((each) => each.attributes['name'] ?? '')))
      fail(`Duplicate property ${name}.`, 'Keep one.', config);
    const objects = childrenOf(child(config, 'objects') ?? config, 'object');
    for (const object of objects)
      if (!model.objects.has(object.text.trim()))
        fail(`The object ${object.text.trim()} does not exist.`, 'Correct the name.', object);
  }
});

const REFERENCE =
  /from\s+['"]@salesforce\/(label|schema|customPermission|messageChannel|resourceUrl)\/([^'"]+)['"]/g;

const FILES_BY_NAME: Readonly<Record<string, string>> = {
  messageChannel: 'LightningMessageChannel',
  resourceUrl: 'StaticResource',
};

const references = rule('components/reference', BUNDLE_TYPE, (component, { model }, fail) => {
  if (!component.zipPath.endsWith('.js')) return;
  for (const [, kind, name = ''] of component.text.matchAll(REFERENCE)) {
    const [object = '', ...path] = name.split('.');
    const type = FILES_BY_NAME[kind!];
    const isKnown = type
      ? model.others.some((each) => each.type === type && each.fullName === name.replace(/__c$/, ''))
      : kind === 'label'
        ? model.labels.has(name.replace(/^c\./, ''))
        : kind === 'customPermission'
          ? model.customPermissions.has(name)
          : path.length === 0
            ? model.objects.has(object)
            : path.length > 1 || model.objects.get(object)?.fields.has(path[0]!) === true;
    if (!isKnown)
      fail(
        `Invalid reference ${name} of type ${kind} in file ${component.zipPath.split('/').at(-1)}`,
        'Correct the import, or add what it names.',
      );
  }
});

// https://developer.salesforce.com/docs/platform/lwc/guide/reference-configuration-tags.html (targets)
const TARGETS = new Set(
  'AccountEngagementEmail AgentforceInput AgentforceOutput AppPage ChannelExtension Dashboard EnablementProgram FlowAction FlowScreen HomePage Inbox RecordAction RecordPage Tab UrlAddressable UtilityBar VoiceExtension GlobalAction ListAction'
    .split(' ')
    .map((name) => `lightning__${name}`),
);
const OTHER_TARGET = /^(lightningCommunity|lightningSnapin|analytics|lightningStatic)__\w+$/;
const PAGE_TYPES = new Set(['Boolean', 'Color', 'Integer', 'String', 'Picklist', 'ContentReference']);
const PAGES = ['lightning__RecordPage', 'lightning__AppPage', 'lightning__HomePage'];
const OBJECT_TARGETS = ['lightning__RecordPage', 'lightning__RecordAction'];

const targets = rule('components/target', BUNDLE_TYPE, (component, _pkg, fail) => {
  if (!isMeta(component)) return;
  const list = child(component.node, 'targets');
  const known = (name: string) => TARGETS.has(name) || OTHER_TARGET.test(name);
  for (const target of list ? childrenOf(list, 'target') : [])
    if (!known(target.text.trim()))
      fail(`${target.text.trim()} is no target of Lightning web components.`, 'Correct the target.', target);
});

const properties = rule('components/property', BUNDLE_TYPE, (component, pkg, fail) => {
  if (!isMeta(component)) return;
  const script = withoutComments(bundleFile(pkg, component.fullName, '.js')?.text ?? '');
  // Inherited @api properties are refused by the server: https://github.com/forcedotcom/cli/issues/3339
  const api = new Set([...script.matchAll(/@api\s+(?:get\s+|set\s+)?(\w+)/g)].map(([, name]) => name));
  const configs = child(component.node, 'targetConfigs');
  for (const config of configs ? childrenOf(configs, 'targetConfig') : []) {
    const named = (config.attributes['targets'] ?? '').split(/\s*,\s*/);
    const isPage = named.some((each) => PAGES.includes(each));
    for (const property of childrenOf(config, 'property')) {
      const { name = '', type = '', default: preset } = property.attributes;
      if (!api.has(name))
        fail(`The property ${name} is no @api property of the class.`, 'Declare it with @api.', property);
      if (isPage && !PAGE_TYPES.has(type))
        fail(
          `The property ${name} has the type ${type}, which a page has not.`,
          `Use ${[...PAGE_TYPES].join(', ')}.`,
          property,
        );
      const problem = preset === undefined ? null : propertyProblem(property, preset);
      if (problem) fail(`The default of ${name}: ${problem}.`, 'Correct the default.', property);
      for (const bound of ['min', 'max'])
        if (type === 'Integer' && !/^-?\d+$/.test(property.attributes[bound] ?? '0'))
          fail(`${bound} of ${name} is not a whole number.`, 'Correct it.', property);
    }
    const objects = child(config, 'objects');
    if (objects && !named.every((each) => OBJECT_TARGETS.includes(each) || /FlowScreen|Community/.test(each)))
      fail(
        '<objects> belongs to record pages and record actions.',
        'Give these targets a targetConfig of their own.',
        objects,
      );
  }
});

/** A script without what is only said in it; an address behind `:` is left alone. */
function withoutComments(script: string): string {
  return script.replace(/\/\*[\s\S]*?\*\/|(?<![:\w'"`])\/\/.*$/gm, '');
}

const code = rule('components/code', BUNDLE_TYPE, (component, { model }, fail) => {
  if (!/\.js$/.test(component.zipPath) || component.zipPath.includes('__tests__')) return;
  for (const [, name = ''] of component.text.matchAll(
    /['"]((?:\w+__c|Opportunity|Account|Contact)\.\w+)['"]/g,
  ))
    if (model.objects.has(name.split('.')[0]!) && !findField(model, name))
      fail(`The field ${name} does not exist.`, 'Correct the name.');
  for (const [, name = ''] of component.text.matchAll(/relatedListId:\s*['"](\w+)['"]/g)) {
    const isKnown = [...model.objects.values()].some((object) =>
      [...object.fields.values()].some(({ reference }) => reference?.childName === name),
    );
    if (!isKnown && name.endsWith('__r'))
      fail(`There is no related list ${name}.`, 'Write the relationship name with __r.');
  }
});

export const COMPONENT_RULES: readonly Rule[] = [
  complete,
  configuration,
  targets,
  properties,
  references,
  code,
];
