// What the preview asks the org itself: names for the list, fields for the standard parts of the page.
import { z } from 'zod';

export const API = '/services/data/v67.0';

export interface Viewer {
  /** As written in the address: `?user=rep`. */
  readonly key: string;
  readonly label: string;
  /**
   * Names of the custom permissions that the user's permission sets grant, for `@salesforce/customPermission/…`.
   * Whoever starts the preview knows them; a user may not read permission sets, and the org checks anyway.
   */
  readonly customPermissions: readonly string[];
  /** Asked for at every use, so that whoever gives it may renew it. */
  readonly token: () => Promise<string>;
}

const Records = z.object({ records: z.array(z.record(z.string(), z.unknown())) });

/** Rows of a query as this viewer; an error names status and the org's own words. */
export async function queryOrg(
  orgUrl: string,
  viewer: Viewer,
  soql: string,
): Promise<readonly Record<string, unknown>[]> {
  const response = await fetch(`${orgUrl}${API}/query?q=${encodeURIComponent(soql)}`, {
    headers: { authorization: `Bearer ${await viewer.token()}` },
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`The org answered ${response.status} to "${soql}": ${text.slice(0, 500)}`);
  return Records.parse(JSON.parse(text)).records;
}

export async function forwardToOrg(
  orgUrl: string,
  viewer: Viewer,
  request: Request,
  path: string,
): Promise<Response> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : await request.arrayBuffer();
  const unmodifiedSince = request.headers.get('if-unmodified-since');
  const answer = await fetch(`${orgUrl}${path}`, {
    method: request.method,
    body,
    headers: {
      authorization: `Bearer ${await viewer.token()}`,
      'content-type': request.headers.get('content-type') ?? 'application/json',
      ...(unmodifiedSince === null ? {} : { 'if-unmodified-since': unmodifiedSince }),
    },
  });
  const headers = {
    'content-type': answer.headers.get('content-type') ?? 'application/json',
    'cache-control': 'no-store',
  };
  return new Response(answer.status === 204 ? null : await answer.arrayBuffer(), {
    status: answer.status,
    headers,
  });
}
