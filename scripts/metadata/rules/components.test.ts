import { testMutations } from '../fixture/test-mutations.ts';
import { COMPONENTS_MUTATIONS } from '../mutations/components.ts';
import { COMPONENT_RULES } from './components.ts';

testMutations('components', COMPONENT_RULES, COMPONENTS_MUTATIONS);
