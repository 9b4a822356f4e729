import { testMutations } from '../fixture/test-mutations.ts';
import { CUSTOM_METADATA_MUTATIONS } from '../mutations/custom-metadata.ts';
import { RECORD_RULES } from './custom-metadata.ts';

testMutations('custom metadata', RECORD_RULES, CUSTOM_METADATA_MUTATIONS);
