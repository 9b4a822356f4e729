// Random rows and queries over the fixture, with a count of what occurred.
import fc from 'fast-check';
import {
  dealId,
  lineId,
  personId,
  STAGES,
  TAGS,
  type FixtureData,
  type FixtureRow,
} from './fixture.test-support.ts';
import type { Asked, Clause, Literal, Sorting } from './oracle.test-support.ts';

const NAMES = ['Ann', 'ANN', 'bob', 'Öl', 'öl', 'a%c', 'a_c', 'abc', "O'Hara", 'back\\slash', 'Zoë', 'b-c'];
const CITIES = ['Bern', 'bern', 'Ulm', 'Köln'];
const DATES = [
  '2026-10-31',
  '2026-11-17',
  '2026-11-19',
  '2026-11-20',
  '2026-11-21',
  '2026-11-22',
  '2027-02-01',
];
const INSTANTS = [
  '2026-11-20T03:00:00.000Z',
  '2026-11-20T05:00:00.000Z',
  '2026-11-21T04:59:59.000Z',
  '2026-11-21T05:00:00.000Z',
  '2026-10-31T12:00:00.000Z',
];
const NUMBERS = [0, 1, 10, 99.5, 250, 1000];
const PERIOD_NAMES = [
  'TODAY',
  'YESTERDAY',
  'TOMORROW',
  'THIS_WEEK',
  'LAST_MONTH',
  'THIS_QUARTER',
  'NEXT_YEAR',
  'LAST_N_DAYS:3',
  'NEXT_N_DAYS:2',
];

const orNull = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { freq: 4 });

export const randomData: fc.Arbitrary<FixtureData> = fc
  .record({
    people: fc.array(
      fc.record({ City__c: orNull(CITIES), Is_Vip__c: fc.constantFrom(0, 1), boss: orNull([0, 1, 2]) }),
      { minLength: 4, maxLength: 6 },
    ),
    deals: fc.array(
      fc.record({
        Name: fc.constantFrom(...NAMES),
        Amount__c: orNull(NUMBERS),
        Share__c: orNull([0, 12.5, 50, 100]),
        Is_Open__c: fc.constantFrom(0, 1),
        Stage__c: orNull(STAGES),
        Tags__c: orNull([...TAGS, 'Red;Green', 'Green;Blue', 'Red;Green;Blue']),
        Closes_On__c: orNull(DATES),
        Touched_At__c: orNull(INSTANTS),
        Code__c: orNull(['abc', 'ABC', 'x']),
        IsDeleted: fc.constantFrom(0, 0, 0, 0, 1),
        seller: orNull([0, 1, 2, 3]),
        about: orNull([personId(0), personId(1), personId(2), lineId(0), lineId(1), lineId(2)]),
      }),
      { minLength: 12, maxLength: 24 },
    ),
    lines: fc.array(
      fc.record({
        deal: fc.nat(23),
        Quantity__c: orNull([1, 2.5, 3]),
        IsDeleted: fc.constantFrom(0, 0, 0, 1),
      }),
      { minLength: 10, maxLength: 30 },
    ),
  })
  .map(({ people, deals, lines }) => ({
    Person__c: people.map(({ boss, ...rest }, index): FixtureRow => ({
      Id: personId(index),
      Name: `P${index}`,
      Boss__c: boss === null ? null : personId(boss),
      ...rest,
    })),
    Deal__c: deals.map(({ seller, about, ...rest }, index): FixtureRow => ({
      Id: dealId(index),
      About__c: about,
      Seller__c: seller === null ? null : personId(seller),
      ...rest,
    })),
    Line__c: lines.map(({ deal, ...rest }, index): FixtureRow => ({
      Id: lineId(index),
      Name: `L${index}`,
      Deal__c: dealId(deal % deals.length),
      ...rest,
    })),
  }));

interface FieldKinds {
  readonly path: string;
  readonly literal: fc.Arbitrary<Literal>;
  readonly isOrdered: boolean;
}

const texts = (values: readonly string[]) =>
  fc.constantFrom<Literal>(...values, ...values.map((value) => value.toUpperCase()));
