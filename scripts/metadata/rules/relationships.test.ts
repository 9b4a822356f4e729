import { testMutations } from '../fixture/test-mutations.ts';
import { RELATIONSHIPS_MUTATIONS } from '../mutations/relationships.ts';
import { RELATIONSHIP_RULES } from './relationships.ts';

testMutations('relationships', RELATIONSHIP_RULES, RELATIONSHIPS_MUTATIONS);
