import type { Viewer } from '../formula/formula.ts';
import type { PermissionSetModel } from '../../metadata/model.ts';
import { ApiError } from '../api-error.ts';
import type { OrgState } from '../org-state.ts';
import { Permissions } from './permissions.ts';
import { permissionSetGroups } from './permission-set-groups.ts';
import { PROFILES } from './profiles.ts';

/** The user behind a request, with what it may do at this moment. */
export interface Caller {
  readonly userId: string;
  readonly username: string;
  readonly permissions: Permissions;
  readonly viewer: Viewer;
}

/** Reads the user's profile and permission sets anew, so that an assignment works from the next request on. */
export function loadCaller(org: OrgState, userId: string): Caller {
  const user = org.store.get(
    'SELECT u."Username", u."TimeZoneSidKey", u."IsActive", p."Name" AS "Profile" FROM "User" u LEFT JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."Id" = ?',
    userId,
  );
  const profile = PROFILES.find(({ name }) => name === user?.['Profile']);
  if (user === undefined || user['IsActive'] !== 1 || profile === undefined)
    throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  const permissions = new Permissions(org.model, userId, profile, assignedSets(org, userId));
  const viewer: Viewer = {
    now: org.clock.now(),
    userId,
    timeZone: String(user['TimeZoneSidKey'] ?? 'UTC'),
    hasCustomPermission: (name) => permissions.hasCustomPermission(name),
  };
  return { userId, username: String(user['Username']), permissions, viewer };
}

/** Sets assigned one by one, and those of assigned groups. */
function assignedSets(org: OrgState, userId: string): PermissionSetModel[] {
  const rows = org.store.all(
    'SELECT s."Name" AS "set", g."DeveloperName" AS "group" FROM "PermissionSetAssignment" a LEFT JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId" LEFT JOIN "PermissionSetGroup" g ON g."Id" = a."PermissionSetGroupId" WHERE a."AssigneeId" = ? AND a."IsDeleted" = 0',
    userId,
  );
  const grouped = permissionSetGroups(org.model).filter(({ name }) =>
    rows.some(({ group }) => group === name),
  );
  const names = [...rows.map(({ set }) => set), ...grouped.flatMap(({ permissionSets }) => permissionSets)];
  return [...new Set(names)].flatMap((name) => org.model.permissionSets.get(String(name)) ?? []);
}
