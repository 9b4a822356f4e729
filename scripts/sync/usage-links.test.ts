import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PilotInput } from '../domain/evaluation.ts';
import type { UsageKeyRow } from '../salesforce/pilot-rows.ts';
import { usageLinks, type LinkOptions } from './usage-links.ts';

const OPTIONS: LinkOptions = { sources: ['product'], timeZone: 'UTC', daysBeforeStart: 14, daysAfterEnd: 28 };

function pilot(
  id: string,
  startDate: string | null,
  endDate: string | null,
  more: Partial<PilotInput> = {},
): PilotInput {
  return {
    id,
    name: `Pilot ${id}`,
    startDate,
    endDate,
    usageSource: 'Linked',
    timeZone: null,
    ...more,
  } as PilotInput;
}

function key(pilotId: string, more: Partial<UsageKeyRow> = {}): UsageKeyRow {
  return {
    Id: `key-${pilotId}`,
    Pilot__c: pilotId,
    Source__c: 'product',
    Key__c: 'acme',
    From__c: null,
    To__c: null,
    Filter__c: null,
    ...more,
  };
}

test('counts from two weeks before the start to four after the end, in the pilot’s zone', () => {
  const { links, problems } = usageLinks(
    [pilot('a', '2026-10-05', '2026-11-30', { timeZone: 'Asia/Tokyo' })],
    [key('a')],
    OPTIONS,
  );
  assert.deepEqual(links, [
    {
      pilotId: 'a',
      source: 'product',
      key: 'acme',
      from: '2026-09-21',
      to: '2026-12-28',
      filter: null,
      timeZone: 'Asia/Tokyo',
    },
  ]);
  assert.equal(problems.size, 0);
});

test('dates on the key go before the default window', () => {
  const { links } = usageLinks(
    [pilot('a', '2026-10-05', '2026-11-30')],
    [key('a', { From__c: '2026-10-12', To__c: '2026-10-16' })],
    OPTIONS,
  );
  assert.deepEqual([links[0]!.from, links[0]!.to], ['2026-10-12', '2026-10-16']);
});

test('a POC and the pilot after it share a workspace: the days between go to neither twice', () => {
  const pilots = [pilot('poc', '2026-09-01', '2026-09-25'), pilot('pilot', '2026-10-05', '2026-11-30')];
  const { links, problems } = usageLinks(pilots, [key('poc'), key('pilot')], OPTIONS);
  assert.equal(problems.size, 0);
  assert.deepEqual(
    links.map(({ from, to }) => [from, to]),
    [
      ['2026-08-18', '2026-10-04'],
      ['2026-09-26', '2026-12-28'],
    ],
  );
});

test('two pilots on the same days of one workspace are both named, and neither counts', () => {
  const pilots = [pilot('a', '2026-10-05', '2026-11-30'), pilot('b', '2026-11-01', null)];
  const { links, problems, issues } = usageLinks(pilots, [key('a'), key('b')], OPTIONS);
  assert.deepEqual(links, []);
  assert.deepEqual(problems.get('a'), { code: 'OVERLAP', values: { key: 'acme', other: 'Pilot b' } });
  assert.deepEqual(problems.get('b'), { code: 'OVERLAP', values: { key: 'acme', other: 'Pilot a' } });
  assert.deepEqual(
    issues.map((issue) => [issue.kind, issue.recordId]),
    [
      ['Overlap', 'key-a'],
      ['Overlap', 'key-b'],
    ],
  );
});

test('different values of one column keep two pilots apart, different columns do not', () => {
  const pilots = [pilot('a', '2026-10-05', '2026-11-30'), pilot('b', '2026-10-05', '2026-11-30')];
  const apart = usageLinks(
    pilots,
    [key('a', { Filter__c: 'department = Sales' }), key('b', { Filter__c: 'department=Field Service' })],
    OPTIONS,
  );
  assert.deepEqual(
    apart.links.map((link) => link.filter),
    [
      { column: 'department', value: 'Sales' },
      { column: 'department', value: 'Field Service' },
    ],
  );
  const crossed = usageLinks(
    pilots,
    [key('a', { Filter__c: 'department = Sales' }), key('b', { Filter__c: 'region = EU' })],
    OPTIONS,
  );
  assert.equal(crossed.problems.size, 2);
});

test('keys are told apart by case', () => {
  const pilots = [pilot('a', '2026-10-05', null), pilot('b', '2026-10-05', null)];
  assert.equal(usageLinks(pilots, [key('a'), key('b', { Key__c: 'Acme' })], OPTIONS).problems.size, 0);
});

const UNUSABLE = [
  { name: 'an unknown source', row: key('a', { Source__c: 'prod' }), code: 'UNKNOWN_SOURCE' },
  { name: 'no key', row: key('a', { Key__c: null }), code: 'KEY_INCOMPLETE' },
  { name: 'a filter that is none', row: key('a', { Filter__c: 'Sales' }), code: 'BAD_FILTER' },
];

for (const { name, row, code } of UNUSABLE) {
  test(`a usage key with ${name} is an issue and leaves the pilot not linked`, () => {
    const { links, problems, issues } = usageLinks([pilot('a', '2026-10-05', null)], [row], OPTIONS);
    assert.deepEqual(links, []);
    assert.equal(problems.get('a')?.code, 'NOT_LINKED');
    assert.deepEqual(
      issues.map((issue) => [issue.kind, issue.code, issue.recordId]),
      [['Unknown key', code, 'key-a']],
    );
  });
}

test('a pilot without telemetry by agreement is no problem', () => {
  const { problems } = usageLinks(
    [pilot('a', '2026-10-05', null, { usageSource: 'None by agreement' })],
    [],
    OPTIONS,
  );
  assert.equal(problems.size, 0);
});
