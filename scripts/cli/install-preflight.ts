// What an admin should know before anything is deployed.
import type { Component } from '../metadata/read/component.ts';
import { textOf } from '../metadata/xml.ts';
import { isOver, limitCounts, limitLine } from './install-limits.ts';
import type { AdminOrg, DescribedField } from './admin-org.ts';

export interface Preflight {
  readonly edition: string;
  /** Why the install cannot go on. */
  readonly stops: readonly string[];
  /** What to know, and to do afterwards. */
  readonly notes: readonly string[];
  /** How near the org comes to Salesforce's allocations, a line each. */
  readonly limits: readonly string[];
  /** True when an earlier install is there. */
  readonly isUpgrade: boolean;
}

// Custom metadata types are created in these: https://help.salesforce.com/s/articleView?id=platform.custommetadatatypes_overview.htm
const EDITIONS = /Enterprise|Unlimited|Performance|Developer|Einstein 1|Partner/i;
const MARKER = 'PilotPolicy__mdt';
const FEW_REQUESTS = 100;

/** Metadata type of a field → types that a description gives it. */
const DESCRIBED: Readonly<Record<string, readonly string[]>> = {
  AutoNumber: ['string'],
  Checkbox: ['boolean'],
  Currency: ['currency'],
  Date: ['date'],
  DateTime: ['datetime'],
  LongTextArea: ['textarea'],
  Lookup: ['reference'],
  MasterDetail: ['reference'],
  MultiselectPicklist: ['multipicklist'],
  Number: ['double', 'int'],
  Percent: ['percent'],
  Picklist: ['picklist'],
  Summary: ['double', 'int', 'currency', 'date', 'percent'],
  Text: ['string'],
  TextArea: ['textarea'],
  Url: ['url'],
};

/** Looks at the org without changing it. */
export async function installPreflight(org: AdminOrg, core: readonly Component[]): Promise<Preflight> {
  const [organization] = await org.query('SELECT OrganizationType FROM Organization');
  const edition = String(organization?.['OrganizationType'] ?? 'unknown');
  const stops: string[] = [];
  const notes: string[] = [];
  if (!EDITIONS.test(edition))
    stops.push(
      `${edition} cannot create custom metadata types: Enterprise, Performance, Unlimited or Developer is needed.`,
    );
  const isUpgrade = (await org.fields(MARKER)) !== null;
  stops.push(...(await nameClashes(org, core, isUpgrade)));
  const account = (await org.fields('Account')) ?? [];
  if (account.some(({ name }) => name === 'IsPersonAccount'))
    notes.push(
      'Person accounts are on: sponsors and champions are looked up as contacts, which people of person accounts are not.',
    );
  const opportunity = (await org.fields('Opportunity')) ?? [];
  if (opportunity.some(({ name }) => name === 'CurrencyIsoCode'))
    notes.push(
      'Several currencies are on: a new pilot takes the currency of its creator unless the deal’s is chosen.',
    );
  const limits = await limitCounts(org, core, edition);
  for (const limit of limits.filter(isOver))
    (limit.isHard ? stops : notes).push(`Salesforce's allocation is too small: ${limitLine(limit)}.`);
  const left = await org.requestsLeft();
  if (left < FEW_REQUESTS) notes.push(`${left} API requests are left today.`);
  return { edition, stops, notes, limits: limits.map(limitLine), isUpgrade };
}

/** Names that somebody else uses: a deploy would merge into them without a word. */
async function nameClashes(org: AdminOrg, core: readonly Component[], isUpgrade: boolean): Promise<string[]> {
  const fields = core.filter(({ type, fullName }) => type === 'CustomField' && !fullName.includes('__mdt.'));
  const clashes: string[] = [];
  for (const [object, own] of Map.groupBy(fields, ({ fullName }) => fullName.split('.')[0]!)) {
    const there = await org.fields(object);
    if (there === null) continue;
    const isForeign = object.endsWith('__c') && !isUpgrade;
    if (isForeign) clashes.push(`The org has an object ${object} that is not ours.`);
    else clashes.push(...typeClashes(object, own, there));
  }
  return clashes;
}

function typeClashes(object: string, own: readonly Component[], there: readonly DescribedField[]): string[] {
  const byName = new Map(there.map((field) => [field.name, field]));
  return own.flatMap(({ fullName, node }) => {
    const field = byName.get(fullName.slice(object.length + 1));
    const type = textOf(node, 'type') ?? '';
    const allowed = DESCRIBED[type];
    if (!field || !allowed || allowed.includes(field.type)) return [];
    return [`The org has a field ${fullName} of type ${field.type}; ours is ${type}.`];
  });
}
