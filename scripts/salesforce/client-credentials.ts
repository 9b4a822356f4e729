import { z } from 'zod';
import type { Login } from './connect.ts';
import { ConfigError } from './pilot-error.ts';

const granted = z.object({ access_token: z.string(), instance_url: z.string().optional() });
const refusal = z.object({ error: z.string(), error_description: z.string().optional() });

/**
 * An access token by the OAuth client-credentials flow.
 * https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function clientCredentials(
  instanceUrl: string,
  clientId: string,
  clientSecret: string,
): Promise<Login> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const response = await fetch(`${new URL(instanceUrl).origin}/services/oauth2/token`, {
    method: 'POST',
    body,
  });
  const answer: unknown = await response.json().catch(() => null);
  const token = granted.safeParse(answer);
  if (token.success) return { accessToken: token.data.access_token, instanceUrl };
  const why = refusal.safeParse(answer).data;
  throw new ConfigError(
    'NO_LOGIN',
    `${instanceUrl} gave no token to ${clientId}: ${why?.error_description ?? why?.error ?? response.status}`,
    {
      actions: ['Check the client id and its run-as user: Setup > External Client App Manager.'],
    },
  );
}
