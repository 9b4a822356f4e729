import assert from 'node:assert/strict';
import type { PilotFacts, ReadSummary, UsageLink } from '../domain/facts.ts';
import type { UsageRequest, UsageSource } from './source.ts';

/** One event as a clause states it; `event_time` is whatever the clause wants the source to find. */
export interface ContractEvent {
  readonly event_time: string;
  readonly usage_key: string;
  readonly user_id: string;
  readonly department: string;
}

/** How a kind of source is put to the test: it makes the events its data, in this order, and opens a source on it. */
export interface ContractSubject {
  /** The source is named `usage`, has no lag, and maps the four columns by their names. */
  open(events: readonly ContractEvent[]): Promise<UsageSource>;
}

export interface ContractClause {
  readonly name: string;
  check(subject: ContractSubject): Promise<void>;
}

interface ReadResult {
  readonly facts: readonly PilotFacts[];
  readonly summary: ReadSummary;
}

const NOW = new Date('2026-03-20T12:00:00Z');

// First and last row of the clauses that are about something else, so that a source that loses or repeats
// rows at the edges fails only the clauses about that.
const FILLER = event('2026-03-02T10:00:00Z', 'filler', 'filler');

/** What every usage source must do. Each clause can fail alone; see the broken sources in contract.test.ts. */
export const CONTRACT: readonly ContractClause[] = [
  clause('loses no event', async (subject) => {
    const { facts } = await read(subject, EVENTS_OF_ONE, [link('p1', 'a')]);
    assert.ok(eventsOf(facts[0]) >= EVENTS_OF_ONE.length, `${eventsOf(facts[0])} events`);
  }),
  clause('doubles no event', async (subject) => {
    const { facts } = await read(subject, EVENTS_OF_ONE, [link('p1', 'a')]);
    assert.ok(eventsOf(facts[0]) <= EVENTS_OF_ONE.length, `${eventsOf(facts[0])} events`);
  }),
  clause('puts an instant on the day of the pilot’s time zone', async (subject) => {
    const events = framed([event('2026-03-09T03:30:00Z', 'a', 'anna')]);
    const { facts } = await read(subject, events, [{ ...link('p1', 'a'), timeZone: 'America/New_York' }]);
    assert.deepEqual(
      facts[0]?.days.map(({ day }) => day),
      ['2026-03-08'],
    );
  }),
  clause('unites users by id across the keys of a pilot', async (subject) => {
    const events = framed([
      event('2026-03-09T09:00:00Z', 'a', 'anna'),
      event('2026-03-09T10:00:00Z', 'b', 'anna'),
    ]);
    const { facts } = await read(subject, events, [link('p1', 'a'), link('p1', 'b')]);
    assert.equal(facts[0]?.users.length, 1);
    assert.equal(facts[0]?.days[0]?.activeUsers, 1);
  }),
  clause('matches keys exactly, by case', async (subject) => {
    const events = framed([
      event('2026-03-09T09:00:00Z', 'Acme', 'anna'),
      event('2026-03-09T09:00:00Z', 'acme', 'ben'),
    ]);
    const { facts } = await read(subject, events, [link('p1', 'Acme')]);
    assert.equal(facts[0]?.users.length, 1);
  }),
  clause('counts only events inside the link’s window, both days included', async (subject) => {
    const days = ['08', '09', '10', '11'].map((day) => event(`2026-03-${day}T12:00:00Z`, 'a', 'anna'));
    const links = [{ ...link('p1', 'a'), from: '2026-03-09', to: '2026-03-10' }];
    const { facts } = await read(subject, framed(days), links);
    assert.deepEqual(
      facts[0]?.days.map(({ day }) => day),
      ['2026-03-09', '2026-03-10'],
    );
  }),
  clause('counts only events that pass the link’s filter', async (subject) => {
    const sales = { ...event('2026-03-09T09:00:00Z', 'a', 'anna'), department: 'Sales' };
    const events = framed([sales, event('2026-03-09T09:00:00Z', 'a', 'ben')]);
    const links = [{ ...link('p1', 'a'), filter: { column: 'department', value: 'Sales' } }];
    const { facts } = await read(subject, events, links);
    assert.equal(facts[0]?.users.length, 1);
  }),
  clause('yields pilots in the order of their ids', async (subject) => {
    const events = framed(['c', 'a', 'b'].map((key) => event('2026-03-09T09:00:00Z', key, 'anna')));
    const { facts } = await read(
      subject,
      events,
      ['c', 'a', 'b'].map((key) => link(`p-${key}`, key)),
    );
    assert.deepEqual(
      facts.map(({ pilotId }) => pilotId),
      ['p-a', 'p-b', 'p-c'],
    );
  }),
  clause('lets no raw user id out', async (subject) => {
    const events = framed([event('2026-03-09T09:00:00Z', 'a', 'anna@customer.example')]);
    const result = await read(subject, events, [link('p1', 'a')]);
    assert.ok(!JSON.stringify(result).includes('anna'), 'a raw user id is in what the source yields');
  }),
  clause('accounts for every row and lists the rejected ones', async (subject) => {
    const events = framed([event('2026-03-09T09:00:00Z', 'a', 'anna'), event('not a time', 'a', 'anna')]);
    const { summary } = await read(subject, events, [link('p1', 'a')]);
    const excluded = Object.values(summary.excluded).reduce((sum, rows) => sum + rows, 0);
    assert.equal(summary.accepted + summary.rejected + excluded, summary.read);
    assert.equal(summary.rejected, 1);
    assert.equal(summary.rejectedSample.length, 1);
  }),
  clause('rejects an event that is later than now', async (subject) => {
    const later = new Date(NOW.getTime() + 60_000).toISOString();
    const events = framed([event('2026-03-09T09:00:00Z', 'a', 'anna'), event(later, 'a', 'anna')]);
    const { facts } = await read(subject, events, [link('p1', 'a')]);
    assert.equal(eventsOf(facts[0]), 1);
  }),
  clause('says through when it is complete', async (subject) => {
    const events = framed([event('2026-03-18T09:00:00Z', 'a', 'anna')]);
    const { summary } = await read(subject, events, [link('p1', 'a')]);
    assert.equal(summary.completeThrough, '2026-03-18T09:00:00.000Z');
  }),
  clause('names keys that no link has, with the domain and no address', async (subject) => {
    const people = ['anna@acme.example', 'ben@acme.example'];
    const events = framed(people.map((user) => event('2026-03-02T09:00:00Z', 'stray', user)));
    const { summary } = await read(subject, events, []);
    const stray = summary.unlinked.find(({ key }) => key === 'stray');
    assert.equal(stray?.users, 2);
    assert.deepEqual(stray?.domain, { name: 'acme.example', share: 1 });
  }),
  clause('stops when it is told to', async (subject) => {
    const source = await subject.open(framed([event('2026-03-09T09:00:00Z', 'a', 'anna')]));
    const reading = collect(source, { links: [link('p1', 'a')], now: NOW, signal: AbortSignal.abort() });
    await assert.rejects(reading, { name: 'AbortError' });
    await source.close();
  }),
];

