import { createRows } from '../salesforce/create-rows.ts';
import { checkLinks, type FreshLink, type ImportedLink } from './check-links.ts';
import { readKeyOrg, type KeyOptions, type KeyOrg } from './key-org.ts';
import { readLinksFile } from './links-file.ts';

/**
 * Creates the usage keys that a CSV file names (columns pilot, source, key, from, to, filter). Every line is accounted
 * for; one that the org already has is left alone, so the same file may be imported again.
 */
export async function importLinks(file: string, options: KeyOptions): Promise<ImportedLink[]> {
  const { lines, rejects } = await readLinksFile(file);
  const org = await readKeyOrg(options);
  const { fresh, settled } = await checkLinks(lines, org, options);
  const refused = rejects.map(({ line, reason }): ImportedLink => ({
    line,
    outcome: 'failed',
    message: reason,
  }));
  const created = await createLinks(fresh, org);
  return [...created, ...settled, ...refused].toSorted((a, b) => a.line - b.line);
}

async function createLinks(fresh: readonly FreshLink[], org: KeyOrg): Promise<ImportedLink[]> {
  const outcomes = await createRows(
    org.client,
    'PilotUsageKey__c',
    fresh.map(({ link }) => ({
      Pilot__c: link.pilot,
      Source__c: link.source,
      Key__c: link.key,
      From__c: link.from,
      To__c: link.to,
      Filter__c: link.filter,
      Matched_By__c: 'By hand',
    })),
  );
  return fresh.map(({ line, link, note }, index) => {
    const outcome = outcomes[index]!;
    if (outcome.kind === 'failed')
      return { line, outcome: 'failed', message: `${outcome.message} → ${outcome.fix}` };
    const what = `${link.source} ${link.key} → ${org.pilots.get(link.pilot)!.name}`;
    return { line, outcome: 'created', message: note === null ? what : `${what} (${note})` };
  });
}