const FIELDS: readonly FieldKinds[] = [
  { path: 'Name', literal: texts(NAMES), isOrdered: true },
  { path: 'Amount__c', literal: fc.constantFrom<Literal>(...NUMBERS), isOrdered: true },
  { path: 'Share__c', literal: fc.constantFrom<Literal>(0, 50), isOrdered: true },
  { path: 'Is_Open__c', literal: fc.constantFrom<Literal>(true, false), isOrdered: false },
  { path: 'Stage__c', literal: texts(STAGES), isOrdered: false },
  {
    path: 'Closes_On__c',
    literal: fc.oneof(
      fc.constantFrom(...DATES).map((date) => ({ date })),
      fc.constantFrom(...PERIOD_NAMES).map((period) => ({ period })),
    ),
    isOrdered: true,
  },
  {
    path: 'Touched_At__c',
    literal: fc.oneof(
      fc.constantFrom(...INSTANTS).map((date) => ({ date })),
      fc.constantFrom(...PERIOD_NAMES).map((period) => ({ period })),
    ),
    isOrdered: true,
  },
  { path: 'Code__c', literal: texts(['abc', 'x']), isOrdered: false },
  {
    path: 'Seller__c',
    literal: fc
      .constantFrom<Literal>(personId(0), personId(1).slice(0, 15))
      .map((id) => personId(id === personId(0) ? 0 : 1)),
    isOrdered: false,
  },
  { path: 'Seller__r.City__c', literal: texts(CITIES), isOrdered: true },
  { path: 'Seller__r.Is_Vip__c', literal: fc.constantFrom<Literal>(true, false), isOrdered: false },
  { path: 'Seller__r.Boss__r.City__c', literal: texts(CITIES), isOrdered: true },
  { path: 'Weighted__c', literal: fc.constantFrom<Literal>(0, 125, 5, 500), isOrdered: true },
  { path: 'Is_Big__c', literal: fc.constantFrom<Literal>(true, false), isOrdered: false },
  { path: 'Seller_City__c', literal: texts(CITIES), isOrdered: true },
  { path: 'Days_Left__c', literal: fc.constantFrom<Literal>(-1, 0, 2), isOrdered: true },
];

const DATED = FIELDS.filter(({ path }) => path === 'Closes_On__c' || path === 'Touched_At__c');
// Twice the dates: half of their literals are plain dates.
const anyField = fc.constantFrom(...FIELDS, ...DATED);
const compared = anyField.chain(({ path, literal, isOrdered }) =>
  fc
    .oneof(
      {
        weight: 5,
        arbitrary: fc.tuple(
          fc.constantFrom(...(['=', '!=', ...(isOrdered ? (['<', '<=', '>', '>='] as const) : [])] as const)),
          literal,
        ),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom<'=' | '!='>('=', '!='), fc.constant<Literal>(null)) },
    )
    .map(([sign, value]): Clause => ({ kind: 'compare', path, sign, literal: value })),
);
const listed = anyField.chain(({ path, literal }) =>
  fc
    .tuple(fc.boolean(), fc.array(literal, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([isNegated, literals, withNull]): Clause => ({
      kind: 'in',
      path,
      isNegated,
      literals: withNull ? [...literals, null] : literals,
    })),
);
const liked = fc
  .tuple(
    fc.constantFrom('Name', 'Seller__r.City__c', 'Seller_City__c'),
    fc.constantFrom('a%', '%N', '%ö%', 'a\\%c', 'a\\_c', '_b_', '%', 'abc', '%\\\\%', 'K_ln', '%E%N', 'b-%'),
  )
  .map(([path, pattern]): Clause => ({ kind: 'like', path, pattern }));
const included = fc
  .tuple(fc.boolean(), fc.subarray([...TAGS, 'Red;Green', 'Green;Blue'], { minLength: 1, maxLength: 2 }))
  .map(([isNegated, values]): Clause => ({ kind: 'includes', path: 'Tags__c', isNegated, values }));
const leaf = fc.oneof(
  { weight: 6, arbitrary: compared },
  { weight: 2, arbitrary: listed },
  { weight: 2, arbitrary: liked },
  { weight: 1, arbitrary: included },
);
export const { clause } = fc.letrec<{ clause: Clause }>((tie) => ({
  clause: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    leaf,
    fc.record({
      kind: fc.constantFrom<'and' | 'or'>('and', 'or'),
      parts: fc.array(tie('clause'), { minLength: 2, maxLength: 3 }),
    }),
    // Not directly within each other: see unbalanced in parse-condition.ts.
    tie('clause').map((part): Clause => (part.kind === 'not' ? part : { kind: 'not', part })),
  ),
}));
const joined = fc
  .record({ kind: fc.constant('lines' as const), isNegated: fc.boolean(), least: fc.constantFrom(0, 1, 2.5) })
  .chain((join) =>
    fc.option(leaf).map((other): Clause => (other === null ? join : { kind: 'and', parts: [join, other] })),
  );
const sorting: fc.Arbitrary<Sorting> = fc.record({
  path: fc.constantFrom(...FIELDS.map(({ path }) => path)),
  isDescending: fc.boolean(),
  nulls: fc.constantFrom('FIRST', 'LAST', null),
});

