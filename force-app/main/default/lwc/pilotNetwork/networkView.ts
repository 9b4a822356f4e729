// Stage, spread and champions in words: no DOM, no clock of its own.
import { nameOf } from 'c/pilotInvitations';
import type { Names } from 'c/pilotInvitations';
import { sayTo } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import { nextMoveLine, reasonLines, spreadLines, stageLine } from 'c/pilotSpread';
import type { NetworkChampion } from 'c/pilotSpread';
import type { PilotNetworkData } from './networkData';

export interface Line {
  readonly key: string;
  readonly text: string;
}

export interface ChampionLine {
  readonly key: string;
  readonly name: string;
  readonly contactId: string | null;
  readonly department: string;
  readonly reach: string;
  /** "last active 13 Nov · 40 % of the active people came through them" */
  readonly about: string;
  readonly connector: string;
}

export interface NetworkView {
  readonly stage: string;
  readonly usageTo: string;
  readonly reasons: readonly Line[];
  /** Empty where the stage cannot be told. */
  readonly move: string;
  readonly moveTitle: string;
  readonly moveIcon: string;
  readonly numbers: readonly Line[];
  readonly gated: string;
  readonly champions: readonly ChampionLine[];
}

/** Everything that is said about a network; null where there is none to speak of. */
export function networkView(data: PilotNetworkData, names: Names, reader: Reader): NetworkView | null {
  const { network, gatedFeatures, usageTo } = data;
  if (network === null) return null;
  const say = sayTo(reader);
  const { stage, champions } = network;
  const spoken = (lines: readonly { name: string; values: Parameters<Say>[1] }[]): Line[] =>
    lines.map(({ name, values }) => ({ key: name, text: say(name, values) }));
  const [move = null] = spoken([nextMoveLine(stage) ?? []].flat());
  const isWaiting = stage.notYet !== null;
  return {
    stage: spoken([stageLine(stage)])[0]!.text,
    // Since `asOf` nothing has changed, up to the day that usage is complete to.
    usageTo: say('Pilot_Network_usage_to', { day: later(usageTo, network.asOf) }),
    reasons: spoken(reasonLines(stage)),
    move: move?.text ?? '',
    // A sentence that says not to move yet says it itself.
    moveTitle: isWaiting ? '' : say('Pilot_Network_next'),
    moveIcon: isWaiting ? 'utility:pause' : 'utility:forward',
    numbers: spoken(spreadLines(network)),
    gated: gatedFeatures === null ? '' : say('Pilot_Network_gated', { features: gatedFeatures }),
    champions: champions.map((champion) => championLine(champion, names, say)),
  };
}

function championLine(champion: NetworkChampion, names: Names, say: Say): ChampionLine {
  const { person, contactId, department, isConnector, reach, lastOn, downstreamPercent } = champion;
  const [direct, second, further] = reach;
  const people = direct + second + further;
  return {
    key: person,
    name: nameOf(person, names, say),
    contactId: names.has(person) ? contactId : null,
    department: department ?? '',
    reach: say('Pilot_Network_champion_reach', { people, direct, second, further }),
    about: [
      say('Pilot_Network_champion_last', { day: lastOn }),
      say('Pilot_Network_champion_share', { share: downstreamPercent }),
    ].join(' · '),
    connector: isConnector ? say('Pilot_Network_champion_connector') : '',
  };
}

function later(day: string | null, other: string): string {
  return day !== null && day > other ? day : other;
}
