// API names, labels and the lengths of what people read.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customobject.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm
import { BUNDLE_TYPE, OBJECT_PARTS } from '../component-types.ts';
import { splitName, type Component } from '../read/component.ts';
import { objectKind } from '../read/read-object.ts';
import { child, childrenOf, textOf } from '../xml.ts';
import { repeated, rule, type Rule } from './rule.ts';

/** Type → longest API name, without `__c`. */
const NAME_LENGTH: Readonly<Record<string, number>> = {
  CustomObject: 40,
  CustomField: 40,
  ValidationRule: 40,
  ListView: 40,
  CompactLayout: 40,
  RecordType: 80,
  FieldSet: 40,
  CustomMetadata: 40,
  PermissionSet: 80,
  CustomPermission: 80,
  CustomNotificationType: 80,
  Flow: 80,
  FlexiPage: 80,
  CustomApplication: 40,
  GlobalValueSet: 40,
};
const NAME = /^[A-Za-z](?:[A-Za-z0-9]|_(?!_))*$/;

/** Why a text is no API name; null when it is one. */
export function nameProblem(name: string, longest: number): string | null {
  if (!NAME.test(name) || name.endsWith('_')) {
    return 'can only contain alphanumeric characters and underscores, must begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores';
  }
  return name.length > longest ? `is ${name.length} characters long; ${longest} are allowed` : null;
}

/** `Pilot__c.Status__c` → `Status`; the part of a full name that a person chose. */
function chosenName({ type, fullName }: Component): string {
  const last = type in NAME_LENGTH && fullName.includes('.') ? splitName(fullName)[1] : fullName;
  return last.replace(/__(c|mdt|e)$/, '');
}

const apiName = rule('names/api-name', Object.keys(NAME_LENGTH), (component, _pkg, fail) => {
  const isStandard =
    (component.type === 'CustomObject' && objectKind(component.fullName) === 'standard') ||
    component.fullName.startsWith('standard__');
  if (isStandard || (component.type === 'ListView' && component.fullName.endsWith('.AllOpportunities')))
    return;
  const name = chosenName(component);
  const problem = nameProblem(name, NAME_LENGTH[component.type]!);
  if (problem)
    fail(
      `The API name "${name}" ${problem}.`,
      'Rename it and every reference to it.',
      child(component.node, 'fullName'),
    );
});

const customSuffix = rule('names/custom-suffix', 'CustomField', (component, _pkg, fail) => {
  const [object, name] = splitName(component.fullName);
  if (!name.endsWith('__c') && objectKind(object) !== 'standard')
    fail(
      `The custom field name "${name}" does not end with __c.`,
      'Append __c to fullName and to the file name.',
    );
});

const unique: Rule = {
  id: 'names/unique',
  check(pkg) {
    const seen = new Set<string>();
    const later = pkg.components.filter((each) => {
      // A bundle's files share one name.
      const name = each.type === BUNDLE_TYPE ? each.zipPath : each.fullName;
      return seen.size === seen.add(`${each.type} ${name}`.toLowerCase()).size;
    });
    return later.map((component) => ({
      component,
      problem: `Duplicate ${component.type} name: ${component.fullName}.`,
      fix: 'Keep one definition.',
    }));
  },
};

const fileName = rule(
  'names/file-name',
  Object.values(OBJECT_PARTS).map(({ type }) => type),
  (component, _pkg, fail) => {
    if (!component.file.endsWith('-meta.xml')) return;
    const name = splitName(component.fullName)[1];
    const inFile = decodeURIComponent(
      component.file
        .split('/')
        .at(-1)!
        .replace(/\.[^.]+-meta\.xml$/, ''),
    );
    if (inFile !== name)
      fail(
        `The fullName "${name}" is not the file's name "${inFile}".`,
        'Give both one name.',
        child(component.node, 'fullName'),
      );
  },
);

