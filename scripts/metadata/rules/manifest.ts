// `package.xml` against the files beside it.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/manifest_samples.htm
import { BUNDLE_TYPE } from '../component-types.ts';
import type { MetadataProblem } from '../problem.ts';
import { childrenOf, textOf } from '../xml.ts';
import type { PackageUnderCheck } from './rule.ts';

const FOLDERLESS = new Set(['Report', 'Dashboard']);

/** Members without a file, and files that no member names; nothing in a project, which has no manifest. */
export function checkManifest({
  manifest,
  components,
}: Pick<PackageUnderCheck, 'manifest' | 'components'>): MetadataProblem[] {
  if (!manifest) return [];
  const problems: MetadataProblem[] = [];
  const { file, node } = manifest;
  if (manifest.apiVersion === null) {
    problems.push({
      file,
      line: node.line,
      column: node.column,
      componentType: '',
      fullName: file,
      problem: 'No version specified in package.xml',
      rule: 'manifest/version',
      fix: 'Add <version>67.0</version>.',
    });
  }
  const present = new Set(components.map((each) => `${each.type} ${each.fullName}`));
  for (const each of components)
    if (each.type === 'CustomLabels')
      for (const label of childrenOf(each.node, 'labels'))
        present.add(`CustomLabel ${textOf(label, 'fullName')}`);
  const objects = new Set(components.map((each) => each.fullName.split('.')[0]));
  for (const [componentType, members] of manifest.members) {
    for (const fullName of members) {
      const isThere =
        fullName === '*' ||
        present.has(`${componentType} ${fullName}`) ||
        (componentType === 'CustomObject' && objects.has(fullName));
      if (isThere) continue;
      const problem = `An object '${fullName}' of type ${componentType} was named in package.xml, but was not found in zipped directory`;
      problems.push({
        file,
        line: 1,
        column: null,
        componentType,
        fullName,
        problem,
        rule: 'manifest/missing',
        fix: 'Add its file, or take it out of package.xml.',
      });
    }
  }
  for (const each of components) {
    const own = manifest.members.get(each.type);
    const object = manifest.members.get('CustomObject');
    const isNamed =
      own?.has(each.fullName) ||
      own?.has('*') ||
      (each.zipPath.startsWith('objects/') &&
        (object?.has(each.fullName.split('.')[0]!) || object?.has('*')));
    if (isNamed || each.type === 'CustomLabels' || FOLDERLESS.has(each.type)) continue;
    if (each.type === BUNDLE_TYPE && !each.zipPath.endsWith('.js-meta.xml')) continue;
    const problem = `The component ${each.fullName} of type ${each.type} is not named in package.xml`;
    problems.push({
      file: each.file,
      line: each.node.line,
      column: null,
      componentType: each.type,
      fullName: each.fullName,
      problem,
      rule: 'manifest/unnamed',
      fix: 'Name it in package.xml, or take the file out.',
    });
  }
  return problems;
}
