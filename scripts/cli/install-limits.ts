// How near the org is to Salesforce's allocations once the package is in it.
import type { Component } from '../metadata/read/component.ts';
import type { AdminOrg } from './admin-org.ts';

export interface LimitCount {
  readonly what: string;
  /** What the org has of it now, as far as the installing user sees it; null where the org does not say. */
  readonly used: number | null;
  /** What the package adds to it. */
  readonly adds: number;
  /** Null where Salesforce's allocation for the edition is not known. */
  readonly limit: number | null;
  /** True when Salesforce refuses more; false when support may raise it. */
  readonly isHard: boolean;
}

interface Allocation {
  readonly objects: number;
  /** Per object: https://help.salesforce.com/apex/HTViewHelpDoc?id=custom_field_allocations.htm */
  readonly fields: number;
  /** Active validation rules of an object: https://help.salesforce.com/s/articleView?id=xcloud.overview_limits_general.htm */
  readonly rules: number;
}

// https://help.salesforce.com/s/articleView?id=xcloud.overview_limits_general.htm (allocations by edition)
const ALLOCATIONS: readonly (readonly [edition: RegExp, allocation: Allocation])[] = [
  [/Unlimited|Performance/i, { objects: 2000, fields: 800, rules: 500 }],
  [/Enterprise/i, { objects: 200, fields: 500, rules: 100 }],
  [/Developer/i, { objects: 400, fields: 500, rules: 100 }],
];
/** Custom relationships of an object, lookups and masters together; support raises it up to 50. */
const RELATIONSHIPS = 40;

/** Active flows of one type; counted are those of all types, so it is a note and no stop. */
const FLOWS = 2000;

/**
 * Objects and flows of the org, fields and relationships of Opportunity, validation rules of Pilot__c; what managed
 * packages bring as objects and fields is left out.
 */
export async function limitCounts(
  org: AdminOrg,
  core: readonly Component[],
  edition: string,
): Promise<LimitCount[]> {
  const allocation = ALLOCATIONS.find(([name]) => name.test(edition))?.[1] ?? null;
  const objects = (await org.objectNames()).filter(isOwn);
  const fields = ((await org.fields('Opportunity')) ?? []).filter(({ name }) => name.endsWith('__c'));
  const ownFields = fields.map(({ name }) => name).filter(isOwn);
  const ours = core.filter(
    ({ type, fullName }) => type === 'CustomField' && fullName.startsWith('Opportunity.'),
  );
  const lookups = ours.filter(({ text }) => text.includes('<type>Lookup</type>'));
  const ourObjects = core.filter(({ type, fullName }) => type === 'CustomObject' && isOwn(fullName));
  const short = (each: Component) => each.fullName.replace('Opportunity.', '');
  const added = (components: readonly Component[], there: readonly string[]) =>
    components.filter((each) => !there.includes(short(each))).length;
  const references = fields.filter(({ type }) => type === 'reference').map(({ name }) => name);
  return [
    count('custom objects', objects.length, added(ourObjects, objects), allocation?.objects ?? null, true),
    count(
      'custom fields of Opportunity',
      ownFields.length,
      added(ours, ownFields),
      allocation?.fields ?? null,
      true,
    ),
    count(
      'custom relationships of Opportunity',
      references.length,
      added(lookups, references),
      RELATIONSHIPS,
      false,
    ),
    await activeRules(org, core, allocation),
    await activeFlows(org, core),
  ];
}

const RULES_OF_PILOT =
  "SELECT ValidationName FROM ValidationRule WHERE Active = true AND EntityDefinition.QualifiedApiName = 'Pilot__c'";
const ACTIVE_FLOWS = 'SELECT DeveloperName FROM FlowDefinition WHERE ActiveVersionId != null';

async function activeRules(
  org: AdminOrg,
  core: readonly Component[],
  allocation: Allocation | null,
): Promise<LimitCount> {
  const there = await org.setupNames(RULES_OF_PILOT, 'ValidationName');
  const ours = core.filter(
    ({ type, fullName, text }) =>
      type === 'ValidationRule' && fullName.startsWith('Pilot__c.') && text.includes('<active>true</active>'),
  );
  const adds = ours.filter(({ fullName }) => !there?.includes(fullName.slice('Pilot__c.'.length)));
  const what = 'active validation rules of Pilot__c';
  return count(what, there?.length ?? null, adds.length, allocation?.rules ?? null, true);
}

async function activeFlows(org: AdminOrg, core: readonly Component[]): Promise<LimitCount> {
  const there = await org.setupNames(ACTIVE_FLOWS, 'DeveloperName');
  const ours = core.filter(({ type, text }) => type === 'Flow' && text.includes('<status>Active</status>'));
  const adds = ours.filter(({ fullName }) => !there?.includes(fullName));
  return count('active flows', there?.length ?? null, adds.length, FLOWS, false);
}

function count(
  what: string,
  used: number | null,
  adds: number,
  limit: number | null,
  isHard: boolean,
): LimitCount {
  return { what, used, adds, limit, isHard };
}

/** Custom and of no managed package: those carry a namespace in front of their name. */
function isOwn(name: string): boolean {
  return /^(?:(?!__).)+__c$/.test(name);
}

/** The count in words, for whoever installs. */
export function limitLine({ what, used, adds, limit }: LimitCount): string {
  if (used === null) return `${what}: not counted (the org does not say), ${adds} more`;
  const allowed = limit === null ? 'the allocation of this edition is not known' : `of ${limit}`;
  return `${what}: ${used} and ${adds} more, ${allowed}`;
}

/** True when the package does not fit. */
export function isOver({ used, adds, limit }: LimitCount): boolean {
  return limit !== null && used !== null && adds > 0 && used + adds > limit;
}
