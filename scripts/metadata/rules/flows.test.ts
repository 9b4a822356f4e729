import { testMutations } from '../fixture/test-mutations.ts';
import { FLOWS_MUTATIONS } from '../mutations/flows.ts';
import { FLOW_RULES } from './flows.ts';

testMutations('flows', FLOW_RULES, FLOWS_MUTATIONS);
