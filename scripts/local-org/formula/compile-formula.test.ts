import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldModel, ObjectModel, OrgModel } from '../../metadata/model.ts';
import { field, formula, picklist } from '../soql/fixture.test-support.ts';
import { compileFormula, compileFormulaField } from './compile-formula.ts';
import { FormulaError, FormulaEvaluationError } from './formula-error.ts';
import type { CompileContext, Subject, Value, Viewer } from './formula.ts';

const PARENT: ObjectModel = object('Parent__c', [
  field('Total__c', 'Number', { scale: 2 }),
  field('Is_Good__c', 'Checkbox'),
  field('Doubled__c', 'Number', { scale: 2, formula: formula('Total__c * 2') }),
]);
const REFERENCE = {
  to: ['Parent__c'],
  parentName: 'Parent__r',
  childName: null,
  onDelete: 'SetNull',
  masterOrder: null,
  isReparentable: false,
  writeRequiresMasterRead: false,
} as const;
const CHILD: ObjectModel = object('Child__c', [
  field('Id', 'Id'),
  field('A__c', 'Number', { scale: 2 }),
  field('B__c', 'Number', { scale: 2 }),
  field('Share__c', 'Percent', { scale: 1 }),
  field('Text__c', 'Text'),
  field('Flag__c', 'Checkbox'),
  field('Pick__c', 'Picklist', { picklist: picklist('Red', 'Blue') }),
  field('Multi__c', 'MultiselectPicklist', { picklist: picklist('Red', 'Blue') }),
  field('On__c', 'Date'),
  field('At__c', 'DateTime'),
  field('Long__c', 'LongTextArea'),
  field('Parent__c', 'Lookup', { reference: REFERENCE }),
  field('Half__c', 'Percent', { scale: 1, formula: formula('A__c / 2') }),
  field('Uses_Half__c', 'Number', { scale: 2, formula: formula('Half__c') }),
  field('Loop__c', 'Number', { scale: 0, formula: formula('Pool__c') }),
  field('Pool__c', 'Number', { scale: 0, formula: formula('Loop__c') }),
  field('Wrong__c', 'Number', { scale: 0, formula: formula('Text__c') }),
  field('Yes__c', 'Checkbox', { formula: formula('A__c > 1') }),
]);
const MODEL: OrgModel = {
  apiVersion: '67.0',
  objects: new Map(
    [PARENT, CHILD, object('Policy__mdt', [field('Limit__c', 'Percent'), field('Word__c', 'Text')])].map(
      (one) => [one.name, one],
    ),
  ),
  permissionSets: new Map(),
  customPermissions: new Set(['Pilot_Sync']),
  customMetadata: new Map([
    [
      'Policy.Default',
      {
        type: 'Policy__mdt',
        name: 'Default',
        label: 'Default',
        values: new Map<string, Value>([
          ['Limit__c', 40],
          ['Word__c', 'w'],
        ]),
      },
    ],
  ]),
  labels: new Map([['Hello', 'Hola']]),
  others: [],
};
const VIEWER: Viewer = {
  now: new Date('2026-11-20T03:30:00Z'),
  userId: '005000000000001AAA',
  timeZone: 'America/New_York',
  hasCustomPermission: (name) => name === 'Pilot_Sync',
};

function object(name: string, fields: readonly FieldModel[]): ObjectModel {
  return {
    name,
    label: name,
    pluralLabel: name,
    kind: 'custom',
    keyPrefix: null,
    sharing: 'ReadWrite',
    fields: new Map(fields.map((one) => [one.name, one])),
    validationRules: [],
  };
}

type Row = Readonly<Record<string, Value>>;
const subject = (now: Row, before: Row | null = null): Subject => ({
  get: (path) => now[path] ?? null,
  prior: (path) => (before ?? now)[path] ?? null,
  isNew: before === null,
});
const context = (options: Partial<CompileContext> = {}): CompileContext => ({
  model: MODEL,
  object: CHILD,
  allowsTransitions: true,
  blanks: 'BlankAsBlank',
  ...options,
});
const value = (
  source: string,
  row: Row = {},
  before: Row | null = null,
  options: Partial<CompileContext> = {},
) => compileFormula(source, context(options)).evaluate(subject(row, before), VIEWER);

