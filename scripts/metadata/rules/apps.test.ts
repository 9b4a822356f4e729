import { testMutations } from '../fixture/test-mutations.ts';
import { APPS_MUTATIONS } from '../mutations/apps.ts';
import { APP_RULES } from './apps.ts';
import { QUICK_ACTION_RULES } from './quick-actions.ts';

testMutations('apps, tabs and quick actions', [...APP_RULES, ...QUICK_ACTION_RULES], APPS_MUTATIONS);
