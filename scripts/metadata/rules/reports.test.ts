import { testMutations } from '../fixture/test-mutations.ts';
import { REPORTS_MUTATIONS } from '../mutations/reports.ts';
import { REPORT_RULES } from './reports.ts';

testMutations('reports', REPORT_RULES, REPORTS_MUTATIONS);
