import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { POLICY_NUMBERS, SWITCHABLE_SIGNALS, switchField } from './policy-fields.ts';
import { capacityMode, PolicyError, resolvePolicy } from './policy.ts';
import type { PolicyRecord } from './policy.ts';

const DEFAULT: PolicyRecord = {
  name: 'Default',
  fields: {
    ...Object.fromEntries(Object.values(POLICY_NUMBERS).map((field, index) => [field, index])),
    ...Object.fromEntries(SWITCHABLE_SIGNALS.map((code) => [switchField(code), 'On'])),
  },
};

describe('the policy of a type', () => {
  test('is resolved field by field: override of the type, type, override of Default, Default', () => {
    const records: PolicyRecord[] = [
      DEFAULT,
      {
        name: 'Default_Override',
        fields: { Idle_Business_Days__c: 11, Ramp_Weeks__c: 3, Signal_Narrow__c: 'Off' },
      },
      { name: 'POC', fields: { Idle_Business_Days__c: 6, Ramp_Weeks__c: null, Drop_Percent__c: '' } },
      {
        name: 'POC_Override',
        fields: { Idle_Business_Days__c: null, Key_User_Away_Days__c: 0, Signal_Narrow__c: 'On' },
      },
    ];
    const poc = resolvePolicy(records, 'POC');
    assert.deepEqual(
      [poc.idleBusinessDays, poc.rampWeeks, poc.keyUserAwayDays, poc.off.has('NARROW')],
      [6, 3, 0, false],
    );
    assert.equal(poc.dropPercent, DEFAULT.fields[POLICY_NUMBERS.dropPercent]);
    const pilot = resolvePolicy(records, 'Pilot');
    assert.deepEqual([pilot.idleBusinessDays, pilot.off.has('NARROW')], [11, true]);
  });

  test('is refused when Default has no value, naming record, field and the click', () => {
    const fields = { ...DEFAULT.fields, Idle_Business_Days__c: null };
    assert.throws(
      () => resolvePolicy([{ name: 'Default', fields }], 'POC'),
      (error: unknown) =>
        error instanceof PolicyError &&
        error.code === 'POLICY_VALUE_MISSING' &&
        error.record === 'Default' &&
        error.field === 'Idle_Business_Days__c' &&
        /Custom Metadata Types/.test(error.actions[0] ?? ''),
    );
  });

  for (const [field, value] of [
    ['Drop_Percent__c', -1],
    ['Drop_Percent__c', '30'],
    ['Drop_Percent__c', Number.NaN],
    ['Signal_No_Usage__c', 'on'],
  ] as const) {
    test(`refuses ${JSON.stringify(value)} in ${field}`, () => {
      const override = { name: 'Trial_Override', fields: { [field]: value } };
      assert.throws(
        () => resolvePolicy([DEFAULT, override], 'Trial'),
        (error: unknown) =>
          error instanceof PolicyError &&
          error.code === 'POLICY_VALUE_INVALID' &&
          error.record === 'Trial_Override' &&
          error.field === field,
      );
    });
  }
});

test('capacity blocks only where the general policy says Block; a type has no say, a blank override leaves the default', () => {
  const record = (name: string, mode: string | null): PolicyRecord => {
    return { name, fields: { Capacity_Mode__c: mode } };
  };
  assert.equal(capacityMode([record('Default', 'Warn'), record('POC', 'Block')]), 'Warn');
  assert.equal(capacityMode([record('Default', 'Warn'), record('Default_Override', 'Block')]), 'Block');
  assert.equal(capacityMode([record('Default', 'Block'), record('Default_Override', null)]), 'Block');
  assert.equal(capacityMode([record('Default', null)]), 'Warn');
});
