import type { SalesforceClient } from '../salesforce/client.ts';
import { sameId } from '../salesforce/difference.ts';
import { clockFinding } from '../salesforce/clock-finding.ts';
import { NEEDS, READ_IF_SEEN } from '../salesforce/needs.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { preflight, type PreflightFinding } from '../salesforce/preflight.ts';
import { mappedFieldFindings } from './mapped-field-findings.ts';
import type { MappedField } from './mapped-fields.ts';

/**
 * Stops the run unless the org is the one the configuration means and has everything the sync touches.
 * @throws ConfigError WRONG_ORG or PREFLIGHT with everything wrong in one list
 */
export async function checkOrg(
  client: SalesforceClient,
  orgId: string,
  pinnedOrgId: string | null,
  mapped: readonly MappedField[] = [],
): Promise<void> {
  assertPinned(orgId, pinnedOrgId);
  const findings = await orgFindings(client, mapped);
  if (findings.length > 0) throw preflightError(findings);
}

/** Everything in which the org, or this machine beside it, is not as the sync needs it. */
export async function orgFindings(
  client: SalesforceClient,
  mapped: readonly MappedField[],
): Promise<PreflightFinding[]> {
  const [findings] = await Promise.all([
    preflight(client, NEEDS),
    // Asked for in the same call, though it is only later that somebody wants to know.
    ...READ_IF_SEEN.map((object) => client.describe(object)),
  ]);
  const deal = mapped.length === 0 ? null : await client.describe('Opportunity');
  return [...clockFinding(client.clocks), ...findings, ...mappedFieldFindings(mapped, deal)];
}

/** All findings as one error, each with its click. */
export function preflightError(findings: readonly PreflightFinding[]): ConfigError {
  const list = findings.map(({ code, told }) => `${code}: ${told.en.message}`);
  const what = findings.length === 1 ? 'One thing stands' : `${findings.length} things stand`;
  return new ConfigError('PREFLIGHT', `${what} in the way of the sync:\n  ${list.join('\n  ')}`, {
    actions: [...new Set(findings.map(({ told }) => told.en.fix))],
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
