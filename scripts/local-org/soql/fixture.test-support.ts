// A small org for tests of queries, formula columns and GraphQL: every kind of field, parents, children, formulas.
import type { FieldKind, FieldModel, ObjectModel, OrgModel, Reference } from '../../metadata/model.ts';
import type { Viewer } from '../formula/formula.ts';
import { migrateSchema } from '../store/schema.ts';
import { Store, quoted, type SqlValue } from '../store/store.ts';
import { mintId } from '../store/record-id.ts';
import type { QueryContext } from './query-context.ts';

export type FixtureRow = Record<string, SqlValue>;
export type FixtureData = Readonly<Record<string, readonly FixtureRow[]>>;

export function field(name: string, kind: FieldKind, options: Partial<FieldModel> = {}): FieldModel {
  return {
    name,
    label: name.replace(/__c$/, '').replaceAll('_', ' '),
    kind,
    description: null,
    helpText: null,
    length: null,
    precision: null,
    scale: null,
    isRequired: false,
    isUnique: false,
    isCaseSensitive: false,
    isExternalId: false,
    isCustom: name.endsWith('__c'),
    isCreateable: true,
    isUpdateable: true,
    defaultValue: null,
    picklist: null,
    reference: null,
    formula: null,
    rollUp: null,
    displayFormat: null,
    trackHistory: false,
    ...options,
  };
}

export const picklist = (...values: readonly string[]): NonNullable<FieldModel['picklist']> => ({
  isRestricted: true,
  values: values.map((value) => ({ value, label: `${value} (label)`, isDefault: false, isActive: true })),
});

const to = (object: string, parentName: string, childName: string | null): Reference => ({
  to: [object],
  parentName,
  childName,
  onDelete: 'SetNull',
  masterOrder: null,
  isReparentable: false,
  writeRequiresMasterRead: false,
});

export const formula = (source: string): FieldModel['formula'] => ({ source, blanks: 'BlankAsBlank' });

function object(name: string, keyPrefix: string, fields: readonly FieldModel[]): ObjectModel {
  const system = [
    field('Id', 'Id', { isCreateable: false, isUpdateable: false }),
    field('IsDeleted', 'Checkbox', { isCreateable: false, isUpdateable: false }),
    field('Name', 'Text', { length: 80 }),
    field('CreatedDate', 'DateTime', { isCreateable: false, isUpdateable: false }),
  ];
  return {
    name,
    label: name.replace(/__c$/, ''),
    pluralLabel: `${name.replace(/__c$/, '')}s`,
    kind: 'custom',
    keyPrefix,
    sharing: 'ReadWrite',
    fields: new Map([...system, ...fields].map((one) => [one.name, one])),
    validationRules: [],
  };
}

export const STAGES = ['Qualify', 'Propose', 'Close'] as const;
export const TAGS = ['Red', 'Green', 'Blue'] as const;

const PERSON = object('Person__c', 'a01', [
  field('City__c', 'Text', { length: 80 }),
  field('Is_Vip__c', 'Checkbox'),
  field('Rank__c', 'Number', { precision: 9, scale: 0 }),
  field('Boss__c', 'Lookup', { reference: to('Person__c', 'Boss__r', 'Reports__r') }),
  field('Boss_City__c', 'Text', { formula: formula('Boss__r.City__c') }),
]);

const DEAL = object('Deal__c', 'a02', [
  field('Amount__c', 'Currency', { precision: 16, scale: 2 }),
  field('Share__c', 'Percent', { precision: 5, scale: 1 }),
  field('Is_Open__c', 'Checkbox'),
  field('Stage__c', 'Picklist', { picklist: picklist(...STAGES) }),
  field('Tags__c', 'MultiselectPicklist', { picklist: picklist(...TAGS) }),
  field('Closes_On__c', 'Date'),
  field('Touched_At__c', 'DateTime'),
  field('Notes__c', 'LongTextArea', { length: 32_768 }),
  field('Code__c', 'Text', { length: 40, isCaseSensitive: true, isExternalId: true, isUnique: true }),
  field('Seller__c', 'Lookup', { reference: to('Person__c', 'Seller__r', 'Deals__r') }),
  field('About__c', 'Lookup', {
    reference: { ...to('Person__c', 'About__r', null), to: ['Person__c', 'Line__c'] },
  }),
  field('Weighted__c', 'Currency', { precision: 16, scale: 2, formula: formula('Amount__c * Share__c') }),
  field('Is_Big__c', 'Checkbox', { formula: formula('Weighted__c > 100') }),
  field('Seller_City__c', 'Text', { formula: formula('UPPER(Seller__r.City__c)') }),
  field('Boss_City__c', 'Text', { formula: formula('Seller__r.Boss_City__c') }),
  field('Days_Left__c', 'Number', { precision: 9, scale: 0, formula: formula('Closes_On__c - TODAY()') }),
  field('Per_Share__c', 'Number', { precision: 9, scale: 2, formula: formula('Amount__c / Share__c') }),
]);

const LINE = object('Line__c', 'a03', [
  field('Deal__c', 'MasterDetail', {
    reference: { ...to('Deal__c', 'Deal__r', 'Lines__r'), onDelete: 'Cascade', masterOrder: 0 },
  }),
  field('Quantity__c', 'Number', { precision: 9, scale: 2 }),
  field('Kind__c', 'Picklist', { picklist: picklist('Seat', 'Fee') }),
  field('Remark__c', 'Text', { length: 255 }),
]);

export const FIXTURE_MODEL: OrgModel = {
  apiVersion: '67.0',
  objects: new Map([PERSON, DEAL, LINE].map((one) => [one.name, one])),
  permissionSets: new Map(),
  customPermissions: new Set(),
  customMetadata: new Map(),
  labels: new Map(),
  others: [],
};

export const FIXTURE_NOW = new Date('2026-11-20T15:30:00Z');
export const FIXTURE_VIEWER: Viewer = {
  now: FIXTURE_NOW,
  userId: mintId('005', 1),
  timeZone: 'America/New_York',
  hasCustomPermission: () => false,
};

/** Names of objects (`Line__c`) and fields (`Deal__c.Code__c`) that the viewer may not see. */
export type Hidden = ReadonlySet<string>;

export interface Fixture extends Disposable {
  readonly store: Store;
  readonly context: QueryContext;
}

/** A fresh org in memory with these rows; missing fields are blank. */
export function openFixture(data: FixtureData, hidden: Hidden = new Set(), model = FIXTURE_MODEL): Fixture {
  const store = new Store(':memory:');
  migrateSchema(store, null, model);
  for (const [name, rows] of Object.entries(data)) {
    for (const row of rows) {
      const full = { IsDeleted: 0, CreatedDate: '2026-01-01T00:00:00.000Z', ...row };
      const names = Object.keys(full);
      const places = names.map(() => '?').join(', ');
      store.run(
        `INSERT INTO ${quoted(name)} (${names.map(quoted).join(', ')}) VALUES (${places})`,
        ...Object.values(full),
      );
    }
  }
  const context: QueryContext = {
    database: store.database,
    model,
    viewer: FIXTURE_VIEWER,
    apiVersion: '66.0',
    includeDeleted: false,
    access: {
      canRead: (object) => !hidden.has(object),
      canReadField: (object, one) => !hidden.has(`${object}.${one}`),
      rowFilter: () => null,
    },
  };
  return { store, context, [Symbol.dispose]: () => store.close() };
}

export const personId = (index: number) => mintId('a01', index + 1);
export const dealId = (index: number) => mintId('a02', index + 1);
export const lineId = (index: number) => mintId('a03', index + 1);
