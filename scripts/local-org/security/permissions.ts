import type {
  FieldModel,
  ObjectAccess,
  ObjectModel,
  OrgModel,
  PermissionSetModel,
} from '../../metadata/model.ts';
import { findField, findObject, masterFields } from '../model-index.ts';
import { quoted } from '../store/store.ts';
import type { AccessView, RowFilter } from './access-view.ts';
import type { Profile } from './profiles.ts';

const NAME_FIELDS = new Set(['Name', 'FirstName', 'LastName', 'Subject']);
const GOVERNED_STANDARD = new Set([
  'Account',
  'Contact',
  'Opportunity',
  'OpportunityLineItem',
  'Task',
  'Event',
]);

/** Tasks and events have no object permissions; the user permission Access Activities opens them. */
const ACTIVITIES = new Set(['Task', 'Event']);
const NO_ROWS: RowFilter = { sql: 'SELECT NULL', params: [] };

function activityAccess(set: PermissionSetModel): ObjectAccess | undefined {
  if (!set.userPermissions.has('ActivitiesAccess')) return undefined;
  return { read: true, create: true, edit: true, delete: true, viewAll: false, modifyAll: false };
}

// When an event is cannot be hidden: Setup lists these without a choice, and no permission set can name them.
const EVENT_TIMES = new Set([
  'StartDateTime',
  'EndDateTime',
  'ActivityDate',
  'ActivityDateTime',
  'DurationInMinutes',
  'IsAllDayEvent',
]);

/**
 * True when field-level security decides on the field. Id, audit fields, owner, names, required and
 * master-detail fields are outside of it.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fieldpermissions.htm
 */
export function isPermissionable(object: ObjectModel, field: FieldModel): boolean {
  if (field.isRequired || field.kind === 'MasterDetail' || field.kind === 'Id') return false;
  if (field.isCustom) return object.kind !== 'customMetadata';
  if (!GOVERNED_STANDARD.has(object.name) || NAME_FIELDS.has(field.name) || field.name === 'OwnerId')
    return false;
  if (object.name === 'Event' && EVENT_TIMES.has(field.name)) return false;
  return field.isCreateable || field.isUpdateable;
}

/** Object, field and row access of one user: profile plus assigned permission sets, which only ever add. */
export class Permissions implements AccessView {
  readonly #model: OrgModel;
  readonly #userId: string;
  readonly #profile: Profile;
  readonly #sets: readonly PermissionSetModel[];
  readonly #objects = new Map<string, ObjectAccess>();
  readonly #readable = new Map<string, boolean>();
  readonly #editable = new Map<string, boolean>();

  constructor(model: OrgModel, userId: string, profile: Profile, sets: readonly PermissionSetModel[]) {
    this.#model = model;
    this.#userId = userId;
    this.#profile = profile;
    this.#sets = sets;
  }

  access(object: string): ObjectAccess {
    // Contact roles have no permissions of their own, neither on the object nor on fields: they follow the deal's.
    // https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunitycontactrole.htm
    if (object === 'OpportunityContactRole') return this.access('Opportunity');
    const known = this.#objects.get(object);
    if (known !== undefined) return known;
    const model = findObject(this.#model, object);
    const grants = this.#sets.map((set) =>
      ACTIVITIES.has(object) ? activityAccess(set) : set.objects.get(object),
    );
    const own = model === undefined ? undefined : this.#profile.access(model);
    const can = (right: keyof ObjectAccess): boolean =>
      [own, ...grants].some((grant) => grant?.[right] === true);
    // Custom metadata is readable by everybody unless a type is protected.
    const access: ObjectAccess = {
      read: can('read') || model?.kind === 'customMetadata',
      create: can('create'),
      edit: can('edit'),
      delete: can('delete'),
      viewAll: can('viewAll') || can('modifyAll'),
      modifyAll: can('modifyAll'),
    };
    this.#objects.set(object, access);
    return access;
  }

  canRead(object: string): boolean {
    return this.access(object).read;
  }

  canReadField(object: string, field: string): boolean {
    const key = `${object}.${field}`;
    const known = this.#readable.get(key);
    if (known !== undefined) return known;
    const answer = this.#fieldAllowed(object, field, 'isReadable');
    this.#readable.set(key, answer);
    return answer;
  }

  /** Whether the caller may set the field at all; create and update differ by the field's own flags. */
  canEditField(object: string, field: string): boolean {
    const key = `${object}.${field}`;
    const known = this.#editable.get(key);
    if (known !== undefined) return known;
    const answer = this.#fieldAllowed(object, field, 'isEditable');
    this.#editable.set(key, answer);
    return answer;
  }

  hasCustomPermission(name: string): boolean {
    return this.#sets.some((set) => set.customPermissions.has(name));
  }

  rowFilter(object: string): RowFilter | null {
    return this.#rows(object, 'viewAll', 'read');
  }

  /** Ids of the rows that the caller may change; null when all that it reads. */
  editFilter(object: string): RowFilter | null {
    return this.#rows(object, 'modifyAll', 'edit');
  }

  #rows(name: string, override: 'viewAll' | 'modifyAll', want: 'read' | 'edit'): RowFilter | null {
    const object = findObject(this.#model, name);
    if (object === undefined || this.access(name)[override]) return null;
    if (object.sharing === 'ControlledByParent') return this.#rowsOfMaster(object, want);
    if (object.sharing === 'ReadWrite' || (object.sharing === 'Read' && want === 'read')) return null;
    if (!object.fields.has('OwnerId')) return null;
    if (ACTIVITIES.has(name) && want === 'read') return this.#activities(name);
    return { sql: `SELECT "Id" FROM ${quoted(name)} WHERE "OwnerId" = ?`, params: [this.#userId] };
  }

  /**
   * Private activities are seen by their owner and by whoever sees the deal they hang on.
   * https://help.salesforce.com/s/articleView?id=platform.security_sharing_owd_fields.htm
   */
  #activities(name: string): RowFilter {
    const deals = this.canRead('Opportunity') ? this.#rows('Opportunity', 'viewAll', 'read') : NO_ROWS;
    const visible = deals?.sql ?? 'SELECT "Id" FROM "Opportunity"';
    const sql = `SELECT "Id" FROM ${quoted(name)} WHERE "OwnerId" = ? OR "WhatId" IN (${visible})`;
    return { sql, params: [this.#userId, ...(deals?.params ?? [])] };
  }

  #rowsOfMaster(object: ObjectModel, want: 'read' | 'edit'): RowFilter | null {
    const master = masterFields(object)[0];
    const parent = master?.reference?.to[0];
    if (!master?.reference || parent === undefined) return null;
    const needed = want === 'edit' && !master.reference.writeRequiresMasterRead ? 'edit' : 'read';
    const rows = this.#rows(parent, needed === 'edit' ? 'modifyAll' : 'viewAll', needed);
    if (rows === null) return null;
    return {
      sql: `SELECT "Id" FROM ${quoted(object.name)} WHERE ${quoted(master.name)} IN (${rows.sql})`,
      params: rows.params,
    };
  }

  #fieldAllowed(object: string, field: string, right: 'isReadable' | 'isEditable'): boolean {
    const model = findObject(this.#model, object);
    const known = model === undefined ? undefined : findField(model, field);
    if (model === undefined || known === undefined) return false;
    if (!isPermissionable(model, known)) return true;
    if (!known.isCustom && this.#profile.grantsStandardFields) return true;
    return this.#sets.some((set) => set.fields.get(`${model.name}.${known.name}`)?.[right] === true);
  }
}
