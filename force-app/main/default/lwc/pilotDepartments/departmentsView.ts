// Departments over the weeks: geometry and words, no DOM. One unit of x is a week; y runs from 0 (top) to 100.
import type { ChartAxis, ChartTable } from 'c/pilotChartFrame';
import { sayTo } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Network } from 'c/pilotSpread';

export interface Bar {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface DepartmentBars {
  readonly key: string;
  /** "Marketing: 9 active, first on 22 Sep" */
  readonly line: string;
  readonly lasts: boolean;
  readonly bars: readonly Bar[];
}

export interface DepartmentsView {
  readonly viewBox: string;
  /** What a week says, it says for all departments together. */
  readonly axis: ChartAxis;
  readonly rows: readonly DepartmentBars[];
  /** Empty where all departments are drawn. */
  readonly more: string;
  /** The newest week first. */
  readonly table: () => ChartTable;
}

const HEIGHT = 100;
const WIDTH = 0.8;
/** One person beside two hundred is still to be seen. */
const LEAST = 4;
const WEEKS_A_PAGE = 4;

interface Line {
  readonly name: string;
  readonly weekly: readonly number[];
  readonly label: string;
  readonly first: string;
  readonly sustained: string;
  readonly lasts: boolean;
}

/** One row of bars a department, all to one scale; everybody together where the data name no departments. */
export function departmentsView(network: Network, reader: Reader): DepartmentsView | null {
  const { weeks, moreDepartments } = network;
  if (weeks.length === 0) return null;
  const say = sayTo(reader);
  const lines = linesOf(network, say);
  const top = Math.max(1, ...lines.flatMap(({ weekly }) => weekly));
  const weekOf = (index: number): string => say('Pilot_Network_col_week', { day: weeks[index]! });
  return {
    viewBox: `0 0 ${weeks.length} ${HEIGHT}`,
    axis: {
      count: weeks.length,
      page: WEEKS_A_PAGE,
      first: weekOf(0),
      last: weekOf(weeks.length - 1),
      lineAt: (index) => weekLine(network, lines, index, say),
    },
    rows: lines.map(({ name, label, lasts, weekly }) => {
      return { key: name, line: label, lasts, bars: barsOf(weekly, top) };
    }),
    more: moreDepartments > 0 ? say('Pilot_Network_departments_more', { count: moreDepartments }) : '',
    table: () => ({
      head: [
        ...['department', 'first', 'sustained'].map((column) => say(`Pilot_Network_col_${column}`)),
        ...weeks.map((_, index) => weekOf(index)).reverse(),
      ],
      rows: lines.map(({ name, first, sustained, weekly }) => [
        name,
        first,
        sustained,
        ...weekly.map(String).reverse(),
      ]),
    }),
  };
}

function linesOf({ departments, activeWeekly, people }: Network, say: Say): Line[] {
  if (departments.length === 0) {
    const name = say('Pilot_Network_everybody');
    const sustained = people.sustained === null ? say('Pilot_Network_none') : String(people.sustained);
    const first = say('Pilot_Network_none');
    return [{ name, label: name, weekly: activeWeekly, first, sustained, lasts: false }];
  }
  return departments.map(({ name, firstOn, active, sustained, lasts, weekly }) => ({
    name,
    label: say('Pilot_Network_department_line', { name, active, day: firstOn }),
    weekly,
    first: say('Pilot_Time_day', { day: firstOn }),
    sustained: String(sustained),
    lasts,
  }));
}

function barsOf(weekly: readonly number[], top: number): Bar[] {
  return weekly.flatMap((count, index) => {
    if (count === 0) return [];
    const height = Math.max(LEAST, Math.round((count / top) * HEIGHT));
    return [{ key: String(index), x: index + (1 - WIDTH) / 2, y: HEIGHT - height, height }];
  });
}

function weekLine(
  { weeks, activeWeekly, departments }: Network,
  lines: readonly Line[],
  index: number,
  say: Say,
): string {
  const parts = lines.flatMap(({ name, weekly }) => {
    const people = weekly[index] ?? 0;
    return people > 0 && departments.length > 0 ? [say('Pilot_Network_week_part', { name, people })] : [];
  });
  const values = { day: weeks[index]!, people: activeWeekly[index] ?? 0, departments: parts.join(', ') };
  return say('Pilot_Network_week_line', values).trim();
}
