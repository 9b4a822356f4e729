// What belongs to one pilot and is read with a second request, for that pilot alone: its texts are long.
import { at, day, flag, label, nodesOf, number, person, text } from './readNode';
import type { Node, Person } from './readNode';
import { readAmendments, readClosedDays, readHealthLog, readSeries } from './storedJson';
import type { Amendment, ClosedDays, HealthChange, UsageSeries } from './storedJson';

export interface Details {
  readonly pilotId: string;
  /** Null where there are none, or what is stored cannot be read. */
  readonly series: UsageSeries | null;
  readonly isSeriesHidden: boolean;
  /** Null in these three: what is stored cannot be read. */
  readonly healthLog: readonly HealthChange[] | null;
  /** Whose public holidays are no business days, such as `DE` or `DE-BY`. */
  readonly holidayRegion: string | null;
  readonly closedDays: readonly ClosedDays[] | null;
  readonly amendments: readonly Amendment[] | null;
  /** Null in these: the reader may not see them. The last one first. */
  readonly checkIns: readonly CheckIn[] | null;
  readonly commitments: readonly Commitment[] | null;
  readonly terms: readonly Term[] | null;
  readonly usageKeys: readonly UsageKey[] | null;
  /** People of the account. */
  readonly contacts: readonly Contact[] | null;
}

export interface CheckIn {
  readonly id: string;
  readonly heldOn: string | null;
  readonly mood: string | null;
  readonly hasSponsor: boolean;
  readonly numbers: string | null;
  readonly blockers: string | null;
  readonly nextWeek: string | null;
}

export interface Commitment {
  readonly id: string;
  readonly lastModified: string | null;
  readonly name: string | null;
  readonly isOurs: boolean;
  readonly owner: string | null;
  readonly dueOn: string | null;
  readonly isDueHidden: boolean;
  readonly doneOn: string | null;
  readonly isDone: boolean;
}

export interface Term {
  readonly id: string;
  readonly lastModified: string | null;
  readonly name: string | null;
  readonly kind: string | null;
  readonly amount: number | null;
  readonly isAmountHidden: boolean;
  readonly billing: string | null;
  readonly status: string | null;
  readonly statusLabel: string | null;
  readonly trigger: string | null;
  readonly agreedOn: string | null;
  readonly invokedOn: string | null;
  readonly validTo: string | null;
}

export interface UsageKey {
  readonly id: string;
  readonly source: string | null;
  readonly key: string | null;
}

export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
}

/** Reads the answer about one pilot; null when it holds none. */
export function readDetails(data: unknown): Details | null {
  const query = at(data, 'uiapi', 'query');
  const [node] = nodesOf(at(query, 'Pilot__c')) ?? [];
  const pilotId = node?.['Id'];
  if (!node || typeof pilotId !== 'string') return null;
  return {
    pilotId,
    series: readSeries(text(node, 'Usage_Series__c')),
    isSeriesHidden: node['Usage_Series__c'] === undefined,
    healthLog: readHealthLog(text(node, 'Health_Log__c')),
    holidayRegion: text(node, 'Holiday_Region__c'),
    closedDays: readClosedDays(text(node, 'Closed_Days__c')),
    amendments: readAmendments(text(node, 'Amendments__c')),
    checkIns: lastFirst(list(node['Check_Ins__r'], readCheckIn)),
    commitments: list(node['Commitments__r'], readCommitment),
    terms: list(node['Conversion_Terms__r'], readTerm),
    usageKeys: list(node['Usage_Keys__r'], readUsageKey),
    contacts: list(at(query, 'Contact'), readContact),
  };
}

function list<T>(connection: unknown, read: (node: Node, id: string) => T): readonly T[] | null {
  const nodes = nodesOf(connection);
  return nodes?.flatMap((node) => (typeof node['Id'] === 'string' ? [read(node, node['Id'])] : [])) ?? null;
}

function lastFirst(checkIns: readonly CheckIn[] | null): readonly CheckIn[] | null {
  return checkIns && [...checkIns].sort((a, b) => (b.heldOn ?? '').localeCompare(a.heldOn ?? ''));
}

function readCheckIn(node: Node, id: string): CheckIn {
  return {
    id,
    heldOn: day(node, 'Held_On__c'),
    mood: text(node, 'Sentiment__c'),
    hasSponsor: flag(node, 'Sponsor_Attended__c') === true,
    numbers: text(node, 'Metrics__c'),
    blockers: text(node, 'Issues__c'),
    nextWeek: text(node, 'Next_Week__c'),
  };
}

function readCommitment(node: Node, id: string): Commitment {
  const owner: Person | null = person(node, 'Owner_User__c') ?? person(node, 'Owner_Contact__c');
  return {
    id,
    lastModified: text(node, 'LastModifiedDate'),
    name: text(node, 'Name'),
    isOurs: text(node, 'Party__c') !== 'Customer',
    owner: owner?.name ?? null,
    dueOn: day(node, 'Due_On__c'),
    isDueHidden: node['Due_On__c'] === undefined,
    doneOn: day(node, 'Done_On__c'),
    isDone: flag(node, 'Done__c') === true,
  };
}

function readTerm(node: Node, id: string): Term {
  return {
    id,
    lastModified: text(node, 'LastModifiedDate'),
    name: text(node, 'Name'),
    kind: label(node, 'Kind__c'),
    amount: number(node, 'Amount__c'),
    isAmountHidden: node['Amount__c'] === undefined,
    billing: text(node, 'Billing__c'),
    status: text(node, 'Status__c'),
    statusLabel: label(node, 'Status__c'),
    trigger: text(node, 'Trigger__c'),
    agreedOn: day(node, 'Agreed_On__c'),
    invokedOn: day(node, 'Invoked_On__c'),
    validTo: day(node, 'Price_Valid_To__c'),
  };
}

function readUsageKey(node: Node, id: string): UsageKey {
  return { id, source: text(node, 'Source__c'), key: text(node, 'Key__c') };
}

function readContact(node: Node, id: string): Contact {
  return { id, name: text(node, 'Name') ?? id, title: text(node, 'Title') };
}
