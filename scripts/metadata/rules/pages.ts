// Layouts, list views, compact layouts, Lightning pages: what they show must exist.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_layouts.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listview.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_flexipage.htm
import type { ObjectModel } from '../model.ts';
import { splitName } from '../read/component.ts';
import { resolveName } from '../resolve-name.ts';
import { child, childrenOf, flagOf, textOf, type XmlNode } from '../xml.ts';
import { bundleFile, configuredObjects, declaredProperties } from './components.ts';
import { findField, findIgnoringCase, repeated, rule, type Rule } from './rule.ts';

// List views name standard fields in their own upper-case way: NAME, OWNER.ALIAS, OPPORTUNITY.CLOSE_DATE.
const STANDARD_COLUMN = /^[A-Z][A-Z0-9_]*(\.[A-Z][A-Z0-9_]*)?$/;

const layout = rule('pages/layout', 'Layout', ({ fullName, node }, { model }, fail) => {
  const object = model.objects.get(fullName.slice(0, fullName.indexOf('-')));
  if (!object)
    return fail(
      `Parent entity failed to deploy: ${fullName}`,
      'Name the file Object-Layout Name.layout after an object that exists.',
    );
  const items = childrenOf(node, 'layoutSections')
    .flatMap((section) => childrenOf(section, 'layoutColumns'))
    .flatMap((column) => childrenOf(column, 'layoutItems'));
  const names = items.flatMap((item) => textOf(item, 'field') ?? []);
  for (const item of items) {
    const name = textOf(item, 'field');
    const field = name === null ? undefined : object.fields.get(name);
    if (name !== null && !field)
      fail(
        `In field: field - no CustomField named ${object.name}.${name} found`,
        'Correct the name, or take the item out.',
        item,
      );
    if (
      field &&
      !field.isCreateable &&
      !field.isUpdateable &&
      field.isCustom &&
      textOf(item, 'behavior') !== 'Readonly'
    )
      fail(
        `${name} is read-only: its layout item must have behavior Readonly.`,
        'Set <behavior>Readonly</behavior>.',
        item,
      );
  }
  for (const name of repeated(names))
    fail(
      `Layout already contains an item for ${name}.`,
      'Keep one item.',
      items.findLast((item) => textOf(item, 'field') === name),
    );
  for (const name of requiredOn(object))
    if (!names.includes(name))
      fail(
        `Layout must contain an item for required layout field: ${name}`,
        'Add the field with <behavior>Required</behavior>.',
      );
  for (const list of childrenOf(node, 'relatedLists')) checkRelatedList(list);

  function checkRelatedList(list: XmlNode): void {
    const name = textOf(list, 'relatedList') ?? '';
    if (!name.includes('.')) return;
    const found = findField(model, name);
    if (!found?.field.reference?.to.includes(object!.name))
      fail(`Cannot find related list:${name}`, 'Write Child__c.Lookup__c of a lookup to this object.', list);
    const columns = childrenOf(list, 'fields').map((each) => each.text.trim());
    for (const column of found ? columns : [])
      if (!isColumn(column, found!.object))
        fail(`Invalid field:${column} in related list:${name}`, 'Correct the column.', list);
  }
});

function requiredOn(object: ObjectModel): string[] {
  return [...object.fields.values()]
    .filter((field) => field.isCustom && field.isRequired)
    .map((field) => field.name);
}

function isColumn(name: string, object: ObjectModel): boolean {
  return object.fields.has(name) || (!name.includes('__') && STANDARD_COLUMN.test(name));
}

const listView = rule('pages/list-view', 'ListView', ({ fullName, node }, { model }, fail) => {
  const object = model.objects.get(splitName(fullName)[0]);
  if (!object) return;
  for (const column of childrenOf(node, 'columns')) {
    if (!isColumn(column.text.trim(), object))
      fail(`Could not resolve list view column: ${column.text.trim()}`, 'Correct the column.', column);
  }
  for (const column of repeated(childrenOf(node, 'columns').map((each) => each.text.trim())))
    fail(`Duplicate list view column: ${column}`, 'Keep one.');
  for (const filter of childrenOf(node, 'filters')) {
    const name = textOf(filter, 'field') ?? '';
    if (!isColumn(name, object))
      fail(`Could not resolve list view filter: ${name}`, 'Correct the field.', filter);
    const values = object.fields.get(name)?.picklist;
    const wrong = values?.isRestricted
      ? textOf(filter, 'value')
          ?.split(/\s*,\s*/)
          .find((value) => !values.values.some((each) => each.value === value))
      : undefined;
    if (wrong !== undefined) fail(`${name} has no value "${wrong}".`, 'Correct the filter value.', filter);
  }
});

const compactLayout = rule('pages/compact-layout', 'CompactLayout', ({ fullName, node }, { model }, fail) => {
  const object = model.objects.get(splitName(fullName)[0]);
  const fields = childrenOf(node, 'fields');
  if (fields.length > 10)
    fail(`A compact layout shows at most 10 fields (it has ${fields.length}).`, 'Remove some.');
  for (const each of fields)
    if (object && !object.fields.has(each.text.trim()))
      fail(
        `In field: fields - no CustomField named ${object.name}.${each.text.trim()} found`,
        'Correct the name.',
        each,
      );
});

function descendants(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((each) => [...(each.name === name ? [each] : []), ...descendants(each, name)]);
}

const PAGE_TARGETS: Readonly<Record<string, string>> = {
  RecordPage: 'lightning__RecordPage',
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  UtilityBar: 'lightning__UtilityBar',
};

