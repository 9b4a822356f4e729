import { OPPORTUNITY_STAGES } from '../../metadata/standard-org.ts';
import type { OrgModel } from '../../metadata/model.ts';
import { flagOf, parseXml, textOf } from '../../metadata/xml.ts';
import { permissionSetGroups, type PermissionSetGroup } from '../security/permission-set-groups.ts';
import { insertRow } from '../save/insert-record.ts';
import { PROFILES } from '../security/profiles.ts';
import { quoted, type Row, type SqlValue, type Store } from '../store/store.ts';

const ADMIN_USERNAME = 'admin@local.test';

/** The rows of a fresh org: itself, three profiles, stages and one administrator. Returns the organization's id. */
export function createSetupRows(store: Store, model: OrgModel, now: Date): string {
  const adminId = store.mintId('005');
  const put = (object: string, values: Row): string => putRow(store, model, object, values, adminId, now);
  const organizationId = put('Organization', {
    Name: 'Local Org',
    IsSandbox: 0,
    OrganizationType: 'Developer Edition',
    InstanceName: 'LOCAL',
    TimeZoneSidKey: 'UTC',
    LanguageLocaleKey: 'en_US',
    DefaultLocaleSidKey: 'en_US',
    FiscalYearStartMonth: 1,
  });
  const profiles = PROFILES.map(({ name }) => put('Profile', { Name: name, UserType: 'Standard' }));
  put('User', {
    Id: adminId,
    Username: ADMIN_USERNAME,
    FirstName: 'Admin',
    LastName: 'User',
    Name: 'Admin User',
    Email: ADMIN_USERNAME,
    Alias: 'admin',
    IsActive: 1,
    ProfileId: profiles[0]!,
    TimeZoneSidKey: 'UTC',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    UserType: 'Standard',
  });
  OPPORTUNITY_STAGES.forEach((stage, index) =>
    put('OpportunityStage', {
      MasterLabel: stage.label,
      ApiName: stage.label,
      IsActive: 1,
      SortOrder: index + 1,
      DefaultProbability: stage.probability,
      IsClosed: Number(stage.isClosed),
      IsWon: Number(stage.isWon),
      ForecastCategory: stage.forecastCategory,
      ForecastCategoryName: stage.forecastCategoryName,
    }),
  );
  return organizationId;
}

/** Makes the rows that mirror metadata equal to the model: permission sets, custom permissions, custom metadata. */
export function mirrorMetadata(store: Store, model: OrgModel, userId: string, now: Date): void {
  const mirror = (object: string, key: string, rows: readonly Row[]): void =>
    mirrorRows(store, model, object, key, rows, userId, now);
  mirror(
    'PermissionSet',
    'Name',
    [...model.permissionSets.values()].map(({ name, label }) => ({
      Name: name,
      Label: label,
      IsCustom: 1,
      IsOwnedByProfile: 0,
      Type: 'Regular',
    })),
  );
  mirror('PermissionSetGroup', 'DeveloperName', permissionSetGroups(model).map(toGroupRow));
  mirror(
    'CustomPermission',
    'DeveloperName',
    [...model.customPermissions].map((name) => ({ DeveloperName: name, MasterLabel: name })),
  );
  mirror('CustomNotificationType', 'DeveloperName', notificationTypes(model));
  for (const type of model.objects.values()) {
    if (type.kind !== 'customMetadata') continue;
    const records = [...model.customMetadata.values()].filter((record) => record.type === type.name);
    mirror(
      type.name,
      'DeveloperName',
      records.map(({ name, label, values }) => ({
        DeveloperName: name,
        MasterLabel: label,
        Label: label,
        QualifiedApiName: name,
        Language: 'en_US',
        ...Object.fromEntries([...values].map(([field, value]) => [field, toStored(value)])),
      })),
    );
  }
}

const toGroupRow = ({ name, label }: PermissionSetGroup): Row => ({
  DeveloperName: name,
  MasterLabel: label,
  Status: 'Updated',
});

const notificationTypes = (model: OrgModel): Row[] =>
  model.others
    .filter(({ type }) => type === 'CustomNotificationType')
    .map(({ fullName, xml }) => {
      const node = parseXml(xml);
      return {
        DeveloperName: fullName,
        MasterLabel: textOf(node, 'masterLabel'),
        CustomNotifTypeName: textOf(node, 'customNotifTypeName'),
        Description: textOf(node, 'description'),
        Desktop: Number(flagOf(node, 'desktop')),
        Mobile: Number(flagOf(node, 'mobile')),
        Language: 'en_US',
      };
    });

const toStored = (value: string | number | boolean | null): SqlValue =>
  typeof value === 'boolean' ? Number(value) : value;

function mirrorRows(
  store: Store,
  model: OrgModel,
  object: string,
  key: string,
  rows: readonly Row[],
  userId: string,
  now: Date,
): void {
  const wanted = new Set(rows.map((row) => row[key]));
  for (const known of store.all(`SELECT "Id", ${quoted(key)} FROM ${quoted(object)}`))
    if (!wanted.has(known[key])) {
      store.run(`DELETE FROM ${quoted(object)} WHERE "Id" = ?`, known['Id'] ?? null);
      if (object === 'PermissionSet' || object === 'PermissionSetGroup')
        store.run(
          `DELETE FROM "PermissionSetAssignment" WHERE ${quoted(`${object}Id`)} = ?`,
          known['Id'] ?? null,
        );
    }
  const columns = new Set(model.objects.get(object)!.fields.keys());
  for (const row of rows) {
    const known = store.get(`SELECT "Id" FROM ${quoted(object)} WHERE ${quoted(key)} = ?`, row[key] ?? null);
    if (known === undefined) putRow(store, model, object, row, userId, now);
    else {
      // Custom metadata that a record leaves out is blank, so the whole row is written.
      const names = [...columns].filter((name) => name in row || name.endsWith('__c'));
      const assignments = names.map((name) => `${quoted(name)} = ?`).join(', ');
      store.run(
        `UPDATE ${quoted(object)} SET ${assignments} WHERE "Id" = ?`,
        ...names.map((name) => row[name] ?? null),
        known['Id'] ?? null,
      );
    }
  }
}

/** Writes one row as the platform itself; returns its id. */
function putRow(
  store: Store,
  model: OrgModel,
  object: string,
  values: Row,
  userId: string,
  now: Date,
): string {
  const definition = model.objects.get(object)!;
  const stamp = now.toISOString();
  const all: Row = {
    Id: store.mintId(definition.keyPrefix!),
    CreatedDate: stamp,
    CreatedById: userId,
    LastModifiedDate: stamp,
    LastModifiedById: userId,
    SystemModstamp: stamp,
    ...values,
  };
  const row = Object.fromEntries(Object.entries(all).filter(([name]) => definition.fields.has(name)));
  insertRow({ store }, definition, { ...row, IsDeleted: 0 });
  return String(row['Id']);
}
