import type { ObjectAccess, ObjectModel } from '../../metadata/model.ts';

/** What a profile of a fresh org grants before any permission set. */
export interface Profile {
  readonly name: string;
  access(object: ObjectModel): ObjectAccess;
  /** Standard fields that field-level security governs; custom fields are granted by permission sets alone. */
  readonly grantsStandardFields: boolean;
}

const NONE: ObjectAccess = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};
const READ: ObjectAccess = { ...NONE, read: true };
const USE: ObjectAccess = { ...NONE, read: true, create: true, edit: true, delete: true };
const ALL: ObjectAccess = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};

const BUSINESS_OBJECTS = new Set([
  'Account',
  'Contact',
  'Opportunity',
  'OpportunityContactRole',
  'OpportunityLineItem',
  'Task',
  'Event',
]);
/** Every user may see the organization, its people and stages. */
const OPEN_OBJECTS = new Set(['Organization', 'User', 'Profile', 'OpportunityStage']);

/**
 * A custom field that a metadata deploy adds without a permission set is invisible even to the System
 * Administrator, whose Modify All Data covers objects and rows but no field-level security.
 */
export const PROFILES: readonly Profile[] = [
  { name: 'System Administrator', access: () => ALL, grantsStandardFields: true },
  {
    name: 'Standard User',
    access: ({ name }) => (BUSINESS_OBJECTS.has(name) ? USE : OPEN_OBJECTS.has(name) ? READ : NONE),
    grantsStandardFields: true,
  },
  {
    // https://help.salesforce.com/s/articleView?id=platform.integration_user.htm
    name: 'Minimum Access - API Only Integrations',
    access: ({ name }) => (OPEN_OBJECTS.has(name) ? READ : NONE),
    grantsStandardFields: false,
  },
];