export const randomQuery: fc.Arbitrary<Asked> = fc.record({
  where: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 8, arbitrary: clause },
    { weight: 3, arbitrary: joined },
  ),
  orderBy: fc.uniqueArray(sorting, { maxLength: 2, selector: ({ path }) => path }),
  limit: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 }),
  offset: fc.constantFrom(0, 0, 1, 3),
});

/** The query as SOQL text. */
export function toSoql(asked: Asked, selected: string): string {
  const where = asked.where ? ` WHERE ${clauseText(asked.where)}` : '';
  const orders = asked.orderBy.map(
    ({ path, isDescending, nulls }) =>
      `${path}${isDescending ? ' DESC' : ''}${nulls ? ` NULLS ${nulls}` : ''}`,
  );
  const order = orders.length > 0 ? ` ORDER BY ${orders.join(', ')}` : '';
  const limit = asked.limit === null ? '' : ` LIMIT ${asked.limit}`;
  return `SELECT ${selected} FROM Deal__c${where}${order}${limit}${asked.offset > 0 ? ` OFFSET ${asked.offset}` : ''}`;
}

/** A condition as SOQL text. */
export function clauseText(clause: Clause): string {
  switch (clause.kind) {
    case 'and':
    case 'or':
      return `(${clause.parts.map(clauseText).join(` ${clause.kind.toUpperCase()} `)})`;
    case 'not':
      return `(NOT ${clauseText(clause.part)})`;
    case 'compare':
      return `${clause.path} ${clause.sign} ${literalText(clause.literal)}`;
    case 'in':
      return `${clause.path} ${clause.isNegated ? 'NOT IN' : 'IN'} (${clause.literals.map(literalText).join(', ')})`;
    case 'like':
      return `${clause.path} LIKE '${clause.pattern}'`;
    case 'includes':
      return `${clause.path} ${clause.isNegated ? 'EXCLUDES' : 'INCLUDES'} (${clause.values.map((value) => `'${value}'`).join(', ')})`;
    case 'lines':
      return `Id ${clause.isNegated ? 'NOT IN' : 'IN'} (SELECT Deal__c FROM Line__c WHERE Quantity__c > ${clause.least})`;
  }
}

function literalText(literal: Literal): string {
  if (typeof literal === 'string') return `'${literal.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (literal === null || typeof literal !== 'object') return String(literal);
  return 'date' in literal ? literal.date : literal.period;
}

/** What must occur in every run. */
export const TALLIED: readonly string[] = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'IN',
  'NOT IN',
  'LIKE',
  'INCLUDES',
  'EXCLUDES',
  'AND',
  'OR',
  'NOT',
  'null',
  'date literal',
  'semi join',
  'anti join',
  'parent path',
  'formula field',
  'ORDER BY',
  'ORDER BY DESC',
  'NULLS FIRST',
  'NULLS LAST',
  'picklist order',
  'LIMIT',
  'OFFSET',
  'child subquery',
];

/** Adds what occurs in a query to the tally: operators, blanks, parents, children. */
export function tally(asked: Asked, counts: Map<string, number>): void {
  const note = (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const walk = (clause: Clause): void => {
    if (clause.kind === 'and' || clause.kind === 'or') {
      note(clause.kind.toUpperCase());
      clause.parts.forEach(walk);
      return;
    }
    if (clause.kind === 'not') {
      note('NOT');
      return walk(clause.part);
    }
    if (clause.kind === 'compare') {
      note(clause.sign);
      if (clause.literal === null) note('null');
      if (typeof clause.literal === 'object' && clause.literal && 'period' in clause.literal)
        note('date literal');
    } else if (clause.kind === 'in') {
      note(clause.isNegated ? 'NOT IN' : 'IN');
      if (clause.literals.includes(null)) note('null');
    } else if (clause.kind === 'includes') note(clause.isNegated ? 'EXCLUDES' : 'INCLUDES');
    else if (clause.kind === 'like') note('LIKE');
    else if (clause.kind === 'lines') note(clause.isNegated ? 'anti join' : 'semi join');
    if ('path' in clause && clause.path.includes('.')) note('parent path');
    if ('path' in clause && /Weighted|Big|Seller_City|Days_Left/.test(clause.path)) note('formula field');
  };
  // Every query of the test selects children: see SELECTED.
  note('child subquery');
  if (asked.where) walk(asked.where);
  for (const { path, isDescending, nulls } of asked.orderBy) {
    note(isDescending ? 'ORDER BY DESC' : 'ORDER BY');
    if (nulls) note(`NULLS ${nulls}`);
    if (path === 'Stage__c') note('picklist order');
  }
  if (asked.limit !== null) note('LIMIT');
  if (asked.offset > 0) note('OFFSET');
}
