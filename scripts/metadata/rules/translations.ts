// Translations of labels.
// https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_translations.htm
import { childrenOf, textOf } from '../xml.ts';
import { repeated, rule, type Rule } from './rule.ts';

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

export const TRANSLATION_RULES: readonly Rule[] = [labels];
