// What Network__c holds and how it is said: how a pilot spreads between people and departments. The sync writes it and
// the page reads it, so this module imports nothing. Sentences are names of custom labels with their values, for
// `wordTemplate` of pilotWording.

type Value = string | number | null;
type Values = Readonly<Record<string, Value>>;

/** Network__c, version 1. Days are `YYYY-MM-DD`; people are keyed hashes of 32 hexadecimal digits. */
export interface Network {
  readonly version: 1;
  /** Last complete day of the data when something here last changed; up to Usage_Complete_To__c nothing has since. */
  readonly asOf: string;
  /** Mondays of the complete weeks, oldest first, at most 26: what every `weekly` and `...Weekly` list is over. */
  readonly weeks: readonly string[];
  /** People active in each week, people seen for the first time, and those of them who came by invitation. */
  readonly activeWeekly: readonly number[];
  readonly newWeekly: readonly number[];
  readonly invitedWeekly: readonly number[];
  /** By first day of use, at most 20; empty where the source names no departments. */
  readonly departments: readonly NetworkDepartment[];
  /** Departments beyond these. */
  readonly moreDepartments: number;
  readonly people: NetworkPeople;
  /** Null where no user names an inviter: then nothing is known about invitations, not that there were none. */
  readonly invitations: NetworkInvitations | null;
  /** At most five, the strongest first; empty without invitations. */
  readonly champions: readonly NetworkChampion[];
  readonly tree: NetworkTree;
  /** Attempts to use gated features; null where the configuration names no such events. */
  readonly gated: NetworkGated | null;
  readonly stage: NetworkStage;
}

export interface NetworkDepartment {
  readonly name: string;
  readonly firstOn: string;
  /** People who now belong to it, and those of them active in the last 28 days. */
  readonly users: number;
  readonly active: number;
  /** People active in three of the last four complete weeks. */
  readonly sustained: number;
  /** Whether it counts as a group that lasts; see `stage`. */
  readonly lasts: boolean;
  /** People active in each of `weeks`, counted where they belonged then. */
  readonly weekly: readonly number[];
}

export interface NetworkPeople {
  /** Everybody seen, and those active in the last 28 days. */
  readonly users: number;
  readonly active: number;
  /** Active in three of the last four complete weeks; null before there are four. */
  readonly sustained: number | null;
  /** Average growth of all people seen, percent a week over the last four complete weeks; null before there are five. */
  readonly growthPercent: number | null;
  /** Median days from the pilot's start to a person's first use (0 for who was there before); null without a start. */
  readonly firstUseDays: number | null;
  /** Median days from an inviter's first use to that of a person they brought in; null without invitations. */
  readonly invitedFirstUseDays: number | null;
}

export interface NetworkInvitations {
  /** Invitation events; null where the configuration names none. */
  readonly sent: number | null;
  /** People who were invited and have used it. */
  readonly accepted: number;
  /** Share of everybody seen who came by invitation, whole percent. */
  readonly sharePercent: number;
  readonly inviters: number;
  /** Accepted across departments; null where no departments are named. */
  readonly betweenDepartments: number | null;
}

export interface NetworkChampion {
  readonly person: string;
  /** Contact with the same address; null unless the configuration asks for the match and there is one. */
  readonly contactId: string | null;
  readonly department: string | null;
  /** Their department is one of those that spread a product by their work: marketing, product, HR, IT … */
  readonly isConnector: boolean;
  /** People brought in: directly, through one other, through more. */
  readonly reach: readonly [number, number, number];
  readonly lastOn: string;
  /** Share of everybody active in the last 28 days who came through them, whole percent. */
  readonly downstreamPercent: number;
}

/** Who brought in whom, parents before children; at most 200 people, the rest are counts. */
export interface NetworkTree {
  readonly nodes: readonly NetworkNode[];
  /** People of trees whose root is not listed. */
  readonly more: number;
}

export interface NetworkNode {
  readonly person: string;
  /** Place of the inviter in `nodes`; null for a root. */
  readonly parent: number | null;
  /** Place in `departments`; null where not known or not listed. */
  readonly department: number | null;
  /** 1: active in the last 28 days, 0: not, null: never seen to use it, only to invite. */
  readonly active: 1 | 0 | null;
  /** All people brought in, through any number of others. */
  readonly reach: number;
  /** Those of them who are listed nowhere below: "n more". */
  readonly more: number;
}

