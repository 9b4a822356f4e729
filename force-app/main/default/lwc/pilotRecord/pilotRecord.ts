// A pilot as the page knows it. A field the reader may not see is absent from the answer and becomes null:
// not known, never zero.
import { day, flag, label, nodesOf, number, oneOf, person, text, at } from './readNode';
import type { Node, Person } from './readNode';
import { parseSignals } from './signalsJson';
import type { StoredSignals } from './signalsJson';

export { parseSignals } from './signalsJson';
export { CRITERIA_COUNTS, PEOPLE_OF_ACCOUNT, STATE_FIELDS, USAGE_KEYS, VERDICT_FIELDS } from './queryParts';
export { readDetails } from './pilotDetails';
export { readAmendments, writeAmendments, writeClosedDays } from './storedJson';
export { isTriggered, triggerCounts, triggerOf } from './termTrigger';
export type { CriteriaCounts, TermTrigger } from './termTrigger';
export type { CheckIn, Commitment, Contact, Details, Term, UsageKey } from './pilotDetails';
export type { Amendment, ClosedDays, HealthChange, UsageSeries } from './storedJson';
export type { Person } from './readNode';
export type { StoredNote, StoredSignal, StoredSignals } from './signalsJson';
export type Health = 'On track' | 'Watch' | 'At risk' | 'Stalled' | 'Unknown';
export type Pace = 'Met' | 'On pace' | 'Behind' | 'Unlikely' | 'Unknown';

const HEALTHS: readonly Health[] = ['On track', 'Watch', 'At risk', 'Stalled', 'Unknown'];
const PACES: readonly Pace[] = ['Met', 'On pace', 'Behind', 'Unlikely', 'Unknown'];

/** How a closed pilot ended. */
export interface Ending {
  /** Picklist label in the reader's language; null when nobody said, or the reader may not see it. */
  readonly outcome: string | null;
  readonly isOutcomeHidden: boolean;
  readonly decidedOn: string | null;
}

/** A deal that is closed while its pilot is not: how the pilot ended is still to be recorded. */
export interface ClosedDeal {
  readonly isWon: boolean;
  readonly closedOn: string | null;
}

/** What the reader may do with pilots; true where the answer does not say, for then the org itself will. */
export interface Rights {
  readonly mayCreate: boolean;
  readonly mayChange: boolean;
}

export interface Pilot {
  readonly id: string;
  readonly mayChange: boolean;
  readonly name: string | null;
  /** As the platform compares it before it saves; null when the reader may not see it. */
  readonly lastModified: string | null;
  readonly accountId: string | null;
  readonly accountName: string | null;
  /** Picklist labels in the reader's language. */
  readonly type: string | null;
  readonly status: string | null;
  readonly department: string | null;
  readonly isLive: boolean;
  /** Null while the pilot is not closed. */
  readonly ending: Ending | null;
  /** Null while the deal is open, or once the pilot is closed too. */
  readonly closedDeal: ClosedDeal | null;
  readonly hasNoTelemetry: boolean;
  /** As stored by the sync, and as it counts now: Unknown once the data are too old. */
  readonly healthStored: Health | null;
  /** The reader may see how it stands or why, not both. */
  readonly isVerdictHidden: boolean;
  readonly health: Health;
  readonly stalledSince: string | null;
  /** Null when the sync has not written any, or what it wrote cannot be read. */
  readonly signals: StoredSignals | null;
  readonly toTidy: number | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** The end first agreed, once it was moved. */
  readonly originalEndDate: string | null;
  readonly readoutDate: string | null;
  readonly decisionDate: string | null;
  readonly nextCheckIn: string | null;
  readonly plannedUsers: number | null;
  readonly licensedUsers: number | null;
  /** Features are kept back, not users: the pilot is to spread, and no number of people is its cap. */
  readonly isOpenToAll: boolean;
  readonly plannedDepartments: number | null;
  /** Departments with somebody active in the last 28 days. */
  readonly activeDepartments: number | null;
  /** Picklist label; null until the sync has inferred one. */
  readonly adoptionStage: string | null;
  readonly activeUsers7d: number | null;
  readonly criteriaCount: number | null;
  readonly criteriaMet: number | null;
  readonly mustHaves: number | null;
  readonly mustHavesMet: number | null;
  readonly annualValue: number | null;
  readonly oneTimeValue: number | null;
  readonly priceLockEnds: string | null;
  readonly usageCompleteTo: string | null;
  readonly syncedAt: string | null;
  readonly staleAfter: string | null;
  readonly snoozedUntil: string | null;
  readonly snoozeReason: string | null;
  readonly sponsor: Person | null;
  readonly sponsorLeftOn: string | null;
  readonly formerSponsors: string | null;
  readonly criteriaSignedOn: string | null;
  readonly signedByCustomer: Person | null;
  readonly signedByVendor: Person | null;
  /** Null when the reader may not see criteria; must-haves first. */
  readonly criteria: readonly Criterion[] | null;
}

