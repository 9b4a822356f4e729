import { z } from 'zod';
import type { Viewer } from './org-client.ts';

const UserInfo = z.object({ user_id: z.string() });

/** Id of the user whose token this is, as `@salesforce/user/Id` gives it to a component. */
export async function readUserId(orgUrl: string, viewer: Viewer): Promise<string> {
  const response = await fetch(`${orgUrl}/services/oauth2/userinfo`, {
    headers: { authorization: `Bearer ${await viewer.token()}` },
  });
  if (!response.ok) throw new Error(`The org does not know the user "${viewer.label}": ${response.status}.`);
  return UserInfo.parse(await response.json()).user_id;
}
