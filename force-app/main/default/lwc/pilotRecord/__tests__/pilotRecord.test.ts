import { leadPilot, readPilots } from 'c/pilotRecord';
import { SIGNALS, answerOf, criterionNode, pilotNode } from './pilotAnswer';

const read = (...nodes: Parameters<typeof answerOf>) => readPilots(answerOf(...nodes))!;

describe('readPilots', () => {
  it('reads values, and a field hidden from the reader as not known', () => {
    const [pilot] = read(pilotNode({ Active_Users_7d__c: undefined, Criteria_Met__c: 0 }));
    expect(pilot!.activeUsers7d).toBeNull();
    expect(pilot!.criteriaMet).toBe(0);
    expect(pilot!.stalledSince).toBe('2026-11-03');
  });

  it('tells hidden criteria from none', () => {
    expect(read(pilotNode({}, null))[0]!.criteria).toBeNull();
    expect(read(pilotNode({}, []))[0]!.criteria).toEqual([]);
  });

  it('puts must-haves first', () => {
    const nodes = [criterionNode({ Id: '1' }), criterionNode({ Id: '2', Must_Have__c: true })];
    expect(read(pilotNode({}, nodes))[0]!.criteria!.map(({ id }) => id)).toEqual(['2', '1']);
  });

  it('is Unknown where the health is hidden or none of ours', () => {
    expect(read(pilotNode({ Health_Now__c: undefined }))[0]!.health).toBe('Unknown');
    expect(read(pilotNode({ Health_Now__c: 'Splendid' }))[0]!.health).toBe('Unknown');
  });

  it.each([
    ['not JSON', '{'],
    ['another version', JSON.stringify({ ...SIGNALS, version: 2 })],
    ['no list', JSON.stringify({ version: 1, signals: {}, toTidy: [] })],
    [
      'one damaged signal among good ones',
      JSON.stringify({ ...SIGNALS, signals: [...SIGNALS.signals, { code: 'X' }] }),
    ],
    [
      'a value that is an object',
      JSON.stringify({ ...SIGNALS, signals: [{ ...SIGNALS.signals[0], values: { users: {} } }] }),
    ],
  ])('reads no signals from text that is %s', (_name, text) => {
    expect(read(pilotNode({ Signals__c: text }))[0]!.signals).toBeNull();
  });

  it.each([[undefined], [null], [{}], [{ uiapi: { query: {} } }], ['text']])(
    'answers null for %p',
    (data) => {
      expect(readPilots(data)).toBeNull();
    },
  );
});

describe('leadPilot', () => {
  it('prefers a live pilot to a later one that has ended', () => {
    const pilots = read(
      pilotNode({ Id: 'ended', Is_Live__c: false, Start_Date__c: '2026-11-01' }),
      pilotNode({ Id: 'live', Start_Date__c: '2026-01-01' }),
      pilotNode({ Id: 'later', Start_Date__c: '2026-02-01' }),
    );
    expect(leadPilot(pilots)!.id).toBe('later');
  });
});
