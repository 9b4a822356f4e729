import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { PilotFacts, ReadSummary } from '../domain/facts.ts';
import { collect, CONTRACT, type ContractEvent, type ContractSubject } from './contract.ts';
import type { UsageRequest, UsageSource } from './source.ts';
import { FORMATS, makeTestFolder } from './test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);

const csv: ContractSubject = folder.subject('csv');

for (const format of FORMATS)
  describe(`contract of usage sources: ${format}`, () => {
    for (const { name, check } of CONTRACT) it(name, () => check(folder.subject(format)));
  });

// A contract is worth what it catches: each broken source must fail exactly the clause about its fault.
const BROKEN: readonly {
  readonly fault: string;
  readonly fails: string;
  readonly subject: ContractSubject;
}[] = [
  { fault: 'drops the last row', fails: 'loses no event', subject: data((events) => events.slice(0, -1)) },
  {
    fault: 'repeats the first page',
    fails: 'doubles no event',
    subject: data((events) => [events[0]!, ...events]),
  },
  {
    fault: 'takes every day as a day in UTC',
    fails: 'puts an instant on the day of the pilot’s time zone',
    subject: links((link) => ({ ...link, timeZone: 'UTC' })),
  },
  {
    fault: 'tells users apart by key',
    fails: 'unites users by id across the keys of a pilot',
    subject: data((events) =>
      events.map((event) => ({ ...event, user_id: `${event.usage_key} ${event.user_id}` })),
    ),
  },
  {
    fault: 'lowers the case of keys',
    fails: 'matches keys exactly, by case',
    subject: {
      open: async (events) => {
        const lower = events.map((event) => ({ ...event, usage_key: event.usage_key.toLowerCase() }));
        return changed(await csv.open(lower), {
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
    subject: links((link) => ({ ...link, from: null, to: null })),
  },
  {
    fault: 'ignores filters',
    fails: 'counts only events that pass the link’s filter',
    subject: links((link) => ({ ...link, filter: null })),
  },
  {
    fault: 'yields pilots backwards',
    fails: 'yields pilots in the order of their ids',
    subject: result((facts) => facts.toReversed()),
  },
  {
    fault: 'hands out raw ids',
    fails: 'lets no raw user id out',
    subject: result((facts) =>
      facts.map((one) => ({ ...one, users: one.users.map((user) => ({ ...user, user: 'anna' })) })),
    ),
  },
  {
    fault: 'hides rejected rows',
    fails: 'accounts for every row and lists the rejected ones',
    subject: summary((all) => ({ ...all, rejected: 0, rejectedSample: [] })),
  },
  {
    fault: 'believes the future',
    fails: 'rejects an event that is later than now',
    subject: request((all) => ({ ...all, now: new Date('2099-01-01T00:00:00Z') })),
  },
  {
    fault: 'does not know how complete it is',
    fails: 'says through when it is complete',
    subject: summary((all) => ({ ...all, completeThrough: null })),
  },
  {
    fault: 'forgets unlinked keys',
    fails: 'names keys that no link has, with the domain and no address',
    subject: summary((all) => ({ ...all, unlinked: [] })),
  },
  {
    fault: 'goes on when told to stop',
    fails: 'stops when it is told to',
    subject: request(({ links: all, now }) => ({ links: all, now })),
  },
];

describe('the contract catches a source that', () => {
  for (const { fault, fails, subject } of BROKEN)
    it(fault, async () => {
      const kept = await Promise.allSettled(CONTRACT.map(({ check }) => check(subject)));
      const failed = CONTRACT.filter((_, index) => kept[index]!.status === 'rejected').map(
        ({ name }) => name,
      );
      assert.deepEqual(failed, [fails]);
    });

  it('is broken in one way for every clause', () => {
    assert.deepEqual(BROKEN.map(({ fails }) => fails).sort(), CONTRACT.map(({ name }) => name).sort());
  });
});

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

function data(change: (events: readonly ContractEvent[]) => readonly ContractEvent[]): ContractSubject {
  return { open: (events) => csv.open(change(events)) };
}

function request(change: (request: UsageRequest) => UsageRequest): ContractSubject {
  return { open: async (events) => changed(await csv.open(events), { request: change }) };
}

function links(
  change: (link: UsageRequest['links'][number]) => UsageRequest['links'][number],
): ContractSubject {
  return request((all) => ({ ...all, links: all.links.map(change) }));
}

function result(facts: (facts: readonly PilotFacts[]) => readonly PilotFacts[]): ContractSubject {
  return { open: async (events) => changed(await csv.open(events), { facts }) };
}

function summary(change: (summary: ReadSummary) => ReadSummary): ContractSubject {
  return { open: async (events) => changed(await csv.open(events), { summary: change }) };
}
