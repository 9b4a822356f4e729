// What a wire of the platform says at each moment. One table: the test beside it asks the platform's own test
// stubs, scripts/preview/platform-contracts.test.ts the preview's adapters over the local org.

export type Emission = Readonly<Record<string, unknown>>;

export interface AdapterContract {
  readonly name: string;
  readonly adapter: 'graphql' | 'objectInfo';
  readonly moment: 'first' | 'data' | 'failure';
  readonly source: string;
  /** What differs from the documentation; empty when nothing does. */
  readonly faults: (emission: Emission) => string[];
}

const GRAPHQL = 'https://developer.salesforce.com/docs/platform/lwc/guide/reference-graphql-wire.html';
const OBJECT_INFO =
  'https://developer.salesforce.com/docs/platform/lwc/guide/reference-wire-adapters-object-info.html';
const ERRORS = 'https://developer.salesforce.com/docs/platform/lwc/guide/data-error.html';

export const ADAPTER_CONTRACTS: readonly AdapterContract[] = [
  {
    name: 'GraphQL says nothing before it has asked',
    adapter: 'graphql',
    moment: 'first',
    source: GRAPHQL,
    faults: (emission) => [...isBlank(emission, 'data'), ...isBlank(emission, 'errors')],
  },
  {
    name: 'GraphQL data comes without the outer key, with refresh and without errors',
    adapter: 'graphql',
    moment: 'data',
    source: GRAPHQL,
    faults: (emission) => [
      ...(isObject(emission['data']) && isObject(emission['data']['uiapi']) ? [] : ['data.uiapi is missing']),
      ...(typeof emission['refresh'] === 'function' ? [] : ['refresh is missing']),
      ...isBlank(emission, 'errors'),
    ],
  },
  {
    name: 'GraphQL errors are in the plural, a list, without data',
    adapter: 'graphql',
    moment: 'failure',
    source: GRAPHQL,
    faults: (emission) => [
      ...(Array.isArray(emission['errors']) && emission['errors'].length > 0 ? [] : ['errors is no list']),
      ...('error' in emission ? ['error is in the singular'] : []),
      ...isBlank(emission, 'data'),
    ],
  },
  {
    name: 'object information says nothing before it has asked',
    adapter: 'objectInfo',
    moment: 'first',
    source: OBJECT_INFO,
    faults: (emission) => [...isBlank(emission, 'data'), ...isBlank(emission, 'error')],
  },
  {
    name: 'object information is given as it is, without an error',
    adapter: 'objectInfo',
    moment: 'data',
    source: OBJECT_INFO,
    faults: (emission) => [
      ...(isObject(emission['data']) ? [] : ['data is missing']),
      ...isBlank(emission, 'error'),
    ],
  },
  {
    name: 'a failure of object information is one fetch response whose body is a list or an object',
    adapter: 'objectInfo',
    moment: 'failure',
    source: ERRORS,
    faults: (emission) => [
      ...('errors' in emission ? ['errors are in the plural'] : []),
      ...isBlank(emission, 'data'),
      ...responseFaults(emission['error']),
    ],
  },
];

function responseFaults(error: unknown): string[] {
  if (!isObject(error)) return ['error is missing'];
  return [
    ...(error['ok'] === false ? [] : ['ok is not false']),
    ...(typeof error['status'] === 'number' ? [] : ['status is no number']),
    ...(isObject(error['body']) ? [] : ['body is missing']),
  ];
}

function isBlank(emission: Emission, key: string): string[] {
  return emission[key] === undefined ? [] : [`${key} is given`];
}

function isObject(value: unknown): value is Emission {
  return typeof value === 'object' && value !== null;
}
