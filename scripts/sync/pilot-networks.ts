// How each pilot spreads, with what its account's records say: Network__c and Adoption_Stage__c.
import type { Network } from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { businessCalendar } from '../domain/business-calendar.ts';
import { stageOf, WIDE_DEPARTMENTS, type AccountRecords } from '../domain/network/adoption-stage.ts';
import { championsOf } from '../domain/network/champions.ts';
import { writeNetwork } from '../domain/network/network-json.ts';
import { spreadOf, type Spread } from '../domain/network/spread.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import {
  readAccountHistory,
  readContactHashes,
  type AccountHistory,
} from '../salesforce/read-account-history.ts';
import type { EvaluatedPilot } from './evaluate-pilots.ts';
import type { NetworkConfig } from './network-config.ts';
import { networkCounts } from './network-metrics.ts';

export interface PilotNetwork {
  readonly network: Network;
  /** For Network__c. */
  readonly text: string;
  /** 32 hexadecimal digits over everything but the day it is as of. */
  readonly digest: string;
}

export interface NetworkOptions {
  readonly network: NetworkConfig;
  /** That of the sources: contacts are matched by the hash of their address. */
  readonly hash: (address: string) => string;
}

interface Spreading {
  readonly pilot: EvaluatedPilot;
  readonly spread: Spread;
  readonly accountId: string | null;
}

/** The networks by pilot id; none for a pilot whose people are not known or whose data cannot be believed. */
export async function pilotNetworks(
  client: SalesforceClient,
  pilots: readonly EvaluatedPilot[],
  { network: config, hash }: NetworkOptions,
): Promise<Map<string, PilotNetwork>> {
  const spreading = pilots.flatMap((pilot): Spreading[] => {
    const spread = believedSpread(pilot);
    return spread ? [{ pilot, spread, accountId: pilot.row.Opportunity__r.AccountId }] : [];
  });
  const grouped = spreading.filter(({ spread }) => spread.departments.length > 0);
  const history = await readAccountHistory(client, accountsOf(grouped));
  const addressed = config.match_contacts
    ? spreading.filter(({ spread }) => championsOf(spread).some((one) => one.addressHash !== null))
    : [];
  const contacts = await readContactHashes(client, accountsOf(addressed), hash);
  const live = Map.groupBy(pilots, ({ row }) => row.Opportunity__r.AccountId);
  return new Map(
    spreading.map(({ pilot, spread, accountId }) => {
      const known = accountId === null ? undefined : history.get(accountId);
      const neighbours = accountId === null ? [pilot] : live.get(accountId)!;
      const written = writeNetwork(spread, {
        ...networkCounts(pilot.facts!, config),
        stage: stageOf(spread, recordsOf(known, neighbours)),
        contacts: contacts.get(accountId ?? '') ?? new Map(),
      });
      return [pilot.input.id, written];
    }),
  );
}

function accountsOf(chosen: readonly Spreading[]): string[] {
  return [...new Set(chosen.flatMap(({ accountId }) => accountId ?? []))];
}

/** Stale facts are true of the days they cover; any other problem makes the numbers themselves doubtful. */
function believedSpread({ facts, dataProblem, input }: EvaluatedPilot): Spread | null {
  if (!facts || (dataProblem && dataProblem.code !== 'DATA_STALE')) return null;
  const { holidayRegion: region, closedDays } = input;
  const calendar = businessCalendar({ region, closedDays, incompleteDays: facts.incompleteDays });
  return spreadOf(facts, input.startDate, calendar);
}

function recordsOf(
  history: AccountHistory | undefined,
  neighbours: readonly EvaluatedPilot[],
): AccountRecords {
  const isWide = (departments: number | null): boolean => (departments ?? 0) >= WIDE_DEPARTMENTS;
  const firstWon = history?.firstWonOn;
  return {
    paying: [
      ...(firstWon ? [{ on: firstWon, group: null, isWide: false }] : []),
      ...(history?.converted ?? []).map(({ on, department, plannedDepartments }) => ({
        on,
        group: department,
        isWide: isWide(plannedDepartments),
      })),
    ],
    widePilots: neighbours.flatMap(({ input: { startDate, plannedDepartments, type } }) =>
      startDate !== null && type !== 'POC' && isWide(plannedDepartments) ? [{ since: startDate }] : [],
    ),
  };
}
