import { testMutations, type Mutation } from '../fixture/mutation.ts';
import { TRANSLATION_RULES } from './translations.ts';

const file = 'translations/es.translation-meta.xml';
const translation = (name: string, label: string) =>
  `<Translations><customLabels><label>${label}</label><name>${name}</name></customLabels></Translations>`;

const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a translation of no label',
    file,
    change: translation('Gone', 'Hola'),
    rule: 'translations/label',
  },
  {
    name: 'a translation with a placeholder of its own',
    file,
    change: translation('Hello', 'Hola {0}'),
    rule: 'translations/label',
  },
];

testMutations('translations', TRANSLATION_RULES, MUTATIONS);
