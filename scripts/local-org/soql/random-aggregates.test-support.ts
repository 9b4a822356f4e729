// Random grouped queries over the fixture, with a count of what occurred. Text that differs only in case is not
// grouped by: no documentation says whether it is one group.
import fc from 'fast-check';
import type {
  AskedGroups,
  Call,
  CallName,
  Group,
  GroupOrder,
  Having,
} from './aggregate-oracle.test-support.ts';
import { clause, clauseText } from './random-queries.test-support.ts';

const GROUPS: readonly Group[] = [
  ...[
    'Stage__c',
    'Is_Open__c',
    'Closes_On__c',
    'Code__c',
    'Seller__c',
    'Seller__r.Is_Vip__c',
    'Seller__r.Boss__c',
  ].map((path) => ({ part: null, path })),
  ...['CALENDAR_YEAR', 'CALENDAR_QUARTER', 'CALENDAR_MONTH', 'DAY_IN_WEEK', 'FISCAL_YEAR'].map((part) => ({
    part,
    path: 'Closes_On__c',
  })),
  { part: 'DAY_ONLY', path: 'Touched_At__c' },
];
/** ROLLUP and CUBE take names of fields. */
const FIELDS = GROUPS.filter(({ part }) => part === null);

const call = fc.oneof(
  fc.record({
    name: fc.constantFrom<CallName>('COUNT', 'COUNT_DISTINCT'),
    path: fc.constantFrom('Id', 'Stage__c', 'Closes_On__c', 'Amount__c', 'Code__c', 'Seller__c'),
  }),
  fc.record({
    name: fc.constantFrom<CallName>('SUM', 'AVG', 'MIN', 'MAX'),
    path: fc.constantFrom('Amount__c', 'Share__c'),
  }),
  fc.record({
    name: fc.constantFrom<CallName>('MIN', 'MAX'),
    path: fc.constantFrom('Stage__c', 'Closes_On__c'),
  }),
);
const having: fc.Arbitrary<Having> = fc
  .oneof(
    fc.record({
      call: fc.record({
        name: fc.constantFrom<CallName>('COUNT'),
        path: fc.constantFrom('Id', 'Amount__c', 'Stage__c'),
      }),
      value: fc.constantFrom(0, 1, 2),
    }),
    fc.record({
      call: fc.record({
        name: fc.constantFrom<CallName>('SUM', 'AVG', 'MIN', 'MAX', 'COUNT_DISTINCT'),
        path: fc.constantFrom('Amount__c', 'Share__c'),
      }),
      value: fc.constantFrom(0, 1, 50, 100),
    }),
  )
  .chain((rest) =>
    fc.constantFrom<Having['sign']>('=', '<', '<=', '>', '>=').map((sign) => ({ ...rest, sign })),
  );

const grouping = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ groups: [] as Group[], subtotals: null }) },
  {
    weight: 6,
    arbitrary: fc.record({
      groups: fc.subarray([...GROUPS], { minLength: 1, maxLength: 2 }),
      subtotals: fc.constant(null),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      groups: fc.shuffledSubarray([...FIELDS], { minLength: 1, maxLength: 3 }),
      subtotals: fc.constantFrom<'ROLLUP' | 'CUBE'>('ROLLUP', 'CUBE'),
    }),
  },
);

const orderOf = (place: number) =>
  fc.record({
    place: fc.constant(place),
    isDescending: fc.boolean(),
    nulls: fc.constantFrom<GroupOrder['nulls']>('FIRST', 'LAST', null),
  });

