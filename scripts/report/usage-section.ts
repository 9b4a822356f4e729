import type { PaperSection, PaperWriter } from '../../force-app/main/default/lwc/pilotPaper/paper.ts';
import type { ReportFacts } from './read-report-facts.ts';

const MOST_WEEKS = 16;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** Who used it, by week. Where that is not known it says so, and never that nobody did. */
export function usageSection(
  { weeks, access, hasNoTelemetry }: ReportFacts,
  paper: PaperWriter,
): PaperSection {
  const heading = paper.say('use');
  const { weeklyUsers, countedTo } = access;
  if (hasNoTelemetry) return { heading, lines: [paper.say('noTelemetry')], table: null };
  if (weeklyUsers === null || countedTo === null)
    return { heading, lines: [paper.say('usageUnknown')], table: null };
  const name = weeklyUsers === 1 ? 'lastWeekOne' : 'lastWeek';
  const values = { users: paper.number(weeklyUsers), day: paper.day(countedTo) };
  const bars = weeklyBars(weeks, countedTo).map(({ start, users }) => {
    const text = paper.number(users);
    const isWhole = Date.parse(start) + WEEK_MS - DAY_MS <= Date.parse(countedTo);
    return {
      label: paper.shortDay(start),
      value: users,
      // A week that is not over looks like a drop.
      text: isWhole ? text : paper.say('soFar', { users: text, day: paper.shortDay(countedTo) }),
    };
  });
  return {
    heading,
    lines: [paper.say(name, values)],
    table: null,
    chart: bars.length > 0 ? { title: paper.say('weeklyUsers'), bars } : null,
  };
}

/** The org keeps no record of a week in which nobody was active: up to the last counted day, such a week is zero. */
function weeklyBars(weeks: ReportFacts['weeks'], countedTo: string): { start: string; users: number }[] {
  const [first] = weeks;
  if (!first || weeks.some(({ users }) => users === null)) return [];
  const users = new Map(weeks.map((week) => [week.start, week.users ?? 0]));
  const bars = [];
  for (let at = Date.parse(first.start); at <= Date.parse(countedTo); at += WEEK_MS) {
    const start = new Date(at).toISOString().slice(0, 10);
    bars.push({ start, users: users.get(start) ?? 0 });
  }
  return bars.slice(-MOST_WEEKS);
}
