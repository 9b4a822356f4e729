// Workspaces that the sync found likely, out of the values of NOT_LINKED: no DOM.
import type { StoredSignals } from 'c/pilotRecord';
import type { Say } from './say';

export interface Candidate {
  readonly source: string;
  readonly key: string;
  /** "acme-eu · 14 people at acme.com · since 3 Oct · 212 events last week" */
  readonly line: string;
}

type Values = Readonly<Record<string, string | number | null>>;

/** Up to three, likeliest first: `key, source, people, domain, since, events`, then the same with 2 and 3. */
export function candidatesOf(signals: StoredSignals | null, say: Say): readonly Candidate[] {
  const values = signals?.signals.find(({ code }) => code === 'NOT_LINKED')?.values;
  return values ? ['', '2', '3'].flatMap((suffix) => candidate(values, suffix, say) ?? []) : [];
}

function candidate(values: Values, suffix: string, say: Say): Candidate | null {
  const of = (name: string): string | number | null => values[name + suffix] ?? null;
  const [key, source, people, domain] = [of('key'), of('source'), of('people'), of('domain')];
  if (typeof key !== 'string' || typeof source !== 'string') return null;
  const parts = [
    key,
    people === null || domain === null ? null : say('Pilot_Link_people', { people, domain }),
    of('since') === null ? null : say('Pilot_Link_since', { since: of('since') }),
    of('events') === null ? null : say('Pilot_Link_events', { events: of('events') }),
  ];
  return { source, key, line: parts.filter((part) => part !== null).join(' · ') };
}
