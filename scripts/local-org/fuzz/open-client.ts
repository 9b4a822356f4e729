import type { LocalOrg } from '../local-org.ts';
import { FuzzClient } from './fuzz-targets.ts';

/** A client of the administrator, in process. */
export async function openClient(org: LocalOrg): Promise<FuzzClient> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'admin@local.test',
    client_secret: 'local-org',
  });
  const answer = await org.fetch(
    new Request('http://127.0.0.1/services/oauth2/token', { method: 'POST', body }),
  );
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return new FuzzClient(org, token);
}
