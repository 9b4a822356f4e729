// What a package for everybody must not hold, and that its Spanish is whole.
import type { FieldModel } from '../metadata/model.ts';
import { objectKind } from '../metadata/read/read-object.ts';
import { definitionsOf, rule, type Rule } from '../metadata/rules/rule.ts';
import { child, childrenOf, textOf, type XmlNode } from '../metadata/xml.ts';

const standardLayout = rule('house/standard-layout', 'Layout', ({ fullName }, _pkg, fail) => {
  const object = fullName.slice(0, fullName.indexOf('-'));
  if (objectKind(object) === 'standard')
    fail(
      `The layout of ${object} belongs to the org.`,
      'Leave it out: a deploy would overwrite the org’s own.',
    );
});

// Tabs that every edition with custom metadata types and Sales has.
const STANDARD_TABS = new Set([
  'home',
  'Account',
  'Contact',
  'Opportunity',
  'report',
  'Dashboard',
  'Task',
  'Event',
]);

const standardTab = rule('house/standard-tab', 'CustomApplication', ({ node }, _pkg, fail) => {
  for (const tab of childrenOf(node, 'tabs')) {
    const name = /^standard-(.+)$/.exec(tab.text.trim())?.[1];
    if (name && !STANDARD_TABS.has(name))
      fail(`standard-${name} is not in every org.`, 'Take the tab out.', tab);
  }
});

const RECORD_ID = /\b(?:00[0-9A-Z]|0[0-9A-Z]{2}|a[0-9A-Za-z]{2})[0-9A-Za-z]{12}(?:[A-Z0-5]{3})?\b/;
const ADDRESS = /\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b/i;
const ORG_LINK = /https?:\/\/[\w.-]*(?:salesforce|force|visualforce|lightning)\.com/i;

function leaves(node: XmlNode): XmlNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leaves);
}

const orgData: Rule = {
  id: 'house/org-data',
  check({ components }) {
    return components.flatMap((component) =>
      leaves(component.node).flatMap((at) => {
        const found = [RECORD_ID, ADDRESS, ORG_LINK]
          .map((pattern) => pattern.exec(at.text)?.[0])
          .find(Boolean);
        const isId = found !== undefined && RECORD_ID.test(found);
        // A record id has digits at its start and in its middle; a word does not.
        if (found === undefined || (isId && !/^\w{3}\d{2,}/.test(found))) return [];
        return [
          {
            component,
            at,
            problem: `"${found}" belongs to one org or one person.`,
            fix: 'Ask for it in configuration, or say it in words.',
          },
        ];
      }),
    );
  },
};

const runningUser = rule('house/running-user', 'Dashboard', ({ node }, _pkg, fail) => {
  const type = textOf(node, 'dashboardType');
  if (node.name === 'Dashboard' && (type !== 'LoggedInUser' || child(node, 'runningUser')))
    fail(
      'A dashboard of ours shows what its reader may see.',
      'Set <dashboardType>LoggedInUser</dashboardType>.',
      child(node, 'dashboardType'),
    );
});

const LANGUAGE = 'es';

/** Own objects and own fields in Spanish: names, help, values, messages. */
const translation = rule('house/translation', 'CustomObjectTranslation', ({ fullName, node }, pkg, fail) => {
  const name = fullName.slice(0, fullName.lastIndexOf('-'));
  const object = pkg.model.objects.get(name);
  if (!object || !fullName.endsWith(`-${LANGUAGE}`)) return;
  const lacks = (what: string, at?: XmlNode) => fail(`${what} has no Spanish.`, 'Translate it.', at);
  const nouns = childrenOf(node, 'caseValues');
  if (object.kind !== 'standard' && nouns.filter((each) => textOf(each, 'value')).length < 2) lacks(name);
  const translated = new Map(childrenOf(node, 'fields').map((each) => [textOf(each, 'name'), each]));
  for (const field of object.fields.values()) {
    if (!field.isCustom || !field.name.endsWith('__c')) continue;
    const each = translated.get(field.name);
    const fullFieldName = `${name}.${field.name}`;
    if (!each || textOf(each, 'label') === null) lacks(fullFieldName, each);
    else if (field.helpText !== null && textOf(each, 'help') === null)
      lacks(`The help of ${fullFieldName}`, each);
    for (const value of each ? untranslated(field, each) : []) lacks(`${fullFieldName} "${value}"`, each);
  }
  const messages = new Map(
    childrenOf(node, 'validationRules').map((each) => [textOf(each, 'name'), textOf(each, 'errorMessage')]),
  );
  for (const rule of object.validationRules)
    if (!messages.get(rule.name)) lacks(`The message of ${name}.${rule.name}`);
});

