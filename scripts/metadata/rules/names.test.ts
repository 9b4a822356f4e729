import { testMutations } from '../fixture/test-mutations.ts';
import { NAMES_MUTATIONS } from '../mutations/names.ts';
import { NAME_RULES } from './names.ts';

testMutations('names', NAME_RULES, NAMES_MUTATIONS);
