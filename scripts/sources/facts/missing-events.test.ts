import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { collect } from '../contract.ts';
import { MetricDefinition } from '../metric-definition.ts';
import { makeTestFolder } from '../test-folder.ts';

const folder = makeTestFolder();
after(folder.remove);

const NOW = new Date('2026-03-21T00:30:00Z');
const LINK = {
  pilotId: 'p1',
  source: 'usage',
  key: 'a',
  from: null,
  to: null,
  filter: null,
  timeZone: 'UTC',
};
const METRICS = [
  { name: 'saves', fn: 'count', where: [{ column: 'event', op: '=', value: 'saved' }] },
  { name: 'shares', fn: 'ratio', where: [{ column: 'event', op: 'in', value: ['shared', 'sent'] }], of: [] },
  { name: 'people', fn: 'distinct', column: 'user_id' },
].map((metric) => MetricDefinition.parse(metric));

/** Five weeks to Friday 20 March 2026; on a workday `opened` 40 times, and what `more` says. */
async function read(more: (day: string) => Readonly<Record<string, number>>) {
  const lines = ['event_time,usage_key,user_id,event'];
  for (let at = Date.parse('2026-02-09'); at <= Date.parse('2026-03-20'); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const isWorkday = ![0, 6].includes(new Date(at).getUTCDay());
    const counts = { opened: isWorkday ? 40 : 0, ...(isWorkday ? more(day) : {}) };
    for (const [event, count] of Object.entries(counts))
      for (let number = 0; number < count; number++) lines.push(`${day}T10:00:00Z,a,u${number % 7},${event}`);
  }
  lines.push('2026-03-21T00:01:00Z,a,u1,opened');
  const columns = { user_id: 'user_id', event: 'event' };
  const source = folder.open(
    [folder.write('usage.csv', lines.join('\n'))],
    { columns },
    { metrics: METRICS },
  );
  const { facts, summary } = await collect(source, { links: [LINK], now: NOW });
  const held = new Map(facts[0]!.metrics.map((metric) => [metric.metric, metric.held]));
  return { missing: summary.missingEvents, held };
}

const ALL = { saved: 10, shared: 9, sent: 8 };

describe('an event that a metric names', () => {
  it('and that stops for two complete normal days holds the metric, and says when it was last seen', async () => {
    const { missing, held } = await read((day) => ({ ...ALL, saved: day >= '2026-03-19' ? 0 : 10 }));
    assert.deepEqual(missing, [{ event: 'saved', lastSeen: '2026-03-18' }]);
    assert.deepEqual(held.get('saves'), { event: 'saved', lastSeen: '2026-03-18' });
    assert.deepEqual([held.get('shares'), held.get('people')], [undefined, undefined]);
  });

  it('holds a metric that names several also when only one is gone', async () => {
    const { held } = await read((day) => ({ ...ALL, sent: day >= '2026-03-16' ? 0 : 8 }));
    assert.deepEqual(held.get('shares'), { event: 'sent', lastSeen: '2026-03-13' });
  });

  const silent: readonly { name: string; more: (day: string) => Record<string, number> }[] = [
    { name: 'every day', more: () => ALL },
    { name: 'absent for one day only', more: (day) => ({ ...ALL, saved: day === '2026-03-20' ? 0 : 10 }) },
    {
      name: 'absent while everything is down',
      more: (day) => (day >= '2026-03-19' ? { opened: 5 } : ALL),
    },
    { name: 'too rare to be missed', more: (day) => ({ ...ALL, saved: day >= '2026-03-19' ? 0 : 2 }) },
  ];
  for (const { name, more } of silent)
    it(`holds nothing when it is ${name}`, async () => {
      const { missing, held } = await read(more);
      assert.deepEqual(missing, []);
      assert.equal(held.get('saves'), undefined);
    });

  it('was never seen is named and not held: nobody may have done it yet', async () => {
    const { missing, held } = await read(() => ({ shared: 9, sent: 8 }));
    assert.deepEqual(missing, [{ event: 'saved', lastSeen: null }]);
    assert.equal(held.get('saves'), undefined);
  });
});