const EVENTS_OF_ONE = Array.from({ length: 7 }, (_, index) =>
  event(`2026-03-0${index + 2}T09:00:00Z`, 'a', `user-${index}`),
);

function clause(name: string, check: ContractClause['check']): ContractClause {
  return { name, check };
}

function event(event_time: string, usage_key: string, user_id: string): ContractEvent {
  return { event_time, usage_key, user_id, department: '' };
}

function framed(events: readonly ContractEvent[]): ContractEvent[] {
  return [FILLER, ...events, FILLER];
}

function link(pilotId: string, key: string): UsageLink {
  return { pilotId, source: 'usage', key, from: null, to: null, filter: null, timeZone: 'UTC' };
}

function eventsOf(facts: PilotFacts | undefined): number {
  return facts?.days.reduce((sum, { events }) => sum + events, 0) ?? 0;
}

async function read(
  subject: ContractSubject,
  events: readonly ContractEvent[],
  links: readonly UsageLink[],
): Promise<ReadResult> {
  const source = await subject.open(events);
  try {
    return await collect(source, { links, now: NOW });
  } finally {
    await source.close();
  }
}

/** Reads a source to its end. */
export async function collect(source: UsageSource, request: UsageRequest): Promise<ReadResult> {
  const facts: PilotFacts[] = [];
  const reading = source.read(request);
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return { facts, summary: value };
    facts.push(value);
  }
}
