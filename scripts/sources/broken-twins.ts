import type { PilotFacts, ReadSummary } from '../domain/facts.ts';
import { collect, type ContractEvent, type ContractSubject } from './contract.ts';
import type { UsageRequest, UsageSource } from './source.ts';

/** A kind of source with one fault, and the one clause of the contract that it must fail. */
export interface BrokenTwin {
  readonly fault: string;
  readonly fails: string;
  readonly subject: ContractSubject;
}

/** What a contract is worth: for every clause a twin of the source that breaks it. */
export function brokenTwins(sound: ContractSubject): readonly BrokenTwin[] {
  return [
    {
      fault: 'drops the last row',
      fails: 'loses no event',
      subject: data(sound, (events) => events.slice(0, -1)),
    },
    {
      fault: 'repeats the first page',
      fails: 'doubles no event',
      subject: data(sound, (events) => [events[0]!, ...events]),
    },
    {
      fault: 'takes every day as a day in UTC',
      fails: 'puts an instant on the day of the pilot’s time zone',
      subject: links(sound, (link) => ({ ...link, timeZone: 'UTC' })),
    },
    {
      fault: 'tells users apart by key',
      fails: 'unites users by id across the keys of a pilot',
      subject: data(sound, (events) =>
        events.map((event) => ({ ...event, user_id: `${event.usage_key} ${event.user_id}` })),
      ),
    },
    {
      fault: 'lowers the case of keys',
      fails: 'matches keys exactly, by case',
      subject: {
        open: async (events) => {
          const lower = events.map((event) => ({ ...event, usage_key: event.usage_key.toLowerCase() }));
          return changed(await sound.open(lower), {
            request: (request) => ({
              ...request,
              links: request.links.map((link) => ({ ...link, key: link.key.toLowerCase() })),
            }),
          });
        },
      },
    },
    {
      fault: 'ignores windows',
      fails: 'counts only events inside the link’s window, both days included',
      subject: links(sound, (link) => ({ ...link, from: null, to: null })),
    },
    {
      fault: 'ignores filters',
      fails: 'counts only events that pass the link’s filter',
      subject: links(sound, (link) => ({ ...link, filter: null })),
    },
    {
      fault: 'yields pilots backwards',
      fails: 'yields pilots in the order of their ids',
      subject: result(sound, (facts) => facts.toReversed()),
    },
    {
      fault: 'hands out raw ids',
      fails: 'lets no raw user id out',
      subject: result(sound, (facts) =>
        facts.map((one) => ({ ...one, users: one.users.map((user) => ({ ...user, user: 'anna' })) })),
      ),
    },
    {
      fault: 'hides rejected rows',
      fails: 'accounts for every row and lists the rejected ones',
      subject: summary(sound, (all) => ({ ...all, rejected: 0, rejectedSample: [] })),
    },
    {
      fault: 'believes the future',
      fails: 'rejects an event that is later than now',
      subject: request(sound, (all) => ({ ...all, now: new Date('2099-01-01T00:00:00Z') })),
    },
    {
      fault: 'does not know how complete it is',
      fails: 'says through when it is complete',
      subject: summary(sound, (all) => ({ ...all, completeThrough: null })),
    },
    {
      fault: 'forgets unlinked keys',
      fails: 'names keys that no link has, with the domain and no address',
      subject: summary(sound, (all) => ({ ...all, unlinked: [] })),
    },
    {
      fault: 'goes on when told to stop',
      fails: 'stops when it is told to',
      subject: request(sound, ({ links: all, now }) => ({ links: all, now })),
    },
  ];
}

interface Changes {
  readonly request?: (request: UsageRequest) => UsageRequest;
  readonly facts?: (facts: readonly PilotFacts[]) => readonly PilotFacts[];
  readonly summary?: (summary: ReadSummary) => ReadSummary;
}

function changed(source: UsageSource, changes: Changes): UsageSource {
  return {
    ...source,
    async *read(given) {
      const all = await collect(source, changes.request?.(given) ?? given);
      yield* changes.facts?.(all.facts) ?? all.facts;
      return changes.summary?.(all.summary) ?? all.summary;
    },
  };
}

function data(
  sound: ContractSubject,
  change: (events: readonly ContractEvent[]) => readonly ContractEvent[],
): ContractSubject {
  return { open: (events) => sound.open(change(events)) };
}

function request(sound: ContractSubject, change: (request: UsageRequest) => UsageRequest): ContractSubject {
  return { open: async (events) => changed(await sound.open(events), { request: change }) };
}

function links(
  sound: ContractSubject,
  change: (link: UsageRequest['links'][number]) => UsageRequest['links'][number],
): ContractSubject {
  return request(sound, (all) => ({ ...all, links: all.links.map(change) }));
}

function result(
  sound: ContractSubject,
  facts: (facts: readonly PilotFacts[]) => readonly PilotFacts[],
): ContractSubject {
  return { open: async (events) => changed(await sound.open(events), { facts }) };
}

function summary(sound: ContractSubject, change: (summary: ReadSummary) => ReadSummary): ContractSubject {
  return { open: async (events) => changed(await sound.open(events), { summary: change }) };
}
