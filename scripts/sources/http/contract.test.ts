import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brokenTwins } from '../broken-twins.ts';
import { CONTRACT, type ContractEvent, type ContractSubject } from '../contract.ts';
import { posthogAnswer } from './recorded-answers.ts';
import { archive, json, lines, useTestHttp } from './test-http.ts';

const { server, open } = useTestHttp();

const COLUMNS = { user_id: 'user_id', department: 'department' };
const epoch = (time: string) => (Number.isNaN(Date.parse(time)) ? time : Date.parse(time) / 1000);

interface Export {
  readonly config: object;
  readonly serve: (events: readonly ContractEvent[]) => void;
  /** Clauses that the kind cannot keep, with the reason. */
  readonly beyond?: Readonly<Record<string, string>>;
}

/** Events per day, key and user, as PostHog answers to the totals and to a page. */
function addedUp(events: readonly ContractEvent[], query: string): unknown[][] {
  const until = /timestamp <= toDateTime\('(\S+) (\S+)'/.exec(query)!;
  const isTotals = !query.includes('usage_key');
  const counts = new Map<string, number>();
  for (const { event_time, usage_key, user_id } of events) {
    if (event_time > `${until[1]}T${until[2]}Z`) continue;
    const day = event_time.slice(0, 10);
    const place = JSON.stringify(isTotals ? [day] : [day, usage_key, user_id, 'used']);
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts].toSorted().map(([place, count]) => [...(JSON.parse(place) as string[]), count]);
}

/** How the clauses' events look in each export; whole in the answer to the first request, but for the pages. */
const EXPORTS: Readonly<Record<string, Export>> = {
  json: {
    config: { rows: 'items', paging: { by: 'cursor', next: 'next', param: 'after' }, columns: COLUMNS },
    serve: (events) =>
      server().on(({ url }) => {
        const PAGE = 3;
        const from = Number(url.searchParams.get('after') ?? 0);
        // The clauses have equal events; their place keeps pages apart.
        const items = events.slice(from, from + PAGE).map((one, index) => ({ ...one, place: from + index }));
        return json({ items, next: from + PAGE < events.length ? from + PAGE : null });
      }),
  },
  mixpanel: {
    config: {
      project_id: '42',
      columns: {
        event_time: 'properties.time',
        usage_key: 'properties.company',
        user_id: 'properties.distinct_id',
        department: 'properties.department',
      },
    },
    serve: (events) => {
      const records = events.map(({ event_time, usage_key, user_id, department }) => ({
        event: 'used',
        properties: { time: epoch(event_time), company: usage_key, distinct_id: user_id, department },
      }));
      server().on((_, number) => ({ body: number > 1 ? '' : lines(records) }));
    },
  },
  amplitude: {
    config: {
      columns: { ...COLUMNS, event_time: 'event_time', usage_key: 'groups.company', event_id: 'uuid' },
    },
    serve: (events) => {
      const records = events.map(({ usage_key, ...one }, uuid) => ({
        ...one,
        uuid,
        groups: { company: [usage_key] },
      }));
      const body = archive({ '1/1_2026-03-20_9#1.json.gz': records });
      server().on((_, number) => (number > 1 ? { status: 404 } : { body }));
    },
  },
  posthog: {
    config: { project_id: '1' },
    serve: (events) =>
      server().on(({ body }) => {
        const { query } = (JSON.parse(body) as { query: { query: string } }).query;
        const names = query.includes('usage_key')
          ? ['day', 'usage_key', 'user_id', 'event', 'total']
          : ['day', 'total'];
        return json(posthogAnswer(names, addedUp(events, query)));
      }),
    beyond: {
      'puts an instant on the day of the pilot’s time zone': 'days arrive added up, in UTC',
      'counts only events that pass the link’s filter': 'no property but the name is grouped by',
      'accounts for every row and lists the rejected ones': 'PostHog stores no event without a time',
      'says through when it is complete': 'a day is complete when it is over, not at its newest event',
    },
  },
};

for (const [kind, { config, serve, beyond = {} }] of Object.entries(EXPORTS)) {
  const subject: ContractSubject = {
    open(events) {
      serve(events);
      const { origin } = server();
      const where = kind === 'json' ? { url: `${origin}/events` } : { host: origin };
      return Promise.resolve(open({ kind, ...config, ...where }));
    },
  };
  const clauses = CONTRACT.filter(({ name }) => !Object.hasOwn(beyond, name));

  describe(`contract of usage sources: ${kind}`, () => {
    for (const { name, check } of clauses) it(name, () => check(subject));

    it('is short of nothing but what is listed here', () => {
      assert.equal(clauses.length + Object.keys(beyond).length, CONTRACT.length);
    });
  });

  describe(`the contract catches a source of ${kind} that`, () => {
    for (const { fault, fails, subject: twin } of brokenTwins(subject)) {
      const clause = clauses.find(({ name }) => name === fails);
      if (clause !== undefined) it(fault, () => assert.rejects(clause.check(twin), assert.AssertionError));
    }
  });
}