/** Values of a picklist without a translation; those that are codes (`Europe/Madrid`) need none. */
function untranslated(field: FieldModel, translated: XmlNode): string[] {
  const done = new Set(
    childrenOf(translated, 'picklistValues').flatMap((each) =>
      textOf(each, 'translation') === null ? [] : [textOf(each, 'masterLabel')],
    ),
  );
  const isCode = (value: string) => value.includes('/') || value === 'UTC';
  return (field.picklist?.values ?? [])
    .filter(({ isActive, value, label }) => isActive && !isCode(value) && !done.has(label))
    .map(({ label }) => label);
}

/** A package of translations holds one for every own object, and for own fields on standard ones. */
const allObjects: Rule = {
  id: 'house/translation-objects',
  check(pkg) {
    const first = pkg.components.find((each) => each.type === 'Translations');
    if (!first) return [];
    const translated = definitionsOf(pkg, 'CustomObjectTranslation');
    return [...pkg.model.objects.values()]
      .filter(
        (object) =>
          object.kind === 'custom' || [...object.fields.keys()].some((name) => name.endsWith('__c')),
      )
      .filter((object) => object.kind !== 'customMetadata' && !translated.has(`${object.name}-${LANGUAGE}`))
      .map((object) => ({
        component: first,
        problem: `${object.name} has no Spanish.`,
        fix: `Add objectTranslations/${object.name}-${LANGUAGE}.`,
      }));
  },
};

const NAMED: readonly (readonly [type: string, element: string])[] = [
  ['CustomApplication', 'customApplications'],
  ['CustomTab', 'customTabs'],
  ['ReportType', 'reportTypes'],
  ['Report', 'reports'],
];

/** Names of apps, tabs, report types and reports; those of list views and folders have no place in the Metadata API. */
const translatedNames = rule('house/translation-names', 'Translations', ({ fullName, node }, pkg, fail) => {
  if (fullName !== LANGUAGE) return;
  for (const [type, element] of NAMED) {
    const done = new Set(childrenOf(node, element).map((each) => textOf(each, 'name')));
    for (const [name, definition] of definitionsOf(pkg, type))
      if (!done.has(name) && definition.name === type)
        fail(`The ${type} ${name} has no Spanish.`, `Add it to <${element}>.`);
  }
});

const RISKY = ['actionCalls', 'recordCreates', 'recordDeletes', 'recordLookups', 'recordUpdates'];

// The linter follows the immediate path alone; ours starts after the commit.
const faultPath = rule('house/fault-path', 'Flow', ({ node }, _pkg, fail) => {
  const begin = child(node, 'start');
  if (begin && textOf(begin, 'triggerType') === 'RecordBeforeSave') return;
  const named = new Map(node.children.map((each) => [textOf(each, 'name'), each]));
  const handlers = new Set<XmlNode>();
  const waiting = node.children.flatMap((each) => childrenOf(each, 'faultConnector'));
  for (let from = waiting.pop(); from; from = waiting.pop()) {
    for (const target of leaves(from).filter((each) => each.name === 'targetReference')) {
      const element = named.get(target.text.trim());
      if (element && !handlers.has(element)) {
        handlers.add(element);
        waiting.push(element);
      }
    }
  }
  for (const each of node.children)
    if (RISKY.includes(each.name) && !handlers.has(each) && !child(each, 'faultConnector'))
      fail(
        `${textOf(each, 'name') ?? each.name} has no way out of its fault.`,
        'Add <faultConnector> to what records the fault.',
        each,
      );
});

export const PACKAGE_RULES: readonly Rule[] = [
  faultPath,
  standardLayout,
  standardTab,
  orgData,
  runningUser,
  translation,
  allObjects,
  translatedNames,
];