// Engine: github.com/salesforce/formula-engine, impl/src/main/java/com/force/formula/commands. Help: platform.customize_functions.
const VALUES: readonly (readonly [source: string, row: Row, expected: Value, why: string])[] = [
  ['1 + 2 * 3', {}, 7, 'Formula.g4: * before +'],
  ['2 * 3 ^ 2', {}, 36, 'Formula.g4: ^ is looser than *'],
  ['2 ^ 3 ^ 2', {}, 64, 'Formula.g4: operators group from the left'],
  ['10 - 3 - 2', {}, 5, 'Formula.g4'],
  ['-A__c + 1', { A__c: 3 }, -2, 'Formula.g4 unaryExpression'],
  ['!Flag__c && TRUE', { Flag__c: false }, true, 'Formula.g4: ! binds tighter than &&'],
  ['TRUE || FALSE && FALSE', {}, true, 'Formula.g4'],
  ['/* why */ 1', {}, 1, 'LexerRules.g4 COMMENT'],
  ['"a\\"b\\n"', {}, 'a"b\n', 'LexerRules.g4 ESC'],
  ['0.1 + 0.2 = 0.3', {}, true, 'decimal arithmetic'],
  ['A__c + B__c', { A__c: 1 }, null, 'OperatorAddOrSubtract: blank in, blank out'],
  ['A__c > 1', {}, null, 'OperatorComparison: three values'],
  ['IF(A__c > 1, "y", "n")', {}, 'n', 'FunctionIf: null is false'],
  ['NOT(A__c > 1)', {}, null, 'OperatorNot: null stays null'],
  ['AND(A__c > 1, TRUE)', {}, false, 'FunctionAnd: null is false'],
  ['OR(A__c > 1, TRUE)', {}, true, 'FunctionOr'],
  ['A__c = B__c', {}, null, 'OperatorEquality: blank numbers'],
  ['Text__c = ""', {}, true, 'OperatorEquality: text blank is empty'],
  ['Text__c = "a"', { Text__c: 'A' }, false, 'equality is case-sensitive'],
  ['Text__c & "!" & Text__c', {}, '!', 'OperatorConcat skips blanks'],
  ['Text__c + "!"', { Text__c: 'a' }, 'a!', 'OperatorAddOrSubtract joins text'],
  ['ISBLANK(A__c)', {}, true, 'ISBLANK'],
  ['ISBLANK(Pick__c)', {}, true, 'ISBLANK of a picklist'],
  ['ISNULL(Text__c)', {}, false, 'help: text fields are never null'],
  ['NULLVALUE(Text__c, "x")', {}, null, 'FunctionNullValue: text stays'],
  ['BLANKVALUE(Text__c, "x")', {}, 'x', 'BLANKVALUE'],
  ['BLANKVALUE(A__c, 5)', {}, 5, 'BLANKVALUE'],
  ['Share__c', { Share__c: 50 }, 0.5, 'help: percent fields are fractions in formulas'],
  ['Share__c = 0.333', { Share__c: 33.3 }, true, 'percent without binary noise'],
  ['ISPICKVAL(Pick__c, "Red")', { Pick__c: 'Red' }, true, 'ISPICKVAL'],
  ['ISPICKVAL(Pick__c, "")', {}, true, 'ISPICKVAL of a blank'],
  ['TEXT(Pick__c) = "Blue"', { Pick__c: 'Blue' }, true, 'TEXT(picklist)'],
  ['CASE(Pick__c, "Red", 1, "Blue", 2, 0)', { Pick__c: 'Blue' }, 2, 'CASE(picklist)'],
  ['CASE(A__c, 1, "a", 2, "b", "z")', { A__c: 3 }, 'z', 'CASE else'],
  ['CASE(A__c, NULL, "a", "z")', {}, 'z', 'FunctionCase: null equals nothing'],
  ['INCLUDES(Multi__c, "Blue")', { Multi__c: 'Red;Blue' }, true, 'INCLUDES'],
  ['ROUND(2.5, 0)', {}, 3, 'BigDecimalHelper.round HALF_UP'],
  ['ROUND(-2.5, 0)', {}, -3, 'BigDecimalHelper.round of the absolute value'],
  ['ROUND(1.005, 2)', {}, 1.01, 'decimal, not binary'],
  ['ROUND(1234, -2)', {}, 1200, 'negative scale'],
  ['FLOOR(-1.5)', {}, -1, 'help: towards zero if negative'],
  ['CEILING(-1.5)', {}, -2, 'help: away from zero if negative'],
  ['MCEILING(-1.5)', {}, -1, 'help MCEILING'],
  ['FLOOR(1 / 3 * 3)', {}, 1, 'FunctionFloor rounds the noise off first'],
  ['MOD(-3, 2)', {}, -1, 'BigDecimal.remainder'],
  ['MAX(1, A__c)', {}, null, 'FunctionMax: null in, null out'],
  ['TEXT(1234567890.5)', {}, '1234567890.5', 'BigDecimalHelper.formatBigDecimal'],
  ['TEXT(0.0000001)', {}, '0.0000001', 'toPlainString'],
  ['TEXT(On__c)', { On__c: '2026-01-05' }, '2026-01-05', 'FunctionText'],
  ['TEXT(At__c)', { At__c: '2026-01-05T06:07:08.000Z' }, '2026-01-05 06:07:08Z', 'FunctionText'],
  ['VALUE("1e3")', {}, 1000, 'BigDecimal(String)'],
  ['LEN(Text__c)', {}, 0, 'FunctionLen'],
  ['LEFT("abc", 0)', {}, null, 'FunctionLeft'],
  ['RIGHT("abc", 2)', {}, 'bc', 'FunctionRight'],
  ['MID("hello", 2, 3)', {}, 'ell', 'FunctionSubstring'],
  ['MID("hello", -3, 2)', {}, 'll', 'FunctionSubstring: negative start'],
  ['FIND("l", "hello", 4)', {}, 4, 'FunctionFind'],
  ['FIND("x", Text__c)', {}, 0, 'FunctionFind: null is 0'],
  ['SUBSTITUTE("a$a", "a", "$&")', {}, '$&$$&', 'literal replacement'],
  ['CONTAINS("abc", "")', {}, true, 'FunctionContains'],
  ['BEGINS(Text__c, "a")', {}, null, 'FunctionBegins'],
  ['CASESAFEID(Id)', { Id: '001A0000000B2c3IAC' }, '001A0000000B2c3IAC', 'ids are 15 characters in formulas'],
  ['LEN(Id)', { Id: '001A0000000B2c3IAC' }, 15, 'ids are 15 characters in formulas'],
  ['TODAY()', {}, '2026-11-19', 'the date in the viewer’s time zone'],
  ['NOW()', {}, '2026-11-20T03:30:00.000Z', 'NOW'],
  ['On__c - TODAY()', { On__c: '2026-11-25' }, 6, 'days between dates'],
  ['On__c + 30', { On__c: '2026-11-25' }, '2026-12-25', 'date arithmetic'],
  ['At__c + 0.5', { At__c: '2026-11-25T00:00:00.000Z' }, '2026-11-25T12:00:00.000Z', 'date/time arithmetic'],
  ['NOW() > At__c', { At__c: '2026-11-20T03:29:59.000Z' }, true, 'date/times compare'],
  [
    'DATEVALUE(At__c)',
    { At__c: '2026-11-20T03:29:59.000Z' },
    '2026-11-19',
    'FunctionDateValue: the viewer’s day',
  ],
  ['DATEVALUE("2026-02-28")', {}, '2026-02-28', 'DATEVALUE'],
  ['DATETIMEVALUE("2026-02-28 10:11:12")', {}, '2026-02-28T10:11:12.000Z', 'DATETIMEVALUE'],
  ['ADDMONTHS(DATE(2026, 1, 31), 1)', {}, '2026-02-28', 'ADDMONTHS: shorter month'],
  ['ADDMONTHS(DATE(2026, 2, 28), 1)', {}, '2026-03-31', 'FunctionAddMonths: last day stays last'],
  ['ADDMONTHS(DATE(2026, 12, 15), -13)', {}, '2025-11-15', 'ADDMONTHS backwards'],
  ['WEEKDAY(DATE(2026, 11, 22))', {}, 1, 'help: 1 is Sunday'],
  [
    'YEAR(On__c) * 10000 + MONTH(On__c) * 100 + DAY(On__c)',
    { On__c: '2026-11-25' },
    20261125,
    'parts of a date',
  ],
  ['Parent__r.Total__c * 2', { 'Parent__r.Total__c': 4 }, 8, 'cross-object'],
  ['Parent__r.Doubled__c', { 'Parent__r.Total__c': 4 }, 8, 'formula of the parent'],
  ['Parent__r.Is_Good__c', {}, false, 'a checkbox through an absent parent is false'],
  ['Uses_Half__c', { A__c: 1 }, 0.5, 'formula over a percent formula'],
  ['$User.Id = "005000000000001"', {}, true, '$User.Id has 15 characters'],
  ['$Permission.pilot_sync', {}, true, '$Permission ignores case'],
  ['$CustomMetadata.Policy__mdt.Default.Limit__c', {}, 0.4, 'percent of custom metadata'],
  ['$Label.Hello', {}, 'Hola', '$Label'],
];

