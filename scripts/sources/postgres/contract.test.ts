import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { brokenTwins } from '../broken-twins.ts';
import { CONTRACT, type ContractSubject } from '../contract.ts';
import { makeTestFolder } from '../test-folder.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';
import { tableSubject } from './test-tables.ts';

const folder = makeTestFolder();
let cluster: TestCluster;
let opened: ContractSubject;
before(async () => {
  cluster = await startTestCluster();
  opened = tableSubject(cluster, folder.path);
});
after(async () => {
  await cluster.stop();
  folder.remove();
});

const subject: ContractSubject = { open: (events) => opened.open(events) };

describe('contract of usage sources: PostgreSQL 15', () => {
  for (const { name, check } of CONTRACT) it(name, () => check(subject));
});

describe('the contract catches a source in PostgreSQL that', () => {
  for (const { fault, fails, subject: twin } of brokenTwins(subject))
    it(fault, async () => {
      const clause = CONTRACT.find(({ name }) => name === fails)!;
      await assert.rejects(clause.check(twin), assert.AssertionError);
    });
});