export const randomGroups: fc.Arbitrary<AskedGroups> = fc
  .record({
    grouping,
    where: fc.option(clause, { freq: 2 }),
    calls: fc.uniqueArray(call, {
      minLength: 1,
      maxLength: 3,
      selector: ({ name, path }: Call) => name + path,
    }),
    having: fc.array(having, { maxLength: 1 }),
    limit: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
  })
  .chain(({ grouping: { groups, subtotals }, calls, limit, having: conditions, where }) => {
    const places = [...groups, ...calls].map((_, index) => index);
    const some = fc.shuffledSubarray(places, { maxLength: Math.min(2, places.length) });
    return some.chain((chosen) => {
      // With LIMIT the order must be complete: every group orders, and none is of text that differs by case alone.
      const isComplete =
        limit !== null && subtotals === null && groups.every(({ path }) => path !== 'Code__c');
      const all = isComplete ? [...new Set([...chosen, ...groups.keys()])] : chosen;
      return fc.tuple(...(groups.length > 0 ? all : []).map(orderOf)).map((orderBy) => ({
        where,
        groups,
        subtotals,
        calls,
        having: groups.length > 0 ? conditions : [],
        orderBy,
        limit: isComplete && groups.length > 0 ? limit : null,
      }));
    });
  });

const groupText = ({ part, path }: Group) => (part === null ? path : `${part}(${path})`);
const callText = ({ name, path }: Call) => `${name}(${path})`;

/** The query as SOQL text; its columns are called c0, c1 … in the order of `oracleGroups`. */
export function groupedSoql({
  where,
  groups,
  subtotals,
  calls,
  having: conditions,
  orderBy,
  limit,
}: AskedGroups): string {
  const terms = [...groups.map(groupText), ...calls.map(callText)];
  const columns = [
    ...groups.map(groupText),
    ...(subtotals === null ? [] : groups.map(({ path }) => `GROUPING(${path})`)),
    ...calls.map(callText),
  ].map((text, index) => `${text} c${index}`);
  const list = groups.map(groupText).join(', ');
  const group = groups.length === 0 ? '' : ` GROUP BY ${subtotals === null ? list : `${subtotals}(${list})`}`;
  const tests = conditions.map((one) => `${callText(one.call)} ${one.sign} ${one.value}`).join(' AND ');
  const orders = orderBy.map(
    ({ place, isDescending, nulls }) =>
      `${terms[place]}${isDescending ? ' DESC' : ''}${nulls === null ? '' : ` NULLS ${nulls}`}`,
  );
  return [
    `SELECT ${columns.join(', ')} FROM Deal__c`,
    where === null ? '' : ` WHERE ${clauseText(where)}`,
    group,
    tests === '' ? '' : ` HAVING ${tests}`,
    orders.length === 0 ? '' : ` ORDER BY ${orders.join(', ')}`,
    limit === null ? '' : ` LIMIT ${limit}`,
  ].join('');
}

/** What must occur in every run. */
export const TALLIED_GROUPS: readonly string[] = [
  'COUNT',
  'COUNT_DISTINCT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'no group',
  'two groups',
  'parent group',
  'date function',
  'ROLLUP',
  'CUBE',
  'HAVING',
  'ORDER BY group',
  'ORDER BY aggregate',
  'NULLS FIRST',
  'NULLS LAST',
  'LIMIT',
  'blank group',
  'blank aggregate',
];

export function tallyGroups(asked: AskedGroups, counts: Map<string, number>): void {
  const note = (name: string, isSo = true) => {
    if (isSo) counts.set(name, (counts.get(name) ?? 0) + 1);
  };
  for (const { name } of asked.calls) note(name);
  note('no group', asked.groups.length === 0);
  note('two groups', asked.groups.length === 2);
  note(
    'parent group',
    asked.groups.some(({ path }) => path.includes('.')),
  );
  note(
    'date function',
    asked.groups.some(({ part }) => part !== null),
  );
  note(asked.subtotals ?? 'plain');
  note('HAVING', asked.having.length > 0);
  for (const { place, nulls } of asked.orderBy) {
    note(place < asked.groups.length ? 'ORDER BY group' : 'ORDER BY aggregate');
    note(`NULLS ${nulls}`, nulls !== null);
  }
  note('LIMIT', asked.limit !== null);
}
