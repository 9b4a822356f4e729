// Pilots by group: who pays, who is next. Pure: data in, groups out, no words.
import type { DepartmentInUse, Landscape, LandscapePilot } from './landscapeData';

/** From the best to the least: a group stands where its best pilot stands; `using` is one without any. */
export type Standing = 'pays' | 'running' | 'planned' | 'using' | 'hidden' | 'ended';

export interface LandscapeGroup {
  readonly key: string;
  /** Null where no department is given: then the group is that one pilot's. */
  readonly department: string | null;
  readonly standing: Standing;
  readonly pilots: readonly LandscapePilot[];
  /** Agreed a year over the pilots that converted; null where no amount is recorded. */
  readonly yearly: number | null;
  /** Of the pilot that started last and names one. */
  readonly rivalTool: string | null;
  readonly stageLabel: string | null;
  /** Null where the sync saw nobody of this department, or its data name none. */
  readonly use: DepartmentInUse | null;
}

const STANDINGS: readonly Standing[] = ['pays', 'running', 'planned', 'using', 'hidden', 'ended'];
const CONVERTED = ['Converted', 'Converted on other terms'];
const LATEST = '9999-12-31';

/** Where one pilot stands. A deal won pays, whatever nobody has recorded on the pilot yet. */
export function standingOf(one: LandscapePilot): Standing {
  const { outcome, isClosed, isDealClosed, isDealWon, isOutcomeHidden, pilot } = one;
  if (outcome !== null) return CONVERTED.includes(outcome) ? 'pays' : 'ended';
  if (isDealWon) return 'pays';
  if (isClosed) return isOutcomeHidden ? 'hidden' : 'ended';
  if (pilot.isLive) return 'running';
  return isDealClosed ? 'ended' : 'planned';
}

/** Groups by department, whoever wrote it with other spaces or capitals; who pays first, then who decides first. */
export function groupsOf({ pilots, inUse }: Landscape): readonly LandscapeGroup[] {
  const uses = usesByKey(inUse);
  const byKey = new Map<string, LandscapePilot[]>();
  for (const one of pilots) {
    const key = keyOf(one.pilot.department) ?? one.pilot.id;
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  const piloting = [...byKey].map(([key, members]) => groupOf(key, members, uses.get(key) ?? null));
  const using = [...uses].flatMap(([key, use]) => (byKey.has(key) ? [] : [groupInUse(key, use)]));
  return [...piloting, ...using].sort(compareGroups);
}

/**
 * The running group to decide first, one that moves before one that stands still; without any, the group without a
 * pilot in which most people use the product; undefined when there is none either.
 */
export function nextGroup(groups: readonly LandscapeGroup[]): LandscapeGroup | undefined {
  const first = (wanted: Standing): LandscapeGroup | undefined =>
    groups.find(({ standing }) => standing === wanted);
  return first('running') ?? first('using');
}

/** The live pilot that a group's decision hangs on. */
export function decidingPilot({ pilots }: LandscapeGroup): LandscapePilot | undefined {
  return pilots.filter((one) => standingOf(one) === 'running').sort(compareDeciding)[0];
}

/** The highest stage of any pilot: stages are inferred from the whole account's use. */
export function accountStage(pilots: readonly LandscapePilot[]): string | null {
  const staged = pilots.filter(({ stage, pilot }) => stage !== null && pilot.isLive);
  return staged.sort((a, b) => b.stage!.localeCompare(a.stage!))[0]?.stageLabel ?? null;
}

function keyOf(department: string | null): string | null {
  const name = department?.trim().replaceAll(/\s+/g, ' ').toLowerCase() ?? '';
  return name === '' ? null : `group:${name}`;
}

/** Pilots of one account may see the same people, so the larger count of a department stands and none are added up. */
function usesByKey(inUse: readonly DepartmentInUse[]): ReadonlyMap<string, DepartmentInUse> {
  const uses = new Map<string, DepartmentInUse>();
  for (const use of inUse) {
    const key = keyOf(use.name);
    if (key !== null && (uses.get(key)?.active ?? 0) < use.active) uses.set(key, use);
  }
  return uses;
}

function groupInUse(key: string, use: DepartmentInUse): LandscapeGroup {
  const none = { pilots: [], yearly: null, rivalTool: null, stageLabel: null };
  return { key, department: use.name, standing: 'using', use, ...none };
}

function groupOf(
  key: string,
  members: readonly LandscapePilot[],
  use: DepartmentInUse | null,
): LandscapeGroup {
  const pilots = [...members].sort((a, b) => rank(standingOf(a)) - rank(standingOf(b)));
  const amounts = pilots.flatMap((one) => (standingOf(one) === 'pays' ? (one.pilot.annualValue ?? 0) : []));
  const yearly = amounts.reduce((sum, amount) => sum + amount, 0);
  return {
    key,
    department: members[0]!.pilot.department,
    standing: standingOf(pilots[0]!),
    pilots,
    yearly: yearly === 0 ? null : yearly,
    rivalTool: members.find(({ rivalTool }) => rivalTool !== null)?.rivalTool ?? null,
    stageLabel: accountStage(members),
    use,
  };
}

function rank(standing: Standing): number {
  return STANDINGS.indexOf(standing);
}

function compareGroups(a: LandscapeGroup, b: LandscapeGroup): number {
  const [first, second] = [decidingPilot(a), decidingPilot(b)];
  return (
    rank(a.standing) - rank(b.standing) ||
    (first && second ? compareDeciding(first, second) : 0) ||
    (b.yearly ?? 0) - (a.yearly ?? 0) ||
    (b.use?.active ?? 0) - (a.use?.active ?? 0) ||
    (a.department ?? '').localeCompare(b.department ?? '')
  );
}

function compareDeciding({ pilot: a }: LandscapePilot, { pilot: b }: LandscapePilot): number {
  return (
    Number(a.health === 'Stalled') - Number(b.health === 'Stalled') ||
    (a.decisionDate ?? LATEST).localeCompare(b.decisionDate ?? LATEST)
  );
}
