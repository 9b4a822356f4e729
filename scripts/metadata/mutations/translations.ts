import type { Mutation } from '../fixture/mutation.ts';

const WORDS = 'es.translation-meta.xml';
const DEAL = 'Deal__c-es.objectTranslation-meta.xml';
const long = (length: number) => 'x'.repeat(length);

export const TRANSLATIONS_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a translation of no label',
    file: WORDS,
    change: ['<name>Hello', '<name>Gone'],
    rule: 'translations/label',
  },
  {
    name: 'a translation with a placeholder of its own',
    file: WORDS,
    change: ['Hola', 'Hola {0}'],
    rule: 'translations/label',
  },
  {
    name: 'a label translated twice',
    file: WORDS,
    change: [
      '</customLabels>',
      '</customLabels><customLabels><label>Hola</label><name>Hello</name></customLabels>',
    ],
    rule: 'translations/label',
  },
  {
    name: 'a translation over 1000 characters',
    file: WORDS,
    change: ['Hola', long(1001)],
    rule: 'translations/label',
  },
  {
    name: 'a translated tab nobody has',
    file: WORDS,
    change: ['<name>Deal__c', '<name>Gone__c'],
    rule: 'translations/name',
  },
  {
    name: 'a language the platform lacks',
    file: 'translations/xx.translation-meta.xml',
    change: '<Translations/>',
    rule: 'translations/language',
  },
  {
    name: 'an object translation in a language the platform lacks',
    file: 'objectTranslations/Deal__c-xx/Deal__c-xx.objectTranslation-meta.xml',
    change: '<CustomObjectTranslation/>',
    rule: 'translations/language',
  },
  {
    name: 'a translated object nobody has',
    file: 'objectTranslations/Gone__c-es/Gone__c-es.objectTranslation-meta.xml',
    change: '<CustomObjectTranslation/>',
    rule: 'translations/object',
  },
  {
    name: 'a translated field nobody has',
    file: DEAL,
    change: ['<name>Notes__c', '<name>Note__c'],
    rule: 'translations/object',
  },
  {
    name: 'a field translated twice',
    file: DEAL,
    change: ['<name>Notes__c', '<name>Key__c'],
    rule: 'translations/object',
  },
  {
    name: 'a translated value nobody has',
    file: DEAL,
    change: ['<masterLabel>Open', '<masterLabel>Opened'],
    rule: 'translations/object',
  },
  {
    name: 'a translated rule nobody has',
    file: DEAL,
    change: ['<name>End_Stays', '<name>Start_Stays'],
    rule: 'translations/object',
  },
  {
    name: 'a translated field label over 40 characters',
    file: DEAL,
    change: ['<label>Campo', `<label>${long(41)}`],
    rule: 'translations/object',
  },
  {
    name: 'translated help over 510 characters',
    file: DEAL,
    change: ['Ayuda de Key__c.', long(511)],
    rule: 'translations/object',
  },
  {
    name: 'a translated message over 255 characters',
    file: DEAL,
    change: ['El final se queda.', long(256)],
    rule: 'translations/object',
  },
  {
    name: 'a translated report nobody has',
    file: WORDS,
    change: ['<name>Deal_Reports/Open_Steps', '<name>Open_Steps'],
    rule: 'translations/name',
  },
  {
    name: 'a translated layout nobody has',
    file: DEAL,
    change: ['<layout>Deal Layout', '<layout>Step Layout'],
    rule: 'translations/object',
  },
  {
    name: 'a translated section nobody has',
    file: DEAL,
    change: ['<section>Main', '<section>Side'],
    rule: 'translations/object',
  },
];
