import type { UsageLink } from '../../domain/facts.ts';
import type { UsageConfig } from '../usage-config.ts';
import type { MetricDefinition } from '../metric-definition.ts';
import { domainOf } from './typed-rows.ts';
import { namedEvents } from './named-events.ts';

/** Rows that count: read, believable, ours not; and not the second copy of a key that lives in two zones. */
export const ACCEPTED = 'problem IS NULL AND excluded IS NULL AND is_main';

/** What decides how the rows of a source become the tables `key_day` and `member`. */
export interface UsageShape {
  readonly config: UsageConfig;
  readonly metrics: readonly MetricDefinition[];
  /** Columns that a link filters by. */
  readonly filters: readonly string[];
  readonly zones: Zones;
  /** Keys of links with a first or last day: what their people did is kept day by day. */
  readonly windowed: readonly string[];
}

/** Zones in which instants become days; the first is the source's own. */
export interface Zones {
  readonly names: readonly string[];
  /** Zone numbers of each key that has another zone than the source, or several. */
  readonly ofKey: ReadonlyMap<string, readonly number[]>;
}

/** In an order that does not depend on the links', so that the same zones have the same numbers. */
export function zonesOf(config: UsageConfig, links: readonly UsageLink[]): Zones {
  const own = config.time_zone ?? 'UTC';
  const others = new Set(config.grain === 'event' ? links.map(({ timeZone }) => timeZone) : []);
  others.delete(own);
  const names = [own, ...[...others].sort()];
  const byKey = Map.groupBy(links, ({ key }) => key);
  const ofKey = new Map(
    [...byKey].map(([key, same]) => {
      const numbers = same.map((link) => zoneNumber(names, link.timeZone));
      return [key, [...new Set(numbers)].sort((a, b) => a - b)];
    }),
  );
  return { names, ofKey: names.length === 1 ? new Map() : ofKey };
}

/** Daily grains have one zone, the source's. */
export function zoneNumber(names: readonly string[], timeZone: string): number {
  return Math.max(0, names.indexOf(timeZone));
}

/** Whether a typed row is use of the product. */
export function isUsed({ grain }: UsageConfig): string {
  return grain === 'account-day' ? '(n > 0 OR active_users > 0)' : 'n > 0';
}

export const filterColumn = (name: string) => `"filter:${name.replaceAll('"', '""')}"`;
export const partColumn = (metric: number, part: number) => `m${metric}_${part}`;
export const eventColumn = (number: number) => `e${number}`;

/** Names whose events are counted by day, in the order of their columns. */
export function watchedEvents(metrics: readonly MetricDefinition[]): string[] {
  return [...new Set(metrics.flatMap(namedEvents))];
}

/** The day in the source's own zone. */
export function sourceDay(zones: Zones): string {
  return zones.names.length === 1 ? '"day"' : 'source_day';
}

/** Domain of a user's address in the table `member`. */
export function userDomain(config: UsageConfig): string {
  return domainOf(config.columns.user_email === undefined ? 'user_id' : 'address');
}