export interface NetworkGated {
  /** Attempts since the pilot's start, and in the last 28 days; people since the start. Null: not known. */
  readonly attempts: number | null;
  readonly lately: number | null;
  readonly users: number | null;
}

export type StageNumber = 1 | 2 | 3 | 4 | 5 | 6;

export interface NetworkStage {
  /** Null where it cannot be told; `reasons` says why. */
  readonly now: StageNumber | null;
  readonly since: string | null;
  readonly reasons: readonly StageReason[];
  readonly nextMove: NextMove | null;
  /** Why not to make the next move yet; null: make it. */
  readonly notYet: NotYet | null;
}

export const STAGE_REASONS = [
  'GROUPS_ACTIVE',
  'GROUPS_LASTING',
  'GROUPS_PAYING',
  'BETWEEN_GROUPS',
  'WIDE_PILOT',
  'ENTERPRISE_DEAL',
  'NO_DEPARTMENTS',
  'NO_USE',
] as const;
export const NEXT_MOVES = [
  'OFFER_FIRST_GROUP',
  'BRING_IN_NEXT_GROUP',
  'ASK_IT',
  'PROPOSE_WIDE_PILOT',
  'CLOSE_ENTERPRISE_DEAL',
  'KEEP_SPREADING',
] as const;
export const NOT_YETS = [
  'NO_GROUP_LASTS',
  'PAYING_GROUP_FADES',
  'FEW_GROUPS_LAST',
  'SPREAD_STANDS_STILL',
  'WIDE_PILOT_UNUSED',
] as const;
export type NextMove = (typeof NEXT_MOVES)[number];
export interface StageReason {
  readonly code: (typeof STAGE_REASONS)[number];
  readonly values: Values;
}
export interface NotYet {
  readonly code: (typeof NOT_YETS)[number];
  readonly values: Values;
}

/** Values of Adoption_Stage__c; the stage's number is the place plus one. */
export const ADOPTION_STAGES = [
  '1 Scattered use',
  '2 First group',
  '3 More groups',
  '4 IT needs a policy',
  '5 Enterprise-wide pilot',
  '6 Enterprise deal',
] as const;

/** No text of more bytes (UTF-8) is written; the field holds 32,768 characters. */
export const NETWORK_MAX_BYTES = 30_000;
export const TREE_MAX_NODES = 200;

/** What a stored text says; null for blank, damaged or foreign text. */
export function parseNetwork(text: string | null | undefined): Network | null {
  if (!text) return null;
  try {
    const found: unknown = JSON.parse(text);
    return isNetwork(found) && fits(found) ? found : null;
  } catch {
    return null;
  }
}

/** A label's name with the values that its text asks for. */
export interface SpreadLine {
  readonly name: string;
  readonly values: Values;
}

/** "Stage 3 of 6 since 3 Nov: more groups follow" */
export function stageLine({ now, since }: NetworkStage): SpreadLine {
  return now === null
    ? { name: 'Pilot_Spread_stage_unknown', values: {} }
    : { name: `Pilot_Spread_stage_${now}`, values: { since } };
}

/** Why the stage is what it is, the most telling first. */
export function reasonLines({ reasons }: NetworkStage): readonly SpreadLine[] {
  return reasons.map(({ code, values }) => ({ name: `Pilot_Spread_because_${code}`, values }));
}

/** What to do next, or why not to yet; null where the stage cannot be told. */
export function nextMoveLine({ nextMove, notYet }: NetworkStage): SpreadLine | null {
  if (notYet) return { name: `Pilot_Spread_wait_${notYet.code}`, values: notYet.values };
  return nextMove === null ? null : { name: `Pilot_Spread_next_${nextMove}`, values: {} };
}

