// Translations of labels.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_translations.htm
import { child, childrenOf, textOf, type XmlNode } from '../xml.ts';
import { definitionsOf, repeated, rule, type Rule } from './rule.ts';

const placeholders = (text: string) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join(' ');

const labels = rule('translations/label', 'Translations', ({ node }, { model }, fail) => {
  const translated = childrenOf(node, 'customLabels');
  for (const name of repeated(translated.map((each) => textOf(each, 'name') ?? ''))) {
    fail(
      `The label ${name} is translated twice.`,
      'Keep one of them.',
      translated.findLast((each) => textOf(each, 'name') === name),
    );
  }
  for (const each of translated) {
    const name = textOf(each, 'name') ?? '';
    const original = model.labels.get(name);
    const text = textOf(each, 'label') ?? '';
    if (original === undefined)
      fail(
        `In field: name - no CustomLabel named ${name} found`,
        'Correct the name, or add the label.',
        each,
      );
    else if (text.length > 1000)
      fail(`Value too long for label ${name}: maximum length is:1000.`, 'Shorten or split the text.', each);
    else if (placeholders(original) !== placeholders(text))
      fail(
        `The translation of ${name} has the placeholders "${placeholders(text)}", the label "${placeholders(original)}".`,
        'Use the same placeholders.',
        each,
      );
  }
});

// https://help.salesforce.com/s/articleView?id=xcloud.faq_getstart_what_languages_does.htm
const LANGUAGES = new Set(
  'af am ar bg bn bs ca cs cy da de el en en_AU en_CA en_GB en_US es es_AR es_ES es_MX et eu fa fi fr fr_CA gu haw hi hmn hr ht hu hy in is it iw ja ka km kl kn ko lb lt lv mi mk ml mr ms mt my nl_NL no pa pl pt_BR pt_PT rm ro ru sh sk sl sm sq sr sv sw ta te th tl tr uk ur vi xh yi zh_CN zh_HK zh_SG zh_TW zu'.split(
    ' ',
  ),
);

const language = rule(
  'translations/language',
  ['Translations', 'CustomObjectTranslation'],
  ({ fullName }, _pkg, fail) => {
    const code = fullName.split('-').at(-1)!;
    if (!LANGUAGES.has(code))
      fail(`${code} is no language of the platform.`, 'Name the file after a language code: es, fr, pt_BR.');
  },
);

const NAMED: readonly (readonly [element: string, type: string])[] = [
  ['customTabs', 'CustomTab'],
  ['customApplications', 'CustomApplication'],
  ['reportTypes', 'ReportType'],
  // From API 67 on: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_reporttranslation.htm
  ['reports', 'Report'],
  ['dashboards', 'Dashboard'],
];

const named = rule('translations/name', 'Translations', ({ node }, pkg, fail) => {
  for (const [element, type] of NAMED) {
    const known = definitionsOf(pkg, type);
    for (const each of childrenOf(node, element)) {
      const name = textOf(each, 'name') ?? '';
      if (!known.has(name) && !name.startsWith('standard'))
        fail(`In field: name - no ${type} named ${name} found`, 'Correct the name.', each);
    }
  }
});

const object = rule('translations/object', 'CustomObjectTranslation', ({ fullName, node }, pkg, fail) => {
  const { model } = pkg;
  const owner = model.objects.get(fullName.slice(0, fullName.lastIndexOf('-')));
  if (!owner) return fail(`The object of ${fullName} does not exist.`, 'Name the file Object-language.');
  const fields = childrenOf(node, 'fields');
  for (const name of repeated(fields.map((each) => textOf(each, 'name') ?? '')))
    fail(`The field ${name} is translated twice.`, 'Keep one of them.');
  const short = (each: XmlNode, element: string, longest: number) => {
    if ((textOf(each, element)?.length ?? 0) > longest)
      fail(
        `Value too long for ${element}: maximum length is:${longest}.`,
        'Shorten it.',
        child(each, element),
      );
  };
  for (const each of fields) {
    const name = textOf(each, 'name') ?? '';
    const field = owner.fields.get(name);
    if (!field)
      fail(`In field: name - no CustomField named ${owner.name}.${name} found`, 'Correct it.', each);
    short(each, 'label', 40);
    short(each, 'help', 510);
    for (const value of field ? childrenOf(each, 'picklistValues') : []) {
      const label = textOf(value, 'masterLabel');
      if (!field!.picklist?.values.some((known) => known.label === label))
        fail(`${name} has no value "${label ?? ''}".`, 'Correct <masterLabel>.', value);
    }
  }
  for (const each of childrenOf(node, 'layouts')) {
    const name = `${owner.name}-${textOf(each, 'layout') ?? ''}`;
    const layout = definitionsOf(pkg, 'Layout').get(name);
    if (!layout) fail(`no Layout named ${name} found`, 'Correct the name.', each);
    const known = new Set(
      layout ? childrenOf(layout, 'layoutSections').map((section) => textOf(section, 'label')) : [],
    );
    for (const section of layout ? childrenOf(each, 'sections') : [])
      if (!known.has(textOf(section, 'section')))
        fail(`${name} has no section "${textOf(section, 'section') ?? ''}".`, 'Correct it.', section);
  }
  for (const each of childrenOf(node, 'validationRules')) {
    const name = textOf(each, 'name') ?? '';
    if (!owner.validationRules.some((known) => known.name === name))
      fail(`no ValidationRule named ${owner.name}.${name} found`, 'Correct the name.', each);
    short(each, 'errorMessage', 255);
  }
});

export const TRANSLATION_RULES: readonly Rule[] = [labels, language, named, object];
