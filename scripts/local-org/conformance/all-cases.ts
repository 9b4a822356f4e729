import { ACCESS_CASES } from './access-cases.ts';
import { BULK_CASES } from './bulk-cases.ts';
import { COLLECTION_CASES } from './collection-cases.ts';
import { COMPOSITE_CASES } from './composite-cases.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { GRAPH_AND_BATCH_CASES } from './graph-and-batch-cases.ts';
import { GRAPHQL_CASES } from './graphql-cases.ts';
import { QUERY_CASES } from './query-cases.ts';
import { RECORD_CASES } from './record-cases.ts';
import { UI_API_CASES } from './ui-api-cases.ts';

/** Every case, by family. */
export const ALL_CASES: Readonly<Record<string, readonly ConformanceCase[]>> = {
  records: RECORD_CASES,
  collections: COLLECTION_CASES,
  composite: COMPOSITE_CASES,
  'graph and batch': GRAPH_AND_BATCH_CASES,
  bulk: BULK_CASES,
  access: ACCESS_CASES,
  query: QUERY_CASES,
  graphql: GRAPHQL_CASES,
  'ui api': UI_API_CASES,
};