interface TextLimit {
  readonly type: string;
  readonly element: string;
  readonly longest: number;
  readonly isRequired: boolean;
}

const TEXT_LIMITS: readonly TextLimit[] = [
  { type: 'CustomField', element: 'label', longest: 40, isRequired: true },
  { type: 'CustomField', element: 'inlineHelpText', longest: 510, isRequired: false },
  { type: 'CustomField', element: 'description', longest: 1000, isRequired: false },
  { type: 'CustomObject', element: 'description', longest: 1000, isRequired: false },
  { type: 'ValidationRule', element: 'errorMessage', longest: 255, isRequired: true },
  { type: 'ValidationRule', element: 'description', longest: 255, isRequired: false },
  { type: 'PermissionSet', element: 'label', longest: 80, isRequired: true },
  { type: 'PermissionSet', element: 'description', longest: 255, isRequired: false },
  { type: 'CustomPermission', element: 'label', longest: 80, isRequired: true },
  { type: 'CustomPermission', element: 'description', longest: 255, isRequired: false },
  { type: 'CustomMetadata', element: 'label', longest: 40, isRequired: true },
  { type: 'ListView', element: 'label', longest: 40, isRequired: true },
  { type: 'CompactLayout', element: 'label', longest: 40, isRequired: true },
];

const texts = rule(
  'names/text',
  TEXT_LIMITS.map((limit) => limit.type),
  ({ type, node }, _pkg, fail) => {
    for (const { element, longest, isRequired } of TEXT_LIMITS.filter((limit) => limit.type === type)) {
      const text = textOf(node, element);
      if (text === null && isRequired) fail(`Required field is missing: ${element}`, `Add <${element}>.`);
      if (text !== null && text.length > longest) {
        fail(
          `Value too long for field: ${element} maximum length is:${longest} (it has ${text.length}).`,
          `Shorten <${element}>.`,
          child(node, element),
        );
      }
    }
  },
);

const objectLabels = rule('names/object-label', 'CustomObject', ({ fullName, node }, _pkg, fail) => {
  // A custom setting has a label and no plural.
  if (objectKind(fullName) === 'standard' || child(node, 'customSettingsType')) return;
  for (const element of ['label', 'pluralLabel']) {
    const text = textOf(node, element);
    if (text === null) fail(`Must specify a non-empty ${element} for the CustomObject`, `Add <${element}>.`);
    else if (text.length > 40)
      fail(
        `Value too long for field: ${element} maximum length is:40 (it has ${text.length}).`,
        `Shorten <${element}>.`,
        child(node, element),
      );
  }
});

const labels = rule('names/custom-label', 'CustomLabels', ({ node }, _pkg, fail) => {
  const all = childrenOf(node, 'labels');
  const twice = new Set(repeated(all.map((each) => textOf(each, 'fullName') ?? '')));
  for (const label of all) {
    const name = textOf(label, 'fullName') ?? '';
    const problem = nameProblem(name, 80);
    if (problem) fail(`The label name "${name}" ${problem}.`, 'Rename the label.', label);
    if (twice.has(name)) fail(`Duplicate label name: ${name}.`, 'Keep one of them.', label);
    for (const element of ['value', 'language', 'shortDescription', 'protected']) {
      if (textOf(label, element) === null)
        fail(`Required field is missing: ${element} (label ${name})`, `Add <${element}>.`, label);
    }
    if ((textOf(label, 'value')?.length ?? 0) > 1000)
      fail(`Value too long for label ${name}: maximum length is:1000.`, 'Shorten or split the text.', label);
    if ((textOf(label, 'shortDescription')?.length ?? 0) > 80)
      fail(
        `Short description too long for label ${name}: maximum length is:80.`,
        'Shorten <shortDescription>.',
        label,
      );
  }
});

export const NAME_RULES: readonly Rule[] = [
  apiName,
  customSuffix,
  unique,
  fileName,
  texts,
  objectLabels,
  labels,
];