const pageComponents = rule('pages/component', 'FlexiPage', ({ node }, pkg, fail) => {
  const target = PAGE_TARGETS[textOf(node, 'type') ?? ''];
  const sobject = textOf(node, 'sobjectType');
  for (const instance of descendants(node, 'componentInstance')) {
    const name = (textOf(instance, 'componentName') ?? '').replace(/^c:/, '');
    if (name.includes(':')) continue;
    const meta = bundleFile(pkg, name, '.js-meta.xml');
    if (!meta) {
      fail(
        `We couldn't retrieve the design time component information for component c:${name}.`,
        'Add the component to the package, or correct the name.',
        instance,
      );
      continue;
    }
    if (!flagOf(meta.node, 'isExposed'))
      fail(
        `Component c:${name} is not exposed.`,
        'Set <isExposed>true</isExposed> in its js-meta.xml.',
        instance,
      );
    const targets = childrenOf(child(meta.node, 'targets') ?? meta.node, 'target').map((each) =>
      each.text.trim(),
    );
    if (target && !targets.includes(target))
      fail(
        `Component c:${name} does not support ${target}.`,
        `Add <target>${target}</target> in its js-meta.xml.`,
        instance,
      );
    const objects = target ? configuredObjects(meta.node, target) : [];
    if (sobject && objects.length > 0 && !objects.includes(sobject))
      fail(
        `Component c:${name} does not support the object ${sobject}.`,
        'Add it to <objects> in its js-meta.xml.',
        instance,
      );
    const declared = target ? declaredProperties(meta.node, target) : [];
    for (const property of childrenOf(instance, 'componentInstanceProperties')) {
      const key = textOf(property, 'name') ?? '';
      if (!declared.includes(key))
        fail(
          `Component c:${name} has no property ${key} for ${target ?? 'this page'}.`,
          'Declare it in a targetConfig, or remove it here.',
          property,
        );
    }
  }
});

const pageReferences = rule('pages/flexipage', 'FlexiPage', ({ node }, { model }, fail) => {
  const sobject = textOf(node, 'sobjectType');
  const object = sobject === null ? undefined : model.objects.get(sobject);
  if (sobject !== null && !object)
    return fail(
      `The object ${sobject} does not exist.`,
      'Correct <sobjectType>.',
      child(node, 'sobjectType'),
    );
  const identifiers = descendants(node, 'identifier');
  for (const name of repeated(identifiers.map((each) => each.text.trim())))
    fail(
      `Duplicate identifier on the page: ${name}`,
      'Give each instance its own identifier.',
      identifiers.findLast((each) => each.text.trim() === name),
    );
  for (const instance of [...descendants(node, 'componentInstance'), ...descendants(node, 'fieldInstance')]) {
    if (textOf(instance, 'identifier') === null)
      fail('Required field is missing: identifier', 'Add <identifier>.', instance);
  }
  const regions = new Set(childrenOf(node, 'flexiPageRegions').map((each) => textOf(each, 'name')));
  const facets = [...descendants(node, 'componentInstanceProperties')].filter((each) =>
    /^Facet-/.test(textOf(each, 'value') ?? ''),
  );
  for (const facet of facets)
    if (!regions.has(textOf(facet, 'value')))
      fail(
        `The facet ${textOf(facet, 'value')} is not on the page.`,
        'Add the region or correct the name.',
        facet,
      );
  const shown = descendants(node, 'fieldItem').map((each) => ({ each, path: each.text.trim() }));
  const tested = descendants(node, 'leftValue').map((each) => ({
    each,
    path: each.text.trim().replace(/^\{!(.*)\}$/, '$1'),
  }));
  for (const { each, path } of [...shown, ...tested]) {
    if (!object || !path.startsWith('Record.')) continue;
    const resolved = resolveName(path.slice('Record.'.length), object, model);
    if (resolved.kind === 'unknown') fail(resolved.problem, 'Correct the field.', each);
  }
});

const app = rule('pages/app', 'CustomApplication', ({ node }, { model, components }, fail) => {
  const tabs = new Set(
    [...components, ...model.others].filter((each) => each.type === 'CustomTab').map((each) => each.fullName),
  );
  for (const tab of childrenOf(node, 'tabs')) {
    const name = tab.text.trim();
    if (!name.startsWith('standard-') && !tabs.has(name))
      fail(
        `In field: tab - no CustomTab named ${name} found`,
        'Add the tab, or take it out of the app.',
        tab,
      );
  }
  const pages = new Set(
    [...components, ...model.others].filter((each) => each.type === 'FlexiPage').map((each) => each.fullName),
  );
  for (const override of childrenOf(node, 'actionOverrides')) {
    const page = textOf(override, 'content');
    if (textOf(override, 'type') === 'Flexipage' && page !== null && !pages.has(page))
      fail(`In field: content - no FlexiPage named ${page} found`, 'Correct the page name.', override);
  }
});

const tab = rule('pages/tab', 'CustomTab', ({ fullName, node }, { model }, fail) => {
  if (flagOf(node, 'customObject') && !findIgnoringCase(model.objects, fullName))
    fail(
      `In field: customObject - no CustomObject named ${fullName} found`,
      'Name the tab after its object.',
    );
});

export const PAGE_RULES: readonly Rule[] = [
  layout,
  listView,
  compactLayout,
  pageComponents,
  pageReferences,
  app,
  tab,
];
