import PilotUsage from 'c/pilotUsage';
import { SERIES } from '../../pilotRecord/__tests__/pilotAnswer';
import {
  aPilot,
  find,
  frameOf,
  holdClock,
  READER,
  settle,
  show,
  someDetails,
  texts,
} from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';
import { chartView } from '../chartView';

const showUsage = (values = {}, pilotValues = {}): Shown =>
  show('c-pilot-usage', PilotUsage, { pilot: aPilot(pilotValues), details: someDetails(values) });
const view = (stored: object = {}, values = {}): ReturnType<typeof chartView> =>
  chartView(
    someDetails({ Usage_Series__c: JSON.stringify({ ...SERIES, ...stored }) }).series!,
    aPilot(values),
    READER,
  );
const press = async (element: Shown, key: string): Promise<void> => {
  find(frameOf(element), 'chart')!.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  await settle();
};

holdClock();

describe('chartView', () => {
  it('draws users against licensed and target, with the weeks, the time before the start and days off', () => {
    const chart = view();
    expect(chart.viewBox).toBe('0 0 14 100');
    expect(chart.path.startsWith('M0.5 92L1.5 88')).toBe(true);
    expect([chart.licensedY, chart.targetY, chart.top]).toEqual([0, 20, '25']);
    expect(chart.weeks.map(({ x }) => x)).toEqual([0, 7]);
    expect(chart.baselineWidth).toBe(7);
    expect(chart.off.map(({ x }) => x)).toEqual([11]);
    expect(chart.dayAt(11).line).toBe('Fri 16 Oct: 13 of 25 active · 52 events · holiday');
    expect(chart.legend.map(({ label }) => label)).toEqual([
      'active users',
      'licensed: 25',
      'target in a week: 20',
      'before the start',
      'counts in no test',
    ]);
  });

  it('marks the day on which a reason began, and none of data too old to believe', () => {
    const late = { from: '2026-10-28' };
    expect(view(late).marks.map(({ x }) => x)).toEqual([6]);
    expect(view(late).dayAt(6).note).toBe('no usage, terms not agreed');
    expect(view(late, { Health_Now__c: 'Unknown' }).marks).toEqual([]);
  });

  it('breaks the line at a day without a value', () => {
    const users = SERIES.users.map((count, index) => (index === 3 ? null : count));
    expect(view({ users }).path.match(/M/g)).toHaveLength(2);
    expect(view({ users }).dayAt(3).users).toBe('–');
  });

  it('draws events where the source counts no users', () => {
    const chart = view({ users: SERIES.users.map(() => null) });
    expect(chart.legend[0]!.label).toBe('events');
    expect([chart.licensedY, chart.targetY, chart.top]).toEqual([null, null, '68']);
    expect(chart.dayAt(0).line).toBe('Mon 5 Oct: 8 events');
  });

  it('draws no cap where features are kept back instead of users', () => {
    const chart = view({}, { Restriction__c: 'Features' });
    expect(chart.licensedY).toBeNull();
    expect(chart.dayAt(11).line).toBe('Fri 16 Oct: 13 active · 52 events · holiday');
  });

  it('never draws above its frame', () => {
    expect(view({}, { Licensed_Users__c: 5, Planned_Users__c: 5 }).top).toBe('20');
  });
});

describe('c-pilot-usage', () => {
  it('reads out the last day first, and others by the arrow keys up to both ends', async () => {
    const element = showUsage();
    expect(texts(frameOf(element), 'read-out')[0]).toMatch(/^Sun 18 Oct: 0 of 25 active/);
    await press(element, 'ArrowLeft');
    await press(element, 'PageDown');
    expect(texts(frameOf(element), 'read-out')[0]).toMatch(/^Sat 10 Oct/);
    await press(element, 'Home');
    await press(element, 'ArrowLeft');
    expect(find(frameOf(element), 'chart')!.getAttribute('aria-valuetext')).toMatch(
      /^Mon 5 Oct: 2 of 25 active/,
    );
    await press(element, 'End');
    expect(find(frameOf(element), 'chart')!.getAttribute('aria-valuenow')).toBe('13');
    await press(element, 'x');
    expect(find(frameOf(element), 'chart')!.getAttribute('aria-valuenow')).toBe('13');
    await expect(element).toBeAccessible();
  });

  it('reads out the day under the pointer', async () => {
    const element = showUsage();
    const chart = find(frameOf(element), 'chart')!;
    chart.getBoundingClientRect = () => ({ left: 100, width: 140 }) as DOMRect;
    chart.dispatchEvent(new MouseEvent('pointermove', { clientX: 175 }));
    await settle();
    expect(texts(frameOf(element), 'read-out')[0]).toMatch(/^Mon 12 Oct: 17 of 25 active/);
  });

  it('has a table twin, newest first', async () => {
    const element = showUsage();
    find(frameOf(element), 'toggle')!.click();
    await settle();
    expect(texts(frameOf(element), 'row')).toHaveLength(14);
    expect(texts(frameOf(element), 'row')[2]).toBe('Fri 16 Oct1352holiday');
    await expect(element).toBeAccessible();
  });

  it.each([
    ['there are no data', {}, null, 'No usage data to draw yet.'],
    [
      'there are none by agreement',
      { Usage_Source__c: 'None by agreement' },
      null,
      'No usage data, by agreement.',
    ],
    ['there are none of a closed pilot', { Status__c: 'Closed' }, null, 'No usage data to draw.'],
    ['they are hidden', {}, undefined, 'You do not have access to the usage data.'],
  ])('says that %s', async (_name, values, series, text) => {
    const element = showUsage({ Usage_Series__c: series }, values);
    expect(texts(element, 'none')).toEqual([text]);
    await expect(element).toBeAccessible();
  });

  it('draws nothing out of damaged text', () => {
    const damaged = JSON.stringify({ ...SERIES, events: SERIES.events.slice(1) });
    expect(texts(showUsage({ Usage_Series__c: damaged }), 'none')).toEqual(['No usage data to draw yet.']);
  });

  it('waits', async () => {
    const element = show('c-pilot-usage', PilotUsage, { pilot: aPilot() });
    expect(find(element, 'waiting')).not.toBeNull();
    await expect(element).toBeAccessible();
  });
});
