import { testMutations } from '../fixture/test-mutations.ts';
import { TRANSLATIONS_MUTATIONS } from '../mutations/translations.ts';
import { TRANSLATION_RULES } from './translations.ts';

const file = 'translations/es.translation-meta.xml';
const translation = (name: string, label: string) =>
  `<Translations><customLabels><label>${label}</label><name>${name}</name></customLabels></Translations>`;

testMutations('translations', TRANSLATION_RULES, TRANSLATIONS_MUTATIONS);
