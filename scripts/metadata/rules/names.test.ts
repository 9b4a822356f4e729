import { testMutations } from '../fixture/test-mutations.ts';
import { NAMES_MUTATIONS } from '../mutations/names.ts';
import { NAME_RULES } from './names.ts';

const long = (length: number) => 'x'.repeat(length);

testMutations('names', NAME_RULES, NAMES_MUTATIONS);
