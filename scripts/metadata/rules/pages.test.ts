import { testMutations } from '../fixture/test-mutations.ts';
import { PAGES_MUTATIONS } from '../mutations/pages.ts';
import { PAGE_RULES } from './pages.ts';

testMutations('pages', PAGE_RULES, PAGES_MUTATIONS);
