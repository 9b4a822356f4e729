import type { UsageLink } from '../../domain/facts.ts';
import { isTimeZone } from '../usage-config.ts';

/** A link that cannot be applied; its pilot gets no facts, which is not the same as no usage. */
export interface UnreadableLink {
  readonly pilotId: string;
  readonly key: string;
  readonly reason: string;
}

/**
 * Divides links into those that can be applied and those that cannot (filter on a column the data lacks, zone that
 * does not exist). A pilot with one unreadable link is left out whole: half of its usage would look like a drop.
 */
export function readableLinks(
  links: readonly UsageLink[],
  hasColumn: (name: string) => boolean,
): { readonly links: readonly UsageLink[]; readonly unreadable: readonly UnreadableLink[] } {
  const zones = new Map(
    [...new Set(links.map(({ timeZone }) => timeZone))].map((zone) => [zone, isTimeZone(zone)]),
  );
  const unreadable = links.flatMap((link) => {
    const reason = problemOf(link, hasColumn, zones.get(link.timeZone) ?? false);
    return reason === null ? [] : [{ pilotId: link.pilotId, key: link.key, reason }];
  });
  const pilots = new Set(unreadable.map(({ pilotId }) => pilotId));
  return { links: links.filter(({ pilotId }) => !pilots.has(pilotId)), unreadable };
}

function problemOf(
  { filter, timeZone }: UsageLink,
  hasColumn: (name: string) => boolean,
  isKnownZone: boolean,
): string | null {
  if (filter && !hasColumn(filter.column))
    return `the usage data has no column "${filter.column}" to filter by`;
  return isKnownZone ? null : `"${timeZone}" is not an IANA time zone`;
}
