// A pilot as the page knows it. A field the reader may not see is absent from the answer and becomes null:
// not known, never zero.
import { parseSignals } from './signalsJson';
import type { StoredSignals } from './signalsJson';

export type { StoredSignal, StoredSignals } from './signalsJson';
export type Health = 'On track' | 'Watch' | 'At risk' | 'Stalled' | 'Unknown';
export type Pace = 'Met' | 'On pace' | 'Behind' | 'Unlikely' | 'Unknown';

const HEALTHS: readonly Health[] = ['On track', 'Watch', 'At risk', 'Stalled', 'Unknown'];
const PACES: readonly Pace[] = ['Met', 'On pace', 'Behind', 'Unlikely', 'Unknown'];

export interface Pilot {
  readonly id: string;
  readonly name: string | null;
  /** Picklist labels in the reader's language. */
  readonly type: string | null;
  readonly status: string | null;
  readonly department: string | null;
  readonly isLive: boolean;
  readonly hasNoTelemetry: boolean;
  /** As stored by the sync, and as it counts now: Unknown once the data are too old. */
  readonly healthStored: Health | null;
  readonly health: Health;
  readonly stalledSince: string | null;
  /** Null when the sync has not written any, or what it wrote cannot be read. */
  readonly signals: StoredSignals | null;
  readonly toTidy: number | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly decisionDate: string | null;
  readonly plannedUsers: number | null;
  readonly licensedUsers: number | null;
  readonly activeUsers7d: number | null;
  readonly criteriaCount: number | null;
  readonly criteriaMet: number | null;
  readonly annualValue: number | null;
  readonly oneTimeValue: number | null;
  readonly priceLockEnds: string | null;
  readonly usageCompleteTo: string | null;
  readonly syncedAt: string | null;
  readonly staleAfter: string | null;
  readonly snoozedUntil: string | null;
  readonly criteriaSignedOn: string | null;
  /** Null when the reader may not see criteria; must-haves first. */
  readonly criteria: readonly Criterion[] | null;
}

export interface Criterion {
  readonly id: string;
  readonly name: string | null;
  readonly kind: string | null;
  readonly isAdoption: boolean;
  readonly isMustHave: boolean;
  readonly isAtMost: boolean;
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

type Fields = Readonly<Record<string, unknown>>;

/** Reads the pilots of `data.uiapi.query.Pilot__c`; null when the answer has no such list. */
export function readPilots(data: unknown): readonly Pilot[] | null {
  const nodes = nodesOf(at(data, 'uiapi', 'query', 'Pilot__c'));
  return nodes === null ? null : nodes.flatMap((node) => readPilot(node) ?? []);
}

/** The pilot to show first: live before not, then the one that started last. */
export function leadPilot(pilots: readonly Pilot[]): Pilot | undefined {
  const rank = (pilot: Pilot): string => `${pilot.isLive ? 1 : 0}${pilot.startDate ?? ''}`;
  return [...pilots].sort((a, b) => rank(b).localeCompare(rank(a)) || a.id.localeCompare(b.id))[0];
}

function readPilot(node: Fields): Pilot | null {
  const id = node['Id'];
  if (typeof id !== 'string') return null;
  const healthStored = oneOf(HEALTHS, text(node, 'Health__c'));
  return {
    id,
    name: text(node, 'Name'),
    type: label(node, 'Type__c'),
    status: label(node, 'Status__c'),
    department: text(node, 'Department__c'),
    isLive: flag(node, 'Is_Live__c') === true,
    hasNoTelemetry: text(node, 'Usage_Source__c') === 'None by agreement',
    healthStored,
    health: oneOf(HEALTHS, text(node, 'Health_Now__c')) ?? 'Unknown',
    stalledSince: day(node, 'Stalled_Since__c'),
    signals: parseSignals(text(node, 'Signals__c')),
    toTidy: number(node, 'To_Tidy__c'),
    startDate: day(node, 'Start_Date__c'),
    endDate: day(node, 'End_Date__c'),
    decisionDate: day(node, 'Decision_Date__c'),
    plannedUsers: number(node, 'Planned_Users__c'),
    licensedUsers: number(node, 'Licensed_Users__c'),
    activeUsers7d: number(node, 'Active_Users_7d__c'),
    criteriaCount: number(node, 'Criteria__c'),
    criteriaMet: number(node, 'Criteria_Met__c'),
    annualValue: number(node, 'Annual_Value__c'),
    oneTimeValue: number(node, 'One_Time_Value__c'),
    priceLockEnds: day(node, 'Price_Lock_Ends__c'),
    usageCompleteTo: day(node, 'Usage_Complete_To__c'),
    syncedAt: text(node, 'Synced_At__c'),
    staleAfter: text(node, 'Stale_After__c'),
    snoozedUntil: day(node, 'Snoozed_Until__c'),
    criteriaSignedOn: day(node, 'Criteria_Signed_On__c'),
    criteria: readCriteria(node['Success_Criteria__r']),
  };
}

function readCriteria(connection: unknown): readonly Criterion[] | null {
  const nodes = nodesOf(connection);
  if (nodes === null) return null;
  const criteria = nodes.flatMap((node) => readCriterion(node) ?? []);
  return criteria.sort((a, b) => Number(b.isMustHave) - Number(a.isMustHave));
}

function readCriterion(node: Fields): Criterion | null {
  const id = node['Id'];
  if (typeof id !== 'string') return null;
  return {
    id,
    name: text(node, 'Name'),
    kind: label(node, 'Kind__c'),
    isAdoption: text(node, 'Kind__c') === 'Adoption',
    isMustHave: flag(node, 'Must_Have__c') === true,
    isAtMost: text(node, 'Direction__c') === 'At most',
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

function nodesOf(connection: unknown): readonly Fields[] | null {
  const edges = at(connection, 'edges');
  if (!Array.isArray(edges)) return null;
  return edges.map((edge) => at(edge, 'node')).filter(isFields);
}

function text(node: Fields, field: string): string | null {
  const value = at(node, field, 'value');
  return typeof value === 'string' && value !== '' ? value : null;
}

function label(node: Fields, field: string): string | null {
  const shown = at(node, field, 'label');
  return typeof shown === 'string' && shown !== '' ? shown : text(node, field);
}

function number(node: Fields, field: string): number | null {
  const value = at(node, field, 'value');
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function flag(node: Fields, field: string): boolean | null {
  const value = at(node, field, 'value');
  return typeof value === 'boolean' ? value : null;
}

function day(node: Fields, field: string): string | null {
  const value = text(node, field);
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}

function oneOf<T extends string>(allowed: readonly T[], value: string | null): T | null {
  return allowed.find((one) => one === value) ?? null;
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isFields(inner) ? inner[key] : undefined), value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
