import PilotDepartments from 'c/pilotDepartments';
import { someNetwork } from '../../pilotNetwork/__tests__/someNetwork';
import {
  find,
  frameOf,
  holdClock,
  READER,
  settle,
  show,
  texts,
} from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';
import { departmentsView } from '../departmentsView';

type Values = Parameters<typeof someNetwork>[0];
const view = (values: Values = {}): NonNullable<ReturnType<typeof departmentsView>> =>
  departmentsView(someNetwork(values), READER)!;
const open = (values: Values = {}): Shown =>
  show('c-pilot-departments', PilotDepartments, { network: someNetwork(values) });
const press = async (element: Shown, key: string): Promise<void> => {
  find(frameOf(element), 'chart')!.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
  await settle();
};

holdClock();

describe('departmentsView', () => {
  it('draws every department to one scale, and nothing for a week without anybody', () => {
    const { rows, viewBox } = view();
    expect(viewBox).toBe('0 0 10 100');
    expect(rows.map(({ key }) => key)).toEqual(['Sales Ops', 'Marketing', 'Customer care', 'HR', 'Finance']);
    expect(rows[0]!.bars.at(-1)).toEqual({ key: '9', x: 9.1, y: 0, height: 100 });
    expect(rows[4]!.bars.map(({ height }) => height)).toEqual([8, 8, 15]);
    expect(rows.map(({ lasts }) => lasts)).toEqual([true, true, true, false, false]);
  });

  it('keeps one person visible beside two hundred', () => {
    const [first, second] = someNetwork().departments;
    const weekly = (count: number): number[] => Array.from({ length: 10 }, () => count);
    const departments = [
      { ...first!, weekly: weekly(200) },
      { ...second!, weekly: weekly(1) },
    ];
    expect(view({ departments, tree: { nodes: [], more: 0 } }).rows[1]!.bars[0]!.height).toBe(4);
  });

  it('draws everybody together where the data name no departments', () => {
    const { rows, axis } = view({ departments: [] });
    expect(rows.map(({ line }) => line)).toEqual(['Everybody']);
    expect(axis.lineAt(9)).toBe('Week of 9 Nov: 35 active.');
  });

  it('draws nothing before the first complete week', () => {
    const none = { weeks: [], activeWeekly: [], newWeekly: [], invitedWeekly: [], departments: [] };
    expect(departmentsView(someNetwork(none), READER)).toBeNull();
  });

  it('says how many departments are not drawn', () => {
    expect(view({ moreDepartments: 4 }).more).toBe('Departments that are not drawn: 4');
    expect(view().more).toBe('');
  });
});

describe('c-pilot-departments', () => {
  it('reads out the last week first, and others by the arrow keys up to both ends', async () => {
    const element = open();
    expect(texts(frameOf(element), 'read-out')).toEqual([
      'Week of 9 Nov: 35 active. Sales Ops 13, Marketing 9, Customer care 8, HR 3, Finance 2',
    ]);
    await press(element, 'ArrowLeft');
    await press(element, 'PageDown');
    expect(find(frameOf(element), 'chart')!.getAttribute('aria-valuenow')).toBe('4');
    await press(element, 'Home');
    await press(element, 'ArrowLeft');
    expect(find(frameOf(element), 'chart')!.getAttribute('aria-valuetext')).toBe(
      'Week of 7 Sep: 3 active. Sales Ops 3',
    );
    await press(element, 'End');
    await press(element, 'x');
    expect(find(frameOf(element), 'chart')!.getAttribute('aria-valuenow')).toBe('9');
    await expect(element).toBeAccessible();
  });

  it('reads out the week under the pointer', async () => {
    const element = open();
    const chart = find(frameOf(element), 'chart')!;
    chart.getBoundingClientRect = () => ({ left: 100, width: 200 }) as DOMRect;
    chart.dispatchEvent(new MouseEvent('pointermove', { clientX: 145 }));
    await settle();
    expect(texts(frameOf(element), 'read-out')[0]).toMatch(/^Week of 21 Sep: 10 active/);
  });

  it('has a table twin with every count, the newest week first', async () => {
    const element = open();
    find(frameOf(element), 'toggle')!.click();
    await settle();
    expect(texts(frameOf(element), 'row')).toHaveLength(5);
    expect(texts(frameOf(element), 'row')[4]).toBe('FinanceWed 28 Oct0' + '211' + '0000000');
    await expect(element).toBeAccessible();
  });

  it('is nothing without a network', () => {
    expect(frameOf(show('c-pilot-departments', PilotDepartments, {}))).toBeNull();
  });
});
