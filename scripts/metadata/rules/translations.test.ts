import { testMutations } from '../fixture/test-mutations.ts';
import { TRANSLATIONS_MUTATIONS } from '../mutations/translations.ts';
import { TRANSLATION_RULES } from './translations.ts';

testMutations('translations', TRANSLATION_RULES, TRANSLATIONS_MUTATIONS);
