import { after, before, describe, it } from 'node:test';
import { CONTRACT, type ContractSubject } from '../contract.ts';
import { makeTestFolder } from '../test-folder.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';
import { tableSubject } from './test-tables.ts';

const folder = makeTestFolder();
let cluster: TestCluster;
let subject: ContractSubject;
before(async () => {
  cluster = await startTestCluster();
  subject = tableSubject(cluster, folder.path);
});
after(async () => {
  await cluster.stop();
  folder.remove();
});

describe('contract of usage sources: PostgreSQL 15', () => {
  for (const { name, check } of CONTRACT) it(name, () => check(subject));
});
