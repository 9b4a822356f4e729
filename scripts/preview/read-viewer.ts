// Who the signed-in user is and which custom permissions they hold, as `@salesforce/user/Id` and
// `@salesforce/customPermission/…` give them to a component.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { childrenOf, parseXml, textOf } from '../metadata/xml.ts';
import { queryOrg } from './org-client.ts';
import type { Viewer } from './org-client.ts';

export interface SignedIn {
  readonly userId: string;
  readonly permissions: readonly string[];
}

const UserInfo = z.object({ user_id: z.string() });

/** Asks the org for the user and the permission sets; what those grant is read from the package's files. */
export async function readViewer(orgUrl: string, viewer: Viewer, root: string): Promise<SignedIn> {
  const response = await fetch(`${orgUrl}/services/oauth2/userinfo`, {
    headers: { authorization: `Bearer ${await viewer.token()}` },
  });
  if (!response.ok) throw new Error(`The org does not know ${viewer.label}: ${response.status}.`);
  const { user_id: userId } = UserInfo.parse(await response.json());
  const soql = `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${userId}'`;
  const rows = await queryOrg(orgUrl, viewer, soql);
  const names = rows.map((row) => z.object({ Name: z.string() }).parse(row['PermissionSet']).Name);
  return { userId, permissions: names.flatMap((name) => granted(root, name)) };
}

function granted(root: string, permissionSet: string): string[] {
  const pattern = `force-app/**/${permissionSet}.permissionset-meta.xml`;
  return globSync(pattern, { cwd: root })
    .filter((file) => basename(file) === `${permissionSet}.permissionset-meta.xml`)
    .flatMap((file) => childrenOf(parseXml(readFileSync(join(root, file), 'utf8')), 'customPermissions'))
    .filter((permission) => textOf(permission, 'enabled') === 'true')
    .flatMap((permission) => textOf(permission, 'name') ?? []);
}