export interface Criterion {
  readonly id: string;
  readonly lastModified: string | null;
  readonly name: string | null;
  readonly kind: string | null;
  readonly isAdoption: boolean;
  readonly isMustHave: boolean;
  readonly isAtMost: boolean;
  /** Counted from usage by the sync; nobody types its value. */
  readonly isMeasured: boolean;
  readonly unit: string | null;
  readonly baseline: number | null;
  readonly target: number | null;
  readonly actual: number | null;
  readonly projected: number | null;
  readonly measuredOn: string | null;
  /** Null when the reader may not see it. */
  readonly isMet: boolean | null;
  readonly pace: Pace;
}

/** Reads the pilots of `data.uiapi.query.Pilot__c`, the last start first; null when the answer has no such list. */
export function readPilots(data: unknown): readonly Pilot[] | null {
  const nodes = nodesOf(at(data, 'uiapi', 'query', 'Pilot__c'));
  const { mayChange } = readRights(data);
  const pilots = nodes?.flatMap((node) => readPilot(node, mayChange) ?? []);
  return pilots?.sort((a, b) => (b.startDate ?? '').localeCompare(a.startDate ?? '')) ?? null;
}

/** Reads `data.uiapi.objectInfos` of Pilot__c. Who may enter not one field may create no pilot; what is not said is not refused. */
export function readRights(data: unknown): Rights {
  const of = (right: string): unknown => at(data, 'uiapi', 'objectInfos', '0', right);
  const fields = of('fields');
  const mayCreate = !Array.isArray(fields) || fields.some((field) => at(field, 'createable') !== false);
  return { mayCreate, mayChange: of('updateable') !== false };
}

/** The pilot to show first: live before not, then the one that started last. */
export function leadPilot(pilots: readonly Pilot[]): Pilot | undefined {
  const rank = (pilot: Pilot): string => `${pilot.isLive ? 1 : 0}${pilot.startDate ?? ''}`;
  return [...pilots].sort((a, b) => rank(b).localeCompare(rank(a)) || a.id.localeCompare(b.id))[0];
}

