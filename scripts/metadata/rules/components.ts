// Lightning web components as bundles of files.
// https://developer.salesforce.com/docs/platform/lwc/guide/reference-configuration-tags.html
import { BUNDLE_TYPE } from '../component-types.ts';
import type { Component } from '../read/component.ts';
import { child, childrenOf, textOf, type XmlNode } from '../xml.ts';
import { repeated, rule, type PackageUnderCheck, type Rule } from './rule.ts';

/** A bundle's main file with that ending; undefined when the package has none. */
export function bundleFile(
  pkg: Pick<PackageUnderCheck, 'components'>,
  bundle: string,
  ending: string,
): Component | undefined {
  return pkg.components.find(
    (each) => each.type === BUNDLE_TYPE && each.zipPath === `lwc/${bundle}/${bundle}${ending}`,
  );
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

/** Properties an admin may set on that target. */
export function declaredProperties(meta: XmlNode, target: string): string[] {
  return targetConfigs(meta, target)
    .flatMap((config) => childrenOf(config, 'property'))
    .map((each) => each.attributes['name'] ?? '');
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

const REFERENCE = /from\s+['"]@salesforce\/(label|schema|customPermission)\/([^'"]+)['"]/g;

const references = rule('components/reference', BUNDLE_TYPE, (component, { model }, fail) => {
  if (!component.zipPath.endsWith('.js')) return;
  for (const [, kind, name = ''] of component.text.matchAll(REFERENCE)) {
    const [object = '', ...path] = name.split('.');
    const isKnown =
      kind === 'label'
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

export const COMPONENT_RULES: readonly Rule[] = [complete, configuration, references];
