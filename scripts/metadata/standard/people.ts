// Users, their profiles, roles, groups and permissions.
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionset.htm
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetassignment.htm
// https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetgroup.htm
import type { FieldModel, ObjectModel } from '../model.ts';
import { auditFields } from '../system-fields.ts';
import {
  checkbox,
  dateTime,
  email,
  lookup,
  picklist,
  READ_ONLY,
  REQUIRED,
  standardObject,
  text,
} from './standard-field.ts';

// Setup objects cannot be undeleted and have no deleted flag.
const setupAudit = (): FieldModel[] => auditFields().filter((field) => field.name !== 'IsDeleted');
const USER_TYPES = [
  'Standard',
  'PowerPartner',
  'PowerCustomerSuccess',
  'CustomerSuccess',
  'Guest',
  'CspLitePortal',
  'CSNOnly',
  'SelfService',
];

export function people(): ObjectModel[] {
  return [
    user(),
    profile(),
    userRole(),
    group(),
    permissionSet(),
    permissionSetGroup(),
    permissionSetAssignment(),
    customPermission(),
  ];
}

function user(): ObjectModel {
  return standardObject('User', ['User', 'People'], '005', 'Read', [
    ...setupAudit(),
    text('Username', 'Username', 80, { isUnique: true, ...REQUIRED }),
    text('LastName', 'Last Name', 80, REQUIRED),
    text('FirstName', 'First Name', 40),
    // Composed by the org from first and last name.
    text('Name', 'Full Name', 121, READ_ONLY),
    email('Email', 'Email', { length: 128, ...REQUIRED }),
    text('Alias', 'Alias', 8, REQUIRED),
    text('Title', 'Title', 80),
    text('Department', 'Department', 80),
    text('CompanyName', 'Company Name', 80),
    checkbox('IsActive', 'Active'),
    picklist('TimeZoneSidKey', 'Time Zone', [], REQUIRED),
    picklist('LocaleSidKey', 'Locale', [], REQUIRED),
    picklist('LanguageLocaleKey', 'Language', [], REQUIRED),
    picklist('EmailEncodingKey', 'Email Encoding', [], REQUIRED),
    lookup('ProfileId', 'Profile ID', ['Profile'], 'Users', REQUIRED),
    lookup('UserRoleId', 'Role ID', ['UserRole'], 'Users'),
    lookup('ManagerId', 'Manager ID', ['User'], 'ManagedUsers'),
    picklist('UserType', 'User Type', USER_TYPES, READ_ONLY),
    text('FederationIdentifier', 'SAML Federation ID', 512),
    dateTime('LastLoginDate', 'Last Login', READ_ONLY),
  ]);
}

function profile(): ObjectModel {
  return standardObject('Profile', ['Profile', 'Profile'], '00e', 'Read', [
    ...setupAudit(),
    text('Name', 'Name', 255, REQUIRED),
    picklist('UserType', 'User Type', USER_TYPES, READ_ONLY),
    text('Description', 'Description', 255),
  ]);
}

function userRole(): ObjectModel {
  return standardObject('UserRole', ['Role', 'Role'], '00E', 'Read', [
    ...setupAudit(),
    text('Name', 'Name', 80, REQUIRED),
    text('DeveloperName', 'Developer Name', 80),
    lookup('ParentRoleId', 'Parent Role ID', ['UserRole'], null),
  ]);
}

function group(): ObjectModel {
  return standardObject('Group', ['Group', 'Group'], '00G', 'Read', [
    ...setupAudit(),
    text('Name', 'Name', 40, REQUIRED),
    text('DeveloperName', 'Developer Name', 80),
    picklist('Type', 'Type', ['Regular', 'Queue', 'Organization', 'Role', 'RoleAndSubordinates'], REQUIRED),
  ]);
}

function permissionSet(): ObjectModel {
  return standardObject('PermissionSet', ['Permission Set', 'Permission Set'], '0PS', 'Read', [
    ...setupAudit(),
    text('Name', 'Permission Set Name', 80, REQUIRED),
    text('Label', 'Permission Set Label', 80, REQUIRED),
    text('Description', 'Description', 255),
    lookup('ProfileId', 'Profile ID', ['Profile'], null, READ_ONLY),
    checkbox('IsOwnedByProfile', 'Is Owned By Profile', READ_ONLY),
    checkbox('IsCustom', 'Is Custom', READ_ONLY),
    text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
    picklist('Type', 'Type', ['Regular', 'Standard', 'Profile', 'Group', 'Session'], READ_ONLY),
  ]);
}

function permissionSetGroup(): ObjectModel {
  return standardObject(
    'PermissionSetGroup',
    ['Permission Set Group', 'Permission Set Group'],
    '0PG',
    'Read',
    [
      ...setupAudit(),
      text('DeveloperName', 'Developer Name', 80, REQUIRED),
      text('MasterLabel', 'Master Label', 80, REQUIRED),
      text('Description', 'Description', 255),
      picklist('Status', 'Status', ['Updated', 'Outdated', 'Updating', 'Failed'], READ_ONLY),
    ],
  );
}

function permissionSetAssignment(): ObjectModel {
  return standardObject(
    'PermissionSetAssignment',
    ['Permission Set Assignment', 'Permission Set Assignment'],
    '0Pa',
    'Read',
    [
      ...setupAudit().filter((field) => ['Id', 'SystemModstamp'].includes(field.name)),
      lookup('PermissionSetId', 'PermissionSet ID', ['PermissionSet'], 'Assignments', {
        onDelete: 'Cascade',
        isUpdateable: false,
      }),
      lookup('PermissionSetGroupId', 'Permission Set Group ID', ['PermissionSetGroup'], 'Assignments', {
        onDelete: 'Cascade',
        isUpdateable: false,
      }),
      lookup('AssigneeId', 'Assignee ID', ['User'], 'PermissionSetAssignments', {
        isUpdateable: false,
        ...REQUIRED,
      }),
    ],
  );
}

function customPermission(): ObjectModel {
  return standardObject('CustomPermission', ['Custom Permission', 'Custom Permission'], '0CP', 'Read', [
    ...setupAudit(),
    text('DeveloperName', 'Custom Permission Name', 80, REQUIRED),
    text('MasterLabel', 'Custom Permission Label', 80, REQUIRED),
    text('Description', 'Description', 255),
    text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
  ]);
}
