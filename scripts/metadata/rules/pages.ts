// Layouts, list views, compact layouts, Lightning pages: what they show must exist.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_layouts.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listview.htm
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_flexipage.htm
import type { ObjectModel } from '../model.ts';
import { splitName } from '../read/component.ts';
import { resolveName } from '../resolve-name.ts';
import { child, childrenOf, flagOf, textOf, type XmlNode } from '../xml.ts';
import { bundleFile, configuredObjects, declaredProperties, propertyProblem } from './components.ts';
import { findField, repeated, rule, type Rule } from './rule.ts';

// List views name standard fields in their own upper-case way: NAME, OWNER.ALIAS, OPPORTUNITY.CLOSE_DATE.
const STANDARD_COLUMN = /^(\w+__c\.)?[A-Z][A-Z0-9_]*(\.[A-Z][A-Z0-9_]*)*$/;
// Fields that only pages of custom metadata types show: the API does not know them.
const RECORD_FIELDS = new Set(['IsProtected', 'CreatedById', 'LastModifiedById', 'NamespacePrefix']);

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
    if (name !== null && !field && !isColumn(name, object))
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
  for (const name of requiredOn(object)) {
    const item = items.find((each) => textOf(each, 'field') === name);
    if (textOf(item ?? node, 'behavior') !== 'Required')
      fail(
        item
          ? `${name} is required everywhere: its layout item must have behavior Required.`
          : `Layout must contain an item for required layout field: ${name}`,
        'Add the field with <behavior>Required</behavior>.',
        item,
      );
  }
  for (const list of childrenOf(node, 'relatedLists')) checkRelatedList(list);

  function checkRelatedList(list: XmlNode): void {
    const name = textOf(list, 'relatedList') ?? '';
    if (!name.includes('.')) return;
    const found = findField(model, name);
    if (!found?.field.reference?.to.includes(object!.name))
      fail(`Cannot find related list:${name}`, 'Write Child__c.Lookup__c of a lookup to this object.', list);
    const columns = childrenOf(list, 'fields').map((each) => each.text.trim());
    for (const column of found ? columns : [])
      // A junction's list shows the other side's fields: Other__c.Field__c.
      if (!isColumn(column, found!.object) && !findField(model, column))
        fail(`Invalid field:${column} in related list:${name}`, 'Correct the column.', list);
  }
});

function requiredOn(object: ObjectModel): string[] {
  return [...object.fields.values()]
    .filter((field) => field.isCustom && field.isRequired)
    .map((field) => field.name);
}

function isColumn(name: string, object: ObjectModel): boolean {
  if (object.fields.has(name) || (object.kind === 'customMetadata' && RECORD_FIELDS.has(name))) return true;
  return STANDARD_COLUMN.test(name);
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

// What the utility bar itself asks of every item: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_flexipage.htm
const UTILITY = new Set(['eager', 'height', 'icon', 'label', 'scrollable', 'width']);

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
      const of = declared.find((each) => each.attributes['name'] === key);
      const problem = of && propertyProblem(of, textOf(property, 'value') ?? '');
      if (problem) fail(`Component c:${name}, property ${key}: ${problem}.`, 'Correct the value.', property);
      if (!of && !(target === 'lightning__UtilityBar' && UTILITY.has(key)))
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

const searchLayout = rule('pages/search-layout', 'CustomObject', ({ fullName, node }, { model }, fail) => {
  const object = model.objects.get(fullName);
  const layouts = child(node, 'searchLayouts');
  for (const each of (layouts?.children ?? []).filter((one) => /Fields$/.test(one.name)))
    if (object && !isColumn(each.text.trim(), object))
      fail(`Could not resolve search layout field: ${each.text.trim()}`, 'Correct the field.', each);
});

// Regions of the templates a package of ours may use; others are let through.
// https://developer.salesforce.com/docs/component-library/documentation/en/lwc/lwc.config_for_app_builder
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  'flexipage:recordHomeTemplateDesktop': ['header', 'main', 'sidebar'],
  'flexipage:recordHomeThreeColTemplateDesktop': ['header', 'leftsidebar', 'main', 'rightsidebar'],
  'flexipage:recordHomeSingleColTemplateDesktop': ['header', 'main'],
  'flexipage:defaultAppHomeTemplate': ['main'],
  'home:desktopTemplate': ['top', 'bottomLeft', 'bottomRight', 'sidebar'],
  'one:utilityBarTemplateDesktop': ['utilityItems', 'backgroundComponents'],
};
const NAMESPACES = /^(flexipage|home|one|force|runtime_\w+|reports|support|community\w*|siteforce|dev_\w+)$/;

const template = rule('pages/template', 'FlexiPage', ({ node }, _pkg, fail) => {
  const at = child(node, 'template');
  const name = (at && textOf(at, 'name')) ?? '';
  const [namespace = '', own = ''] = name.split(':');
  const regions = REGIONS[name];
  const isOurs = namespace === 'flexipage' && /^record|^defaultApp/.test(own) && regions === undefined;
  if (name === '' || (own !== '' && !NAMESPACES.test(namespace)) || (isOurs && !KNOWN_RECORD.test(own)))
    fail(`The page template ${name} does not exist.`, 'Use flexipage:recordHomeTemplateDesktop.', at);
  for (const region of regions ? childrenOf(node, 'flexiPageRegions') : []) {
    const regionName = textOf(region, 'name') ?? '';
    if (textOf(region, 'type') === 'Region' && !regions!.includes(regionName))
      fail(
        `The template ${name} has no region ${regionName}.`,
        `Use one of: ${regions!.join(', ')}.`,
        child(region, 'name'),
      );
  }
});

const KNOWN_RECORD = /^(recordHome\w*(Template|Col)\w*|defaultAppHome\w*)$/;

const visibility = rule('pages/visibility', 'FlexiPage', ({ node }, _pkg, fail) => {
  for (const each of descendants(node, 'visibilityRule')) {
    const count = childrenOf(each, 'criteria').length;
    const logic = textOf(each, 'booleanFilter');
    const numbers = (logic?.match(/\d+/g) ?? []).map(Number);
    if (count === 0) fail('A visibility rule needs criteria.', 'Add <criteria>, or remove the rule.', each);
    if (numbers.some((number) => number < 1 || number > count))
      fail(`The logic "${logic}" names more than the ${count} criteria.`, 'Number them from 1.', each);
  }
});

export const PAGE_RULES: readonly Rule[] = [
  layout,
  listView,
  compactLayout,
  searchLayout,
  pageComponents,
  pageReferences,
  template,
  visibility,
];