for (const [source, row, expected, why] of VALUES) {
  test(`${source} is ${JSON.stringify(expected)} (${why})`, () =>
    assert.deepEqual(value(source, row), expected));
}

test('transitions see the record before the save', () => {
  const now = { A__c: 2, Pick__c: 'Red' };
  assert.equal(value('ISCHANGED(A__c)', now, { A__c: 1 }), true);
  assert.equal(value('ISCHANGED(A__c)', now, { A__c: 2 }), false);
  assert.equal(value('PRIORVALUE(A__c)', now, { A__c: 1 }), 1);
  assert.equal(value('ISPICKVAL(PRIORVALUE(Pick__c), "Blue")', now, { Pick__c: 'Blue' }), true);
  assert.equal(value('ISCHANGED(Half__c)', now, { A__c: 1 }), true);
  assert.equal(value('ISCHANGED(A__c)', now), false);
  assert.equal(value('PRIORVALUE(A__c)', now), 2);
  assert.equal(value('ISNEW()', now), true);
});

test('BlankAsZero counts a blank number as 0 and leaves text blank', () => {
  assert.equal(value('A__c + 1', {}, null, { blanks: 'BlankAsZero' }), 1);
  assert.equal(value('ISBLANK(A__c)', {}, null, { blanks: 'BlankAsZero' }), false);
  assert.equal(value('ISBLANK(Text__c)', {}, null, { blanks: 'BlankAsZero' }), true);
});

