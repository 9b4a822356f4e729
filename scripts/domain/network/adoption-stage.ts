// The six stages of bottom-up adoption (domain.md, "Network pilots"), inferred from what groups do and what the
// account's records say. Asked of each day on which anything changed, so that the same facts always give the same
// stage and since-date; how slowly a group stops to last (lasting-groups.ts) is the hysteresis.
import type {
  NetworkStage,
  NextMove,
  NotYet,
  StageNumber,
  StageReason,
} from '../../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import type { Day } from '../facts.ts';
import { LASTING_PEOPLE } from './lasting-groups.ts';
import type { Spread } from './spread.ts';

/** What the account's records say besides this pilot's usage. */
export interface AccountRecords {
  /** Pilots of the account that were converted, and `group: null` for its first won deal. */
  readonly paying: readonly PayingGroup[];
  /** Live pilots of the account, this one included, planned for as many departments as an enterprise-wide one. */
  readonly widePilots: readonly { readonly since: Day }[];
}

export interface PayingGroup {
  readonly on: Day;
  /** Whose pilot it was; null where nobody entered a department. */
  readonly group: string | null;
  /** The pilot was planned for as many departments as an enterprise-wide one. */
  readonly isWide: boolean;
}

/** A pilot planned for so many departments is one of the enterprise. */
export const WIDE_DEPARTMENTS = 5;
/** With so many groups that last IT is worth asking; with one more it needs a policy. */
const ASKING_GROUPS = 3;
const POLICY_GROUPS = 4;
/** Sustained users per active ones below which a pilot of the enterprise is not ready for its deal. */
const WIDE_SUSTAINED_PERCENT = 50;

const NEXT: Readonly<Record<StageNumber, NextMove>> = {
  1: 'OFFER_FIRST_GROUP',
  2: 'BRING_IN_NEXT_GROUP',
  3: 'ASK_IT',
  4: 'PROPOSE_WIDE_PILOT',
  5: 'CLOSE_ENTERPRISE_DEAL',
  6: 'KEEP_SPREADING',
};

interface Standing {
  readonly active: number;
  readonly lasting: number;
  readonly between: number;
  readonly users: number;
  readonly paying: number;
  readonly wideSince: Day | null;
  readonly enterpriseOn: Day | null;
}

/** The stage as of the data's last complete day; null where nobody uses it, or the source names no departments. */
export function stageOf(spread: Spread | null, records: AccountRecords): NetworkStage {
  if (!spread) return unknown('NO_USE');
  if (spread.departments.length === 0) return unknown('NO_DEPARTMENTS');
  const { asOf } = spread.grid;
  const days = [
    spread.departments[0]!.firstOn,
    ...spread.weekEnds.map(({ day }) => day),
    ...records.paying.map(({ on }) => on),
    ...records.widePilots.map(({ since }) => since),
  ]
    .filter((day) => day <= asOf && day >= spread.departments[0]!.firstOn)
    .toSorted();
  const standing = standingOn(spread, records, asOf);
  const now = numberOf(standing);
  const changed = days.findLastIndex((day) => numberOf(standingOn(spread, records, day)) !== now);
  return {
    now,
    since: days[changed + 1] ?? asOf,
    reasons: reasonsOf(standing, spread),
    nextMove: NEXT[now],
    notYet: notYetOf(now, standing, spread),
  };
}

function unknown(code: 'NO_USE' | 'NO_DEPARTMENTS'): NetworkStage {
  return { now: null, since: null, reasons: [{ code, values: {} }], nextMove: null, notYet: null };
}

function standingOn({ weekEnds }: Spread, { paying, widePilots }: AccountRecords, day: Day): Standing {
  const week = weekEnds.findLast((end) => end.day <= day);
  const paid = paying.filter(({ on }) => on <= day);
  return {
    active: week?.active ?? 0,
    lasting: week?.lasting ?? 0,
    between: week?.between ?? 0,
    users: week?.users ?? 0,
    paying: payingGroups(paid),
    wideSince: first(widePilots.map(({ since }) => since).filter((since) => since <= day)),
    enterpriseOn: first(paid.filter(({ isWide }) => isWide).map(({ on }) => on)),
  };
}

