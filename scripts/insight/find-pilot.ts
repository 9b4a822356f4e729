import { z } from 'zod';
import type { SalesforceClient } from '../salesforce/client.ts';
import { sameId } from '../salesforce/difference.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import type { ReadPilot } from '../salesforce/pilot-input.ts';
import { soql } from '../salesforce/soql.ts';

const anyPilot = z.object({
  Id: z.string(),
  Name: z.string(),
  Status__c: z.string().nullable(),
  Opportunity__r: z.object({ IsClosed: z.boolean() }),
});

const LIST = ['npx pilot sync --dry-run lists the pilots that are judged.'];

/**
 * The live pilot that a person means: its id (15 or 18 characters) or its name in any case.
 * @throws ConfigError PILOT_UNKNOWN, PILOT_NOT_LIVE (with its status) or PILOT_AMBIGUOUS (with the ids)
 */
export async function findPilot(
  client: SalesforceClient,
  read: readonly ReadPilot[],
  asked: string,
): Promise<ReadPilot> {
  const found = matching(
    read.map((pilot) => ({ Id: pilot.row.Id, Name: pilot.row.Name, pilot })),
    asked,
  );
  if (found.length === 1) return found[0]!.pilot;
  if (found.length > 1) throw ambiguous(asked, found);
  const others = await client.query(
    soql`SELECT Id, Name, Status__c, Opportunity__r.IsClosed FROM Pilot__c ORDER BY Id`,
    anyPilot,
  );
  const [other] = matching(others, asked);
  if (other === undefined)
    throw new ConfigError('PILOT_UNKNOWN', `The org shows no pilot with the id or name "${asked}".`, {
      actions: ['Take the id from the address of its record page, or its name in quotes.', ...LIST],
    });
  const why = other.Opportunity__r.IsClosed
    ? 'its deal is closed'
    : `its status is ${other.Status__c ?? 'empty'}`;
  throw new ConfigError('PILOT_NOT_LIVE', `${other.Name} (${other.Id}) is not judged: ${why}.`, {
    actions: ['Only Active and In Review pilots of open deals have a verdict.', ...LIST],
  });
}

function matching<One extends { readonly Id: string; readonly Name: string }>(
  pilots: readonly One[],
  asked: string,
): One[] {
  const isId = /^\w{15}(\w{3})?$/.test(asked);
  const byId = isId ? pilots.filter(({ Id }) => sameId(Id, asked)) : [];
  const name = asked.trim().toLowerCase();
  return byId.length > 0 ? byId : pilots.filter(({ Name }) => Name.trim().toLowerCase() === name);
}

function ambiguous(asked: string, found: readonly { readonly Id: string }[]): ConfigError {
  const ids = found.map(({ Id }) => Id).join(', ');
  return new ConfigError('PILOT_AMBIGUOUS', `${found.length} pilots are named "${asked}": ${ids}.`, {
    actions: ['Say which by its id.'],
  });
}