test('a formula field gives its value as stored: percent of hundred, rounded to its scale, checkbox never blank', () => {
  const half = CHILD.fields.get('Half__c') as FieldModel;
  assert.equal(compileFormulaField(half, CHILD, MODEL).evaluate(subject({ A__c: 1.001 }), VIEWER), 50.1);
  const yes = CHILD.fields.get('Yes__c') as FieldModel;
  assert.equal(compileFormulaField(yes, CHILD, MODEL).evaluate(subject({}), VIEWER), false);
});

test('paths name the stored fields once, through formula fields and parents', () => {
  const compiled = compileFormula('uses_half__c + a__c + Parent__r.Doubled__c', context());
  assert.deepEqual([...compiled.paths].sort(), ['A__c', 'Parent__r.Total__c']);
  assert.equal(compiled.kind, 'Number');
});

test('only formulas over the clock or the viewer are volatile', () => {
  const isVolatile = (source: string) => compileFormula(source, context()).isVolatile;
  assert.deepEqual(
    [
      'TODAY()',
      'NOW()',
      '$User.Id',
      '$Permission.Pilot_Sync',
      'DATEVALUE(At__c)',
      'A__c',
      'DATEVALUE("2026-01-01")',
    ].map(isVolatile),
    [true, true, true, true, true, false, false],
  );
});

for (const source of [
  '1 / 0',
  'MOD(1, 0)',
  'VALUE("x")',
  'DATE(2026, 2, 30)',
  'DATEVALUE("2026-2-3")',
  'SQRT(-1)',
  'LN(0)',
  '2 ^ 0.5',
  '10 ^ 99',
  'REGEX("a", "[")',
]) {
  test(`${source} is an error of the record, not a value`, () => {
    assert.throws(() => value(source), FormulaEvaluationError);
  });
}

