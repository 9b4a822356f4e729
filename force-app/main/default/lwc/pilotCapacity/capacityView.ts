// Who runs how much, against what the policy allows, in words. No DOM, no clock of its own.
import { dayIn, sayTo } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Capacity, CapacityPolicy, Hours, PersonLoad } from './capacityData';

export interface CapacityRow {
  readonly id: string;
  readonly name: string;
  /** "4 of 5"; the bare number where no limit is known or the person is no success manager. */
  readonly managed: string;
  /** "1 free", "full", "2 over"; empty without a limit. */
  readonly state: string;
  /** Empty unless the limit is reached. */
  readonly icon: string;
  readonly engineered: string;
  readonly promised: string;
  readonly spent: string;
}

export interface CapacityView {
  readonly rows: readonly CapacityRow[];
  /** Above the table: the policy, who can take the next pilot. */
  readonly lines: readonly { readonly id: string; readonly text: string }[];
  /** Below it: what the numbers leave out. */
  readonly notes: readonly { readonly id: string; readonly text: string }[];
}

/** Named as free at most: a longer list is no answer to "who?". */
const NAMED = 5;

export function capacityView(capacity: Capacity, reader: Reader): CapacityView {
  const say = sayTo(reader);
  const { policy, people, unmanaged, unowned, isCut } = capacity;
  const sorted = [...people].sort((a, b) => b.managed - a.managed || compare(a.name, b.name));
  return {
    rows: sorted.map((person) => rowView(person, policy, say)),
    lines: lined({
      policy: policyText(policy, reader, say),
      next: policy === null || people.length === 0 ? '' : nextText(people, policy.limit, say),
    }),
    notes: lined({
      unmanaged: unmanaged === 0 ? '' : say('Pilot_Capacity_unmanaged', { count: unmanaged }),
      unowned: unownedText(unowned, say),
      cut: isCut ? say('Pilot_Capacity_cut', { count: people.length }) : '',
      scope: say('Pilot_Capacity_scope'),
    }),
  };
}

function rowView(person: PersonLoad, policy: CapacityPolicy | null, say: Say): CapacityRow {
  const { id, name, isManager, managed, engineered, hours } = person;
  const limit = isManager ? policy?.limit : undefined;
  return {
    id,
    name,
    managed:
      limit === undefined
        ? say('Pilot_Capacity_count', { count: managed })
        : say('Pilot_Capacity_of', { live: managed, limit }),
    state: limit === undefined ? '' : stateText(limit - managed, say),
    icon: limit !== undefined && managed >= limit ? 'utility:warning' : '',
    engineered: say('Pilot_Capacity_count', { count: engineered }),
    promised: hoursText(hours.promised, say('Pilot_Capacity_no_hours'), say),
    spent: spentText(hours, say),
  };
}

function stateText(free: number, say: Say): string {
  if (free === 0) return say('Pilot_Capacity_full');
  if (free < 0) return say('Pilot_Capacity_over', { count: -free });
  return free === 1 ? say('Pilot_Capacity_free_one') : say('Pilot_Capacity_free', { count: free });
}

function policyText(policy: CapacityPolicy | null, reader: Reader, say: Say): string {
  if (policy === null) return say('Pilot_Capacity_no_policy');
  const { limit, isBlocking, readAt } = policy;
  const day = readAt === null ? null : dayIn(new Date(readAt), reader.timeZone);
  const rule = say(isBlocking ? 'Pilot_Capacity_blocks' : 'Pilot_Capacity_warns', { limit });
  return day === null ? rule : `${rule} ${say('Pilot_Capacity_read_on', { day })}`;
}

/** The freest first. */
function nextText(people: readonly PersonLoad[], limit: number, say: Say): string {
  const free = people
    .filter(({ isManager, managed }) => isManager && managed < limit)
    .sort((a, b) => a.managed - b.managed || compare(a.name, b.name));
  if (free.length === 0) return say('Pilot_Capacity_nobody_free');
  const named = free
    .slice(0, NAMED)
    .map(({ name, managed }) => say('Pilot_Capacity_named', { name, live: managed, limit }));
  const names = named.join(', ');
  return free.length > NAMED
    ? say('Pilot_Capacity_next_more', { names, count: free.length - NAMED })
    : say('Pilot_Capacity_next', { names });
}

function spentText({ promised, spent }: Hours, say: Say): string {
  const text = hoursText(
    spent,
    promised === null ? say('Pilot_Capacity_no_hours') : say('Pilot_Capacity_unrecorded'),
    say,
  );
  if (promised === null || spent === null || spent <= promised) return text;
  return say('Pilot_Capacity_overspent', { hours: spent, over: spent - promised });
}

function unownedText({ promised, spent }: Hours, say: Say): string {
  if (promised === null && spent === null) return '';
  const hours = hoursText(promised, say('Pilot_Capacity_no_hours'), say);
  return say('Pilot_Capacity_unowned', { promised: hours, spent: spentText({ promised, spent }, say) });
}

function hoursText(hours: number | null, without: string, say: Say): string {
  return hours === null ? without : say('Pilot_Capacity_hours', { hours });
}

function lined(texts: Readonly<Record<string, string>>): { id: string; text: string }[] {
  return Object.entries(texts).flatMap(([id, text]) => (text === '' ? [] : [{ id, text }]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
