// The landscape in words: no DOM, no clock of its own.
import { sayTo, verdictWords, weekNumbers } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Landscape, LandscapePilot, WonDeal } from './landscapeData';
import { accountStage, decidingPilot, groupsOf, nextGroup, standingOf } from './landscapeGroups';
import type { LandscapeGroup, Standing } from './landscapeGroups';

export interface PilotLine {
  readonly id: string;
  readonly dealId: string | null;
  readonly name: string;
  /** "Stalled since 3 Nov · decision 18 Dec" */
  readonly about: string;
  /** "Active a week 12 of 25"; empty once the pilot is over. */
  readonly use: string;
}

export interface GroupRow {
  readonly key: string;
  readonly name: string;
  readonly isEnded: boolean;
  readonly icon: string;
  readonly standing: string;
  readonly pays: string;
  readonly stage: string;
  readonly rival: string;
  /** "7 people active in 28 days to 15 Nov"; empty where none were seen. */
  readonly use: string;
  readonly pilots: readonly PilotLine[];
}

export interface DealLine {
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

export interface LandscapeView {
  /** "Groups that pay: 1 of 3 · $575 K agreed a year" */
  readonly summary: string;
  readonly next: string;
  /** Empty while the sync has inferred none. */
  readonly stage: string;
  readonly rows: readonly GroupRow[];
  readonly deals: readonly DealLine[];
  /** Empty where all pilots are shown. */
  readonly more: string;
}

// Shape and word carry the standing.
const ICONS: Readonly<Record<Standing, string>> = {
  pays: 'utility:moneybag',
  running: 'utility:clock',
  planned: 'utility:edit',
  using: 'utility:groups',
  hidden: 'utility:help',
  ended: 'utility:stop',
};

/** Groups, who pays and who is next, for one reader at one moment. */
export function landscapeView(landscape: Landscape, reader: Reader): LandscapeView {
  const say = sayTo(reader);
  const groups = groupsOf(landscape);
  const stage = accountStage(landscape.pilots);
  const [read, count] = [landscape.pilots.length, landscape.count];
  return {
    summary: summaryOf(groups, say),
    next: nextOf(groups, reader, say),
    stage: stage === null ? '' : say('Pilot_Landscape_stage', { stage }),
    rows: groups.map((group) => rowOf(group, reader, say)),
    deals: landscape.deals.map((deal) => dealLine(deal, say)),
    more: count > read ? say('Pilot_Landscape_more', { shown: read, count }) : '',
  };
}

function summaryOf(groups: readonly LandscapeGroup[], say: Say): string {
  const paying = groups.filter(({ standing }) => standing === 'pays');
  if (paying.length === 0) return say('Pilot_Landscape_count_none');
  const amount = paying.reduce((sum, { yearly }) => sum + (yearly ?? 0), 0);
  return joined([
    say('Pilot_Landscape_count', { paying: paying.length, groups: groups.length }),
    amount === 0 ? null : say('Pilot_Landscape_value', { amount }),
  ]);
}

function nextOf(groups: readonly LandscapeGroup[], reader: Reader, say: Say): string {
  const group = nextGroup(groups);
  if (group?.use && group.standing === 'using') {
    return say('Pilot_Landscape_next_using', { group: group.use.name, active: group.use.active });
  }
  const deciding = group && decidingPilot(group);
  if (!group || !deciding) return say('Pilot_Landscape_next_none');
  const { headline: state } = verdictWords(deciding.pilot, reader);
  const name = group.department ?? deciding.pilot.name ?? deciding.pilot.id;
  const decision = deciding.pilot.decisionDate;
  return say(decision === null ? 'Pilot_Landscape_next_undated' : 'Pilot_Landscape_next', {
    group: name,
    state,
    decision,
  });
}

function rowOf(group: LandscapeGroup, reader: Reader, say: Say): GroupRow {
  const { key, department, standing, yearly, rivalTool, stageLabel, use } = group;
  // What is still to be won is worth noting; of what is over only what was noted is said.
  const isOpen = standing === 'running' || standing === 'planned';
  return {
    key,
    name: department ?? say('Pilot_Landscape_no_group'),
    isEnded: standing === 'ended',
    icon: ICONS[standing],
    standing: say(`Pilot_Landscape_stands_${standing}`),
    pays: paysText(standing, yearly, say),
    stage: stageLabel ?? (standing === 'running' ? say('Pilot_Landscape_stage_none') : ''),
    rival: rivalTool ?? (isOpen ? say('Pilot_Landscape_not_noted') : ''),
    use: use === null ? '' : say('Pilot_Landscape_use', { active: use.active, day: use.asOf }),
    pilots: group.pilots.map((one) => pilotLine(one, reader, say)),
  };
}

function paysText(standing: Standing, yearly: number | null, say: Say): string {
  if (standing === 'hidden') return say('Pilot_Landscape_pays_hidden');
  if (standing !== 'pays') return say('Pilot_Landscape_not_yet');
  return yearly === null ? say('Pilot_Landscape_yes') : say('Pilot_Landscape_agreed', { amount: yearly });
}

function pilotLine(one: LandscapePilot, reader: Reader, say: Say): PilotLine {
  const { pilot, dealId } = one;
  return {
    id: pilot.id,
    dealId,
    name: pilot.name ?? pilot.id,
    about: joined([pilot.type, stateOf(one, reader, say)]),
    use: standingOf(one) === 'running' ? joined(weekNumbers(pilot, say)) : '',
  };
}

function stateOf(one: LandscapePilot, reader: Reader, say: Say): string | null {
  const { pilot, outcome, outcomeLabel, isClosed, isDealWon, isOutcomeHidden, decidedOn } = one;
  if (outcome !== null) {
    return decidedOn === null
      ? outcomeLabel
      : say('Pilot_Landscape_ended', { outcome: outcomeLabel, day: decidedOn });
  }
  if (isDealWon && !isOutcomeHidden) return say('Pilot_Landscape_won');
  if (isClosed) return say(`Pilot_Landscape_${isOutcomeHidden ? 'outcome_hidden' : 'no_outcome'}`);
  if (!pilot.isLive) return pilot.status;
  const { headline: state } = verdictWords(pilot, reader);
  return pilot.decisionDate === null
    ? say('Pilot_Landscape_no_date', { state })
    : say('Pilot_Landscape_decision', { state, decision: pilot.decisionDate });
}

function dealLine({ id, name, amount, closedOn }: WonDeal, say: Say): DealLine {
  const parts = [
    amount === null ? null : say('Pilot_Portfolio_value', { amount }),
    closedOn === null ? null : say('Pilot_Time_day', { day: closedOn }),
  ];
  return { id, name, about: joined(parts) };
}

function joined(parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}
