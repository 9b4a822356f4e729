import { testMutations } from '../fixture/test-mutations.ts';
import { PERMISSION_SETS_MUTATIONS } from '../mutations/permission-sets.ts';
import { PERMISSION_SET_RULES } from './permission-sets.ts';

testMutations('permission sets', PERMISSION_SET_RULES, PERMISSION_SETS_MUTATIONS);
