import { testMutations } from '../fixture/test-mutations.ts';
import { FILES_MUTATIONS } from '../mutations/files.ts';

testMutations('files of a package', [], FILES_MUTATIONS);
