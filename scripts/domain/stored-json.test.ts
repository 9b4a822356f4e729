// The three JSON texts that a pilot stores: they survive the round trip, damage and their byte budget.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { factsOf, pilotRecord, usersActive, workdays } from '../testing/evaluation-fixture.ts';
import { addDays } from './day.ts';
import type { Health, Signal } from './evaluation.ts';
import { readHealthLog, writeHealthLog } from './health-log.ts';
import { DATA_SIGNALS, SWITCHABLE_SIGNALS } from './policy-fields.ts';
import { readSignals, SIGNALS_MAX_BYTES, writeSignals } from './signals-json.ts';
import { readUsageSeries, usageSeries } from './usage-series.ts';

const DAMAGED = [
  '',
  '{',
  '[]',
  'null',
  '{"version":2,"signals":[],"toTidy":[],"entries":[]}',
  '{"version":1}',
  '"text"',
];

function signal(code: Signal['code'], values: Signal['values'] = {}): Signal {
  return { code, group: 'usage', state: 'Watch', since: '2026-11-03', values, variant: null, owner: 'rep' };
}

describe('Signals__c', () => {
  test('survives the round trip', () => {
    const stored = {
      signals: [signal('NO_USAGE', { last: '2026-10-19', users: 25, champion: null })],
      toTidy: [signal('NO_SPONSOR')],
      note: { key: 'snoozed', values: { until: '2026-12-01' } },
      adoptionTarget: 20,
    };
    assert.deepEqual(readSignals(writeSignals(stored)), { version: 1, ...stored });
  });

  test('is the same text whatever the order of the values', () => {
    const text = (values: Signal['values']) =>
      writeSignals({ signals: [signal('NO_USAGE', values)], toTidy: [], note: null, adoptionTarget: null });
    assert.equal(text({ a: 1, b: 2 }), text({ b: 2, a: 1 }));
  });

  test('stays within its budget with every code at once and the longest hostile names', () => {
    fc.assert(
      fc.property(fc.constantFrom('\u0000', '"', '\u{1F600}', 'é', '<script>'), (piece) => {
        const values = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, piece.repeat(5_000)]));
        const all = [...SWITCHABLE_SIGNALS, ...DATA_SIGNALS].map((code) => signal(code, values));
        const text = writeSignals({ signals: all, toTidy: [], note: null, adoptionTarget: null });
        assert.ok(Buffer.byteLength(text) < SIGNALS_MAX_BYTES);
        assert.equal(readSignals(text)?.signals.length, all.length);
      }),
    );
  });

  test('of an earlier sync, which knew no target, is read without one', () => {
    const earlier = '{"version":1,"signals":[],"toTidy":[],"note":null}';
    assert.equal(readSignals(earlier)?.adoptionTarget, null);
  });

  test('damaged, foreign or newer text counts as nothing stored', () => {
    for (const text of DAMAGED) assert.equal(readSignals(text), null, text);
    assert.equal(readSignals(null), null);
  });
});

describe('Health_Log__c', () => {
  const verdict = (health: Health) => ({ health, signals: [signal('NO_USAGE')] });

  test('takes an entry only when the health changed, newest first', () => {
    let log = writeHealthLog(null, verdict('On track'), '2026-11-01');
    log = writeHealthLog(log, verdict('On track'), '2026-11-02');
    log = writeHealthLog(log, verdict('Stalled'), '2026-11-03');
    assert.deepEqual(
      readHealthLog(log).map(({ day, health }) => [day, health]),
      [
        ['2026-11-03', 'Stalled'],
        ['2026-11-01', 'On track'],
      ],
    );
    assert.equal(writeHealthLog(log, verdict('Stalled'), '2026-11-03'), log);
  });

  test('a later verdict of the same day replaces that day, and leaves no trace when it takes it back', () => {
    const before = writeHealthLog(null, verdict('On track'), '2026-11-01');
    const wrong = writeHealthLog(before, verdict('Stalled'), '2026-11-03');
    assert.equal(readHealthLog(writeHealthLog(wrong, verdict('Watch'), '2026-11-03')).length, 2);
    assert.deepEqual(
      readHealthLog(writeHealthLog(wrong, verdict('On track'), '2026-11-03')),
      readHealthLog(before),
    );
  });

  test('is bounded, however often the health changes', () => {
    let log: string | null = null;
    const codes = SWITCHABLE_SIGNALS.map((code) => signal(code));
    for (let index = 0; index < 300; index += 1) {
      log = writeHealthLog(
        log,
        { health: index % 2 ? 'Stalled' : 'On track', signals: codes },
        addDays('2026-01-01', index),
      );
    }
    assert.ok(Buffer.byteLength(log!) < 30_000);
    assert.equal(readHealthLog(log)[0]?.day, addDays('2026-01-01', 299));
  });

  test('damage counts as an empty log', () => {
    for (const text of DAMAGED) assert.deepEqual(readHealthLog(text), [], text);
  });
});

describe('Usage_Series__c', () => {
  const facts = factsOf(usersActive(3, ['2026-10-12', '2026-10-14']), '2026-10-16');

  test('has one point a day up to the last complete one, zeros told from days off', () => {
    const pilot = pilotRecord({ closedDays: [{ from: '2026-10-15', to: '2026-10-15', reason: 'freeze' }] });
    const series = usageSeries({ ...facts, incompleteDays: ['2026-10-13'] }, pilot)!;
    assert.deepEqual(readUsageSeries(series.text), {
      version: 1,
      from: '2026-10-12',
      users: [3, 0, 3, 0, 0],
      events: [3, 0, 3, 0, 0],
      off: [
        [1, 'incomplete'],
        [3, 'closed'],
      ],
    });
  });

  test('the digest tells equal series from different ones', () => {
    const digest = (days: readonly string[]) =>
      usageSeries(factsOf(usersActive(3, days), '2026-10-16'), pilotRecord())!.digest;
    assert.equal(digest(['2026-10-12']), digest(['2026-10-12']));
    assert.notEqual(digest(['2026-10-12']), digest(['2026-10-13']));
    assert.match(digest(['2026-10-12']), /^[0-9a-f]{64}$/);
  });

  test('three busy years stay within 30,000 bytes, the newest days kept', () => {
    const days = workdays('2024-01-01', '2026-10-16');
    const busy = days.map((day) => ({
      day,
      events: 9_999_999,
      activeUsers: 99_999,
      newUsers: 0,
      activeDepartments: 0,
    }));
    const series = usageSeries(
      { ...facts, days: busy, users: [] },
      pilotRecord({ startDate: '2024-01-01', holidayRegion: 'US' }),
    )!;
    assert.ok(Buffer.byteLength(series.text) < 30_000);
    assert.equal(readUsageSeries(series.text)?.events.at(-1), 9_999_999);
  });

  test('is absent without complete data, and for account-day data knows no users', () => {
    assert.equal(usageSeries(null, pilotRecord()), null);
    assert.equal(usageSeries({ ...facts, completeThrough: null }, pilotRecord()), null);
    assert.deepEqual(
      readUsageSeries(usageSeries({ ...facts, grain: 'account-day' }, pilotRecord())!.text)?.users,
      [null, null, null, null, null],
    );
    for (const text of DAMAGED) assert.equal(readUsageSeries(text), null, text);
  });
});