function readPilot(node: Node, mayChange: boolean): Pilot | null {
  const id = node['Id'];
  if (typeof id !== 'string') return null;
  const healthStored = oneOf(HEALTHS, text(node, 'Health__c'));
  const ending = readEnding(node);
  return {
    id,
    mayChange,
    name: text(node, 'Name'),
    lastModified: text(node, 'LastModifiedDate'),
    accountId: text(dealOf(node), 'AccountId'),
    accountName: text(at(dealOf(node), 'Account'), 'Name'),
    type: label(node, 'Type__c'),
    status: label(node, 'Status__c'),
    department: text(node, 'Department__c'),
    isLive: flag(node, 'Is_Live__c') === true,
    ending,
    closedDeal: ending === null ? readClosedDeal(dealOf(node)) : null,
    hasNoTelemetry: text(node, 'Usage_Source__c') === 'None by agreement',
    healthStored,
    isVerdictHidden: node['Health__c'] === undefined || node['Signals__c'] === undefined,
    health: oneOf(HEALTHS, text(node, 'Health_Now__c')) ?? 'Unknown',
    stalledSince: day(node, 'Stalled_Since__c'),
    signals: parseSignals(text(node, 'Signals__c')),
    toTidy: number(node, 'To_Tidy__c'),
    startDate: day(node, 'Start_Date__c'),
    endDate: day(node, 'End_Date__c'),
    originalEndDate: day(node, 'Original_End_Date__c'),
    readoutDate: day(node, 'Readout_Date__c'),
    decisionDate: day(node, 'Decision_Date__c'),
    nextCheckIn: day(node, 'Next_Check_In__c'),
    plannedUsers: number(node, 'Planned_Users__c'),
    licensedUsers: number(node, 'Licensed_Users__c'),
    isOpenToAll: text(node, 'Restriction__c') === 'Features',
    plannedDepartments: number(node, 'Planned_Departments__c'),
    activeDepartments: number(node, 'Active_Departments__c'),
    adoptionStage: label(node, 'Adoption_Stage__c'),
    activeUsers7d: number(node, 'Active_Users_7d__c'),
    criteriaCount: number(node, 'Criteria__c'),
    criteriaMet: number(node, 'Criteria_Met__c'),
    mustHaves: number(node, 'Must_Haves__c'),
    mustHavesMet: number(node, 'Must_Haves_Met__c'),
    annualValue: number(node, 'Annual_Value__c'),
    oneTimeValue: number(node, 'One_Time_Value__c'),
    priceLockEnds: day(node, 'Price_Lock_Ends__c'),
    usageCompleteTo: day(node, 'Usage_Complete_To__c'),
    syncedAt: text(node, 'Synced_At__c'),
    staleAfter: text(node, 'Stale_After__c'),
    snoozedUntil: day(node, 'Snoozed_Until__c'),
    snoozeReason: text(node, 'Snooze_Reason__c'),
    sponsor: person(node, 'Customer_Sponsor__c'),
    sponsorLeftOn: day(node, 'Sponsor_Left_On__c'),
    formerSponsors: text(node, 'Former_Sponsors__c'),
    criteriaSignedOn: day(node, 'Criteria_Signed_On__c'),
    signedByCustomer: person(node, 'Signed_By_Customer__c'),
    signedByVendor: person(node, 'Signed_By_Vendor__c'),
    criteria: readCriteria(node['Success_Criteria__r']),
  };
}

function readEnding(node: Node): Ending | null {
  if (text(node, 'Status__c') !== 'Closed') return null;
  return {
    outcome: label(node, 'Outcome__c'),
    isOutcomeHidden: node['Outcome__c'] === undefined,
    decidedOn: day(node, 'Decided_On__c'),
  };
}

function readClosedDeal(deal: unknown): ClosedDeal | null {
  if (flag(deal, 'IsClosed') !== true) return null;
  return { isWon: flag(deal, 'IsWon') === true, closedOn: day(deal, 'CloseDate') };
}

function readCriteria(connection: unknown): readonly Criterion[] | null {
  const nodes = nodesOf(connection);
  if (nodes === null) return null;
  const criteria = nodes.flatMap((node) => readCriterion(node) ?? []);
  return criteria.sort((a, b) => Number(b.isMustHave) - Number(a.isMustHave));
}

function readCriterion(node: Node): Criterion | null {
  const id = node['Id'];
  if (typeof id !== 'string') return null;
  return {
    id,
    lastModified: text(node, 'LastModifiedDate'),
    name: text(node, 'Name'),
    kind: label(node, 'Kind__c'),
    isAdoption: text(node, 'Kind__c') === 'Adoption',
    isMustHave: flag(node, 'Must_Have__c') === true,
    isAtMost: text(node, 'Direction__c') === 'At most',
    isMeasured: text(node, 'Metric__c') !== null,
    unit: text(node, 'Unit__c'),
    baseline: number(node, 'Baseline__c'),
    target: number(node, 'Target__c'),
    actual: number(node, 'Actual__c'),
    projected: number(node, 'Projected__c'),
    measuredOn: day(node, 'Measured_On__c'),
    isMet: flag(node, 'Met__c'),
    pace: oneOf(PACES, text(node, 'Pace__c')) ?? 'Unknown',
  };
}

function dealOf(node: Node): unknown {
  return at(node, 'Opportunity__r');
}
