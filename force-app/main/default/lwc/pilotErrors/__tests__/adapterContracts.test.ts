import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { ADAPTER_CONTRACTS } from './adapterContracts';
import type { AdapterContract, Emission } from './adapterContracts';

interface Stub {
  new (emit: (emission: Emission) => void): { connect(): void; update(config: object): void };
  emit(data: unknown, filter?: undefined, refresh?: () => void): void;
}
const queries = graphql as unknown as Stub & { emitErrors(errors: unknown): void };
const infos = getObjectInfo as unknown as Stub & {
  readonly adapter: Stub;
  error(body: unknown, status: number, text: string): void;
};

/** What the platform's stub says at this moment. */
function emissionOf({ adapter, moment }: AdapterContract): Emission {
  const heard: Emission[] = [];
  const Adapter = adapter === 'graphql' ? queries : infos.adapter;
  const wire = new Adapter((emission) => heard.push(emission));
  if (moment === 'first') return heard[0]!;
  wire.connect();
  wire.update({ query: {}, objectApiName: 'Pilot__c' });
  if (adapter === 'graphql' && moment === 'data') queries.emit({ uiapi: {} }, undefined, () => undefined);
  if (adapter === 'graphql' && moment === 'failure') queries.emitErrors([{ message: 'no' }]);
  if (adapter === 'objectInfo' && moment === 'data') infos.emit({ apiName: 'Pilot__c' });
  if (adapter === 'objectInfo' && moment === 'failure') infos.error([{ message: 'no' }], 404, 'Not Found');
  return heard.at(-1)!;
}

describe("the platform's test stubs keep the documented contracts", () => {
  it.each(ADAPTER_CONTRACTS.map((contract) => [contract.name, contract] as const))('%s', (_name, contract) =>
    expect(contract.faults(emissionOf(contract))).toEqual([]),
  );

  it.each(ADAPTER_CONTRACTS.map((contract) => [contract.name, contract] as const))(
    'an answer of another moment breaks: %s',
    (_name, contract) => {
      const wrong = { data: 'no', errors: 'no', error: 'no' };
      expect(contract.faults(wrong).length).toBeGreaterThan(1);
    },
  );
});