/** Departments that pay; what names none may be one of the others, and counts only alone. */
function payingGroups(paid: readonly PayingGroup[]): number {
  const named = new Set(paid.flatMap(({ group }) => group?.trim().toLowerCase() || []));
  return named.size > 0 ? named.size : Math.min(1, paid.length);
}

function first(days: readonly Day[]): Day | null {
  return days.toSorted()[0] ?? null;
}

/** Each stage needs what made the ones before it. */
function numberOf({ paying, lasting, wideSince, enterpriseOn }: Standing): StageNumber {
  if (enterpriseOn !== null) return 6;
  if (paying === 0) return 1;
  if (lasting < 2 && paying < 2) return 2;
  if (wideSince !== null && lasting >= 2) return 5;
  return lasting >= POLICY_GROUPS ? 4 : 3;
}

function reasonsOf(standing: Standing, { departments, invitations }: Spread): StageReason[] {
  const { active, lasting, between, paying, wideSince, enterpriseOn } = standing;
  const names = departments.filter((department) => department.lasts).map(({ name }) => name);
  return [
    ...(enterpriseOn === null
      ? []
      : [{ code: 'ENTERPRISE_DEAL', values: { on: enterpriseOn } } satisfies StageReason]),
    ...(wideSince === null ? [] : [{ code: 'WIDE_PILOT', values: { on: wideSince } } satisfies StageReason]),
    { code: 'GROUPS_PAYING', values: { groups: paying } },
    {
      code: 'GROUPS_LASTING',
      values: { groups: lasting, of: departments.length, department: names[0] ?? null },
    },
    { code: 'GROUPS_ACTIVE', values: { groups: active } },
    ...(invitations === null || invitations.betweenDepartments === null
      ? []
      : [{ code: 'BETWEEN_GROUPS', values: { people: between } } satisfies StageReason]),
  ];
}

/** "Do not move yet": the stage has not done what the next one is argued with. */
function notYetOf(now: StageNumber, standing: Standing, spread: Spread): NotYet | null {
  const { lasting } = standing;
  switch (now) {
    case 1: {
      if (lasting > 0) return null;
      const [best] = spread.departments.toSorted((a, b) => b.sustained - a.sustained || b.active - a.active);
      const values = { department: best!.name, people: best!.sustained, needed: LASTING_PEOPLE };
      return { code: 'NO_GROUP_LASTS', values };
    }
    case 2:
      return lasting > 0 ? null : { code: 'PAYING_GROUP_FADES', values: { groups: lasting } };
    case 3:
      return lasting >= ASKING_GROUPS
        ? null
        : { code: 'FEW_GROUPS_LAST', values: { groups: lasting, needed: ASKING_GROUPS } };
    case 4:
      return standsStill(spread)
        ? { code: 'SPREAD_STANDS_STILL', values: { weeks: STILL_WEEKS, users: standing.users } }
        : null;
    case 5:
      return wideUnused(spread);
    case 6:
      return null;
  }
}

const STILL_WEEKS = 4;

/** Nobody new and no new group for four counting weeks. */
function standsStill({ weekEnds }: Spread): boolean {
  const [before, now] = [weekEnds.at(-1 - STILL_WEEKS), weekEnds.at(-1)];
  return (
    before !== undefined && now !== undefined && now.users <= before.users && now.lasting <= before.lasting
  );
}

function wideUnused({ people }: Spread): NotYet | null {
  const { sustained, active } = people;
  if (sustained === null || active === 0)
    return { code: 'WIDE_PILOT_UNUSED', values: { people: sustained, active } };
  return (100 * sustained) / active < WIDE_SUSTAINED_PERCENT
    ? { code: 'WIDE_PILOT_UNUSED', values: { people: sustained, active } }
    : null;
}
