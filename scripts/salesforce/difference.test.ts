import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asStored, difference, type Cell } from './difference.ts';
import type { FieldDescription, ObjectDescription } from './describe.ts';

function field(name: string, type: string, scale = 0): FieldDescription {
  return {
    name,
    label: name,
    type,
    length: 255,
    precision: 18,
    scale,
    createable: true,
    updateable: true,
    picklistValues: [],
  };
}

const OBJECT: ObjectDescription = {
  name: 'Pilot__c',
  label: 'Pilot',
  createable: true,
  updateable: true,
  deletable: true,
  queryable: true,
  fields: new Map(
    [
      field('Text', 'string'),
      field('Long', 'textarea'),
      field('Percent', 'percent', 1),
      field('Number', 'double', 4),
      field('Flag', 'boolean'),
      field('Day', 'date'),
      field('At', 'datetime'),
      field('Link', 'reference'),
    ].map((each) => [each.name, each]),
  ),
};

const EQUAL: readonly { name: string; field: string; stored: Cell; wanted: Cell }[] = [
  { name: 'blank text and null', field: 'Text', stored: null, wanted: '' },
  { name: 'text that is only spaces and null', field: 'Text', stored: null, wanted: '  ' },
  { name: 'text with spaces around it', field: 'Text', stored: 'a', wanted: ' a ' },
  { name: 'a number beyond the scale', field: 'Percent', stored: -23.5, wanted: -23.4612 },
  { name: 'a number that floating point cannot hold', field: 'Number', stored: 0.3, wanted: 0.1 + 0.2 },
  { name: 'zero and minus zero', field: 'Number', stored: 0, wanted: -0.00001 },
  { name: 'an unticked checkbox and null', field: 'Flag', stored: false, wanted: null },
  {
    name: 'the same instant written in two ways',
    field: 'At',
    stored: '2026-11-22T06:00:00.000+0000',
    wanted: '2026-11-22T06:00:00.732Z',
  },
  {
    name: 'an id of 15 and of 18 characters',
    field: 'Link',
    stored: 'a09Lc000000002BIAQ',
    wanted: 'a09Lc000000002B',
  },
];

for (const { name, field: column, stored, wanted } of EQUAL) {
  test(`${name} are equal`, () =>
    assert.deepEqual(difference(OBJECT, { [column]: stored }, { [column]: wanted }), {}));
}

const DIFFERENT: readonly { name: string; field: string; stored: Cell; wanted: Cell; written: Cell }[] = [
  { name: 'text in another case', field: 'Text', stored: 'a', wanted: 'A', written: 'A' },
  { name: 'null over a value', field: 'Day', stored: '2026-11-22', wanted: null, written: null },
  { name: 'zero over null', field: 'Number', stored: null, wanted: 0, written: 0 },
  { name: 'a number, as the field keeps it', field: 'Percent', stored: 1, wanted: 2.345, written: 2.3 },
  { name: 'half away from zero', field: 'Percent', stored: 1, wanted: -2.25, written: -2.3 },
  {
    name: 'ids that differ only in case',
    field: 'Link',
    stored: 'a09Lc000000002BIAQ',
    wanted: 'a09Lc000000002bIAQ',
    written: 'a09Lc000000002bIAQ',
  },
  {
    name: 'the next second',
    field: 'At',
    stored: '2026-11-22T06:00:00.000+0000',
    wanted: '2026-11-22T06:00:01Z',
    written: '2026-11-22T06:00:01Z',
  },
];

for (const { name, field: column, stored, wanted, written } of DIFFERENT) {
  test(`writes ${name}`, () =>
    assert.deepEqual(difference(OBJECT, { [column]: stored }, { [column]: wanted }), { [column]: written }));
}

test('a field that the org does not have is never passed over', () => {
  assert.throws(() => difference(OBJECT, {}, { Gone__c: 1 }), /Pilot__c has no field Gone__c/);
});

test('what was written is found unchanged the next time', () => {
  const cell = fc.oneof(
    fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.constantFrom('Text', 'Long', 'Percent', 'Number'), cell, (name, wanted) => {
      const stored = asStored(OBJECT.fields.get(name)!, wanted);
      assert.deepEqual(difference(OBJECT, { [name]: stored }, { [name]: wanted }), {});
    }),
  );
});
