// The chart of the daily series: geometry and words, no DOM. One unit of x is a day; y runs from 0 (top) to 100.
import type { ChartAxis, ChartTable } from 'c/pilotChartFrame';
import { addDays, sayTo } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { Pilot, UsageSeries } from 'c/pilotRecord';

export interface Line {
  readonly key: string;
  readonly x: number;
}

export interface DayView {
  /** "Tue 17 Nov" */
  readonly day: string;
  /** Active users; the dash where the source counts none. */
  readonly users: string;
  readonly events: string;
  /** Why the day counts in no test, or what happened on it. */
  readonly note: string;
  /** All of it in one line. */
  readonly line: string;
}

export interface ChartView {
  readonly viewBox: string;
  readonly axis: ChartAxis;
  /** The words of one day: hundreds are drawn, one is read at a time. */
  readonly dayAt: (index: number) => DayView;
  /** Newest first: what happened lately is what one looks for. */
  readonly table: () => ChartTable;
  /** SVG path of what was active. */
  readonly path: string;
  /** Heights of the lines for licensed users and target; null where there is none to draw. */
  readonly licensedY: number | null;
  readonly targetY: number | null;
  readonly weeks: readonly Line[];
  /** Days without exposure, one unit wide. */
  readonly off: readonly Line[];
  /** Days on which a reason began. */
  readonly marks: readonly Line[];
  /** Width of what lies before the start; null where the series begins with it or the start is not known. */
  readonly baselineWidth: number | null;
  readonly top: string;
  readonly legend: readonly { readonly key: string; readonly label: string; readonly className: string }[];
}

const HEIGHT = 100;
const NOTHING = '–';
const MONDAY = 1;
const DAYS_A_PAGE = 7;

/** Draws active users a day, or events where the source counts no users. */
export function chartView(series: UsageSeries, pilot: Pilot, reader: Reader): ChartView {
  const say = sayTo(reader);
  const countsUsers = series.users.some((count) => count !== null);
  const values = countsUsers ? series.users : series.events;
  const isCapped = countsUsers && !pilot.isOpenToAll;
  const licensed = isCapped ? (pilot.licensedUsers ?? pilot.plannedUsers) : null;
  const target = countsUsers ? (pilot.signals?.adoptionTarget ?? null) : null;
  const top = Math.max(1, licensed ?? 0, target ?? 0, ...values.map((value) => value ?? 0));
  const y = (value: number): number => round(HEIGHT - (value / top) * HEIGHT);
  const dates = values.map((_, index) => addDays(series.from, index));
  const reasons = reasonsByDay(pilot);
  const indexes = dates.map((_, index) => index);
  const lines = (isThere: (index: number) => boolean): Line[] =>
    indexes.filter(isThere).map((x) => ({ key: String(x), x }));
  const start = pilot.startDate === null ? -1 : dates.indexOf(pilot.startDate);
  const drawn = {
    licensed,
    target,
    off: lines((index) => series.off.has(index)),
    marks: lines((index) => reasons.has(dates[index]!)),
    baseline: start > 0,
  };
  const dayAt = (index: number): DayView => {
    const day = dates[index]!;
    return dayView(series, index, day, reasons.get(day) ?? [], licensed, reader);
  };
  return {
    viewBox: `0 0 ${values.length} ${HEIGHT}`,
    axis: {
      count: dates.length,
      page: DAYS_A_PAGE,
      first: say('Pilot_Time_day', { day: dates[0]! }),
      last: say('Pilot_Time_day', { day: dates.at(-1)! }),
      lineAt: (index) => dayAt(index).line,
    },
    dayAt,
    table: () => ({
      head: ['day', 'users', 'events', 'note'].map((column) => say(`Pilot_Usage_col_${column}`)),
      rows: indexes
        .map((index) => dayAt(index))
        .map(({ day, users, events, note }) => [day, users, events, note])
        .reverse(),
    }),
    path: pathOf(values, y),
    licensedY: licensed === null ? null : y(licensed),
    targetY: target === null ? null : y(target),
    weeks: lines((index) => new Date(dates[index]!).getUTCDay() === MONDAY),
    off: drawn.off,
    marks: drawn.marks,
    baselineWidth: start > 0 ? start : null,
    top: say('Pilot_Usage_number', { number: top }),
    legend: legendOf(drawn, countsUsers, say),
  };
}

interface Drawn {
  readonly licensed: number | null;
  readonly target: number | null;
  readonly off: readonly Line[];
  readonly marks: readonly Line[];
  readonly baseline: boolean;
}

function legendOf(
  { licensed, target, off, marks, baseline }: Drawn,
  countsUsers: boolean,
  say: Say,
): ChartView['legend'] {
  const entries: readonly (readonly [string, boolean, number | null])[] = [
    [countsUsers ? 'active' : 'events', true, null],
    ['licensed', licensed !== null, licensed],
    ['target', target !== null, target],
    ['before', baseline, null],
    ['off', off.length > 0, null],
    ['mark', marks.length > 0, null],
  ];
  return entries.flatMap(([key, isShown, number]) =>
    isShown ? [{ key, label: say(`Pilot_Usage_${key}`, { number }), className: `swatch ${key}` }] : [],
  );
}

function reasonsByDay({ signals, health, healthStored }: Pilot): ReadonlyMap<string, readonly string[]> {
  // Reasons of data too old to believe are not told anywhere.
  const told = health === healthStored ? (signals?.signals ?? []) : [];
  const byDay = new Map<string, string[]>();
  for (const { since, code } of told) byDay.set(since, [...(byDay.get(since) ?? []), code]);
  return byDay;
}

function dayView(
  series: UsageSeries,
  index: number,
  day: string,
  codes: readonly string[],
  licensed: number | null,
  reader: Reader,
): DayView {
  const say = sayTo(reader);
  const name = (label: string, text: string): string =>
    reader.words[label] === undefined ? text : say(label);
  const count = series.users[index] ?? null;
  const off = series.off.get(index);
  const users = count === null ? NOTHING : say('Pilot_Usage_number', { number: count });
  const events = say('Pilot_Usage_number', { number: series.events[index] ?? 0 });
  const notes = [
    off === undefined ? null : name(`Pilot_Usage_off_${off}`, off),
    ...codes.map((code) => name(`Pilot_Code_${code}`, code)),
  ];
  const note = notes.filter((text) => text !== null).join(', ');
  const active =
    count === null
      ? null
      : licensed === null
        ? say('Pilot_Usage_day_users', { users: count })
        : say('Pilot_Usage_day_users_of', { users: count, licensed });
  const shown = say('Pilot_Time_day', { day });
  const parts = [active, say('Pilot_Usage_day_events', { events: series.events[index] ?? 0 }), note || null];
  return {
    day: shown,
    users,
    events,
    note,
    line: `${shown}: ${parts.filter((part) => part !== null).join(' · ')}`,
  };
}

/** A line from day to day; a day without a value breaks it. */
function pathOf(values: readonly (number | null)[], y: (value: number) => number): string {
  return values
    .map((value, index) => {
      if (value === null) return '';
      const isJoined = index > 0 && (values[index - 1] ?? null) !== null;
      return `${isJoined ? 'L' : 'M'}${index + 0.5} ${y(value)}`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
