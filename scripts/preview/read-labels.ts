// The words of the page: custom labels of the package and their translations, read from the same files
// that deploy.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { childrenOf, parseXml, textOf } from '../metadata/xml.ts';

export type Labels = Readonly<Record<string, string>>;

export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Reads label texts by name; a label without a translation keeps the default text, as in an org. */
export function readLabels(root: string, language: Language): Labels {
  const source = readXml(join(root, 'force-app/main/default/labels/CustomLabels.labels-meta.xml'));
  const labels: Record<string, string> = {};
  for (const label of childrenOf(source, 'labels')) {
    labels[textOf(label, 'fullName') ?? ''] = textOf(label, 'value') ?? '';
  }
  if (language === 'en') return labels;
  const translation = readXml(
    join(root, `force-app/translations/default/translations/${language}.translation-meta.xml`),
  );
  for (const label of childrenOf(translation, 'customLabels')) {
    const text = textOf(label, 'label');
    if (text !== null) labels[textOf(label, 'name') ?? ''] = text;
  }
  return labels;
}

function readXml(file: string): ReturnType<typeof parseXml> {
  return parseXml(readFileSync(file, 'utf8'));
}