// Texts: github.com/salesforce/formula-engine, api/src/main/resources/com/force/formula/labels/labels.xml
const REFUSED: readonly (readonly [source: string, message: string, position: number | null])[] = [
  ['Nope__c + 1', 'Field Nope__c does not exist. Check spelling.', 0],
  ['1 + Parent__r.Nope__c', 'Field Parent__r.Nope__c does not exist. Check spelling.', 4],
  ['$Permission.Nope', 'Field $Permission.Nope does not exist. Check spelling.', 0],
  [
    '$CustomMetadata.Policy__mdt.Nope.Limit__c',
    'Field $CustomMetadata.Policy__mdt.Nope.Limit__c does not exist. Check spelling.',
    0,
  ],
  ['FOO(1)', 'Unknown function FOO. Check spelling.', 0],
  ['IF(TRUE, 1)', "Incorrect number of parameters for function 'IF()'. Expected 3, received 2", 0],
  ['IF(A__c, 1, 2)', "Incorrect parameter type for function 'IF()'. Expected Boolean, received Number", 3],
  ['IF(TRUE, 1, "a")', "Incorrect parameter type for function 'IF()'. Expected Number, received Text", 12],
  ['Flag__c = On__c', "Incorrect parameter type for operator '='. Expected Boolean, received Date", 10],
  ['1 & "a"', "Incorrect parameter type for operator '&'. Expected Text, received Number", 0],
  ['TODAY() + TODAY()', "Incorrect parameter type for operator '+'. Expected Number, received Date", 10],
  [
    'TEXT("a")',
    "Incorrect parameter type for function 'TEXT()'. Expected Number, Date, DateTime, received Text",
    5,
  ],
  [
    'Pick__c = "Red"',
    'Field Pick__c is a picklist field. Picklist fields are only supported in certain functions.',
    0,
  ],
  [
    'UPPER(Multi__c)',
    'Field Multi__c is a multi-select picklist field. Multi-select picklist fields are only supported in certain functions.',
    6,
  ],
  [
    'INCLUDES(Multi__c, "Grey")',
    'Incorrect parameter for function INCLUDES(). Text Literal must be a valid value for this multi-select picklist field.',
    19,
  ],
  ['ISCHANGED(A__c + 1)', "Incorrect parameter for function 'ISCHANGED()'. Expected field reference.", 15],
  ['1 +', "Syntax error.  Found 'end of formula'", 3],
  ['(1', "Syntax error.  Missing ')'", 2],
  ['1 2', 'Syntax error. Extra 2', 2],
  ['a ? b', "Syntax error.  Found '?'", 2],
  ['AND(TRUE,)', "Syntax error.  Found ')'", 9],
];
for (const [source, message, position] of REFUSED) {
  test(`refuses ${source}`, () => {
    assert.throws(() => value(source), { name: 'FormulaError', code: 'INVALID_FORMULA', message, position });
  });
}

test('refuses what a formula field may not use and a rule may', () => {
  const inField = (source: string) => () => compileFormula(source, context({ allowsTransitions: false }));
  assert.throws(inField('ISNEW()'), { message: 'Function ISNEW may not be used in this type of formula' });
  assert.throws(inField('REGEX(Text__c, "a")'), {
    message: 'Function REGEX may not be used in this type of formula',
  });
  assert.throws(inField('LEN(Long__c)'), {
    message: /unsupported field type called "LongTextArea" using the following field: Long__c/,
  });
  assert.equal(value('LEN(Long__c)', { Long__c: 'abc' }), 3);
});

test('refuses a formula field that reads itself, and one whose result does not fit its type', () => {
  const compile = (name: string) => () =>
    compileFormulaField(CHILD.fields.get(name) as FieldModel, CHILD, MODEL);
  assert.throws(compile('Loop__c'), {
    message: /^Formula cannot use another formula field that directly or indirectly refers to itself/,
  });
  assert.throws(compile('Wrong__c'), {
    message: 'Formula result is data type (Text), incompatible with expected data type (Number).',
  });
});

test('says of a function Salesforce has and the local org lacks that it is not implemented', () => {
  assert.throws(() => value('VLOOKUP(A__c, A__c, "x")'), {
    name: 'FormulaError',
    code: 'FORMULA_NOT_IMPLEMENTED',
  });
  assert.throws(() => value('$Profile.Name'), { name: 'FormulaError', code: 'FORMULA_NOT_IMPLEMENTED' });
});

test('refuses hostile nesting and length instead of exhausting the stack', () => {
  assert.throws(() => value(`${'('.repeat(1_900)}1${')'.repeat(1_900)}`), FormulaError);
  assert.throws(() => value('!'.repeat(3_000) + 'TRUE'), FormulaError);
  assert.throws(() => value(`"${'x'.repeat(4_000)}"`), {
    message: /^Formula is too long \(4002 characters\)/,
  });
});