/** How people came: shares, invitations, and what attempts at gated features say. */
export function spreadLines({
  people,
  invitations,
  gated,
  departments,
  moreDepartments,
}: Network): SpreadLine[] {
  const lines: SpreadLine[] = [];
  const count = departments.length + moreDepartments;
  lines.push(
    count === 0
      ? { name: 'Pilot_Spread_people', values: { users: people.users, active: people.active } }
      : {
          name: 'Pilot_Spread_departments',
          values: { users: people.users, active: people.active, departments: count },
        },
  );
  if (people.sustained !== null)
    lines.push({ name: 'Pilot_Spread_sustained', values: { sustained: people.sustained } });
  if (people.growthPercent !== null)
    lines.push({ name: 'Pilot_Spread_growth', values: { percent: people.growthPercent } });
  lines.push(...invitationLines(invitations));
  if (gated?.attempts)
    lines.push({
      name: gated.users === null ? 'Pilot_Spread_gated' : 'Pilot_Spread_gated_people',
      values: { attempts: gated.attempts, lately: gated.lately, people: gated.users },
    });
  return lines;
}

function invitationLines(invitations: NetworkInvitations | null): SpreadLine[] {
  if (!invitations) return [{ name: 'Pilot_Spread_invitations_unknown', values: {} }];
  const { sent, accepted, sharePercent: share, inviters, betweenDepartments: between } = invitations;
  const known = { accepted, share, inviters, sent };
  return [
    { name: sent === null ? 'Pilot_Spread_invitations' : 'Pilot_Spread_invitations_sent', values: known },
    ...(between === null ? [] : [{ name: 'Pilot_Spread_between', values: { people: between } }]),
  ];
}

type Check = (value: unknown) => boolean;

const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0;
const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => Number.isFinite(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isDay: Check = (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
const isPerson: Check = (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
const isValue: Check = (value) => value === null || isText(value) || isNumber(value);
const isValues: Check = (value) => isObject(value) && Object.values(value).every(isValue);
const maybe =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const oneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const shape =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(checks).every(([key, check]) => check(value[key]));

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NETWORK = shape({
  version: (value) => value === 1,
  asOf: isDay,
  weeks: list(isDay),
  activeWeekly: list(isCount),
  newWeekly: list(isCount),
  invitedWeekly: list(isCount),
  departments: list(
    shape({
      name: isText,
      firstOn: isDay,
      users: isCount,
      active: isCount,
      sustained: isCount,
      lasts: isFlag,
      weekly: list(isCount),
    }),
  ),
  moreDepartments: isCount,
  people: shape({
    users: isCount,
    active: isCount,
    sustained: maybe(isCount),
    growthPercent: maybe(isNumber),
    firstUseDays: maybe(isNumber),
    invitedFirstUseDays: maybe(isNumber),
  }),
  invitations: maybe(
    shape({
      sent: maybe(isCount),
      accepted: isCount,
      sharePercent: isCount,
      inviters: isCount,
      betweenDepartments: maybe(isCount),
    }),
  ),
  champions: list(
    shape({
      person: isPerson,
      contactId: maybe(isText),
      department: maybe(isText),
      isConnector: isFlag,
      reach: (value) => list(isCount)(value) && (value as unknown[]).length === 3,
      lastOn: isDay,
      downstreamPercent: isCount,
    }),
  ),
  tree: shape({
    nodes: list(
      shape({
        person: isPerson,
        parent: maybe(isCount),
        department: maybe(isCount),
        active: oneOf([1, 0, null]),
        reach: isCount,
        more: isCount,
      }),
    ),
    more: isCount,
  }),
  gated: maybe(shape({ attempts: maybe(isCount), lately: maybe(isCount), users: maybe(isCount) })),
  stage: shape({
    now: oneOf([1, 2, 3, 4, 5, 6, null]),
    since: maybe(isDay),
    reasons: list(shape({ code: oneOf(STAGE_REASONS), values: isValues })),
    nextMove: oneOf([...NEXT_MOVES, null]),
    notYet: maybe(shape({ code: oneOf(NOT_YETS), values: isValues })),
  }),
});

function isNetwork(value: unknown): value is Network {
  return NETWORK(value);
}

/** Lists over weeks are as long as the weeks, and places point at what is there. */
function fits({ weeks, activeWeekly, newWeekly, invitedWeekly, departments, tree }: Network): boolean {
  const weekly = [activeWeekly, newWeekly, invitedWeekly, ...departments.map((one) => one.weekly)];
  return (
    weekly.every((counts) => counts.length === weeks.length) &&
    tree.nodes.every(
      ({ parent, department }, place) =>
        (parent === null || parent < place) && (department === null || department < departments.length),
    )
  );
}
