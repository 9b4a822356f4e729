import type { SalesforceClient } from '../salesforce/client.ts';
import { sameId } from '../salesforce/difference.ts';
import { needsWith } from '../salesforce/needs.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { preflight } from '../salesforce/preflight.ts';

/**
 * Stops the run unless the org is the one the configuration means and has everything the sync touches.
 * @throws ConfigError WRONG_ORG or PREFLIGHT with everything wrong in one list
 */
export async function checkOrg(
  client: SalesforceClient,
  orgId: string,
  pinnedOrgId: string | null,
  dealFields: readonly string[] = [],
): Promise<void> {
  assertPinned(orgId, pinnedOrgId);
  const findings = await preflight(client, needsWith(dealFields));
  if (findings.length === 0) return;
  const list = findings.map(({ code, message }) => `${code}: ${message}`);
  const what = findings.length === 1 ? 'one thing' : `${findings.length} things`;
  throw new ConfigError('PREFLIGHT', `The org lacks ${what} that the sync needs:\n  ${list.join('\n  ')}`, {
    actions: [...new Set(findings.map((finding) => finding.fix))],
  });
}

/** Stops before anything is read of another org than the one the configuration names. @throws ConfigError WRONG_ORG */
export function assertPinned(orgId: string, pinnedOrgId: string | null): void {
  if (pinnedOrgId === null || sameId(pinnedOrgId, orgId)) return;
  throw new ConfigError(
    'WRONG_ORG',
    `The login leads to org ${orgId}, the configuration is for ${pinnedOrgId}.`,
    {
      actions: [
        'Check the alias: sf org display --target-org <alias>',
        'After a sandbox refresh, enter its new id as salesforce.org_id.',
      ],
    },
  );
}
