import type { Mutation } from '../fixture/mutation.ts';

export const TRANSLATIONS_MUTATIONS: readonly Mutation[] = [
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
