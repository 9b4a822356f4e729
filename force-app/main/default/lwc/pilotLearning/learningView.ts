// What the page says of what was learned: words and geometry, no DOM.
import { sayTo } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import { FEWEST, learn } from './learning';
import type { Group, Pattern, Rate, Share } from './learning';
import type { EndedPilots } from './learningData';

export interface LearningView {
  /** "7 of 12 decided pilots converted: 58 % (32 to 81 %)." */
  readonly summary: string;
  /** What is in no rate, and why; empty where nothing is left out. */
  readonly leftOut: string;
  /** Said where not all pilots could be read; empty otherwise. */
  readonly bounded: string;
  readonly tables: readonly TableView[];
}

export interface TableView {
  readonly id: string;
  readonly title: string;
  /** Heading of the second column. */
  readonly counted: string;
  readonly rows: readonly RowView[];
}

export interface RowView {
  readonly key: string;
  readonly name: string;
  /** "7 of 12" */
  readonly count: string;
  /** "58 % (32 to 81 %)", or that there are too few. */
  readonly rate: string;
  /** Null where there is no rate to draw. */
  readonly plot: PlotView | null;
}

/** Places on a line from 0 to 100 %, as SVG wants them. */
export interface PlotView {
  readonly low: string;
  readonly high: string;
  readonly dot: string;
  /** Rate of all pilots; empty where it is no comparison. */
  readonly all: string;
}

/** Null while no pilot has ended. */
export function learningView(ended: EndedPilots, reader: Reader): LearningView | null {
  if (ended.pilots.length === 0) return null;
  const say = sayTo(reader);
  const { all, leftOut, patterns, losses } = learn(ended.pilots);
  const read = { read: ended.pilots.length, count: ended.totalCount };
  const named = leftOut.map(({ outcome, count }) =>
    say('Pilot_Learn_count', { name: nameOf('outcome', outcome, ended, say), count }),
  );
  const tables = patterns.map(({ id, groups }) => tableView(id, groups, all, ended, say));
  const lost = tableView('losses', losses, null, ended, say);
  return {
    summary: say(all.rate === null ? 'Pilot_Learn_all_few' : 'Pilot_Learn_all', {
      ...all,
      fewest: FEWEST,
      rate: rateText(all, say),
    }),
    leftOut: named.length === 0 ? '' : say('Pilot_Learn_left_out', { list: named.join(', ') }),
    bounded: ended.totalCount > ended.pilots.length ? say('Pilot_Learn_bounded', read) : '',
    tables: [...tables, lost].filter(({ rows }) => rows.length > 0),
  };
}

type Shown = Pattern | 'losses' | 'outcome';

function tableView(
  id: Pattern | 'losses',
  groups: readonly Group[],
  all: Share | null,
  ended: EndedPilots,
  say: Say,
): TableView {
  return {
    id,
    title: say(`Pilot_Learn_by_${id}`),
    counted: say(id === 'losses' ? 'Pilot_Learn_col_lost' : 'Pilot_Learn_col_converted'),
    rows: groups.map((group) => ({
      key: group.key ?? 'unknown',
      name: nameOf(id, group.key, ended, say),
      count: say('Pilot_Learn_of', { hits: group.hits, of: group.of }),
      rate: rateText(group, say),
      plot: group.rate && plotView(group.rate, all?.rate ?? null),
    })),
  };
}

function rateText({ rate }: Share, say: Say): string {
  if (rate === null) return say('Pilot_Learn_few', { fewest: FEWEST });
  const percent = (share: number): number => Math.round(share * 100);
  return say('Pilot_Learn_rate', {
    share: percent(rate.share),
    low: percent(rate.low),
    high: percent(rate.high),
  });
}

function plotView({ share, low, high }: Rate, all: Rate | null): PlotView {
  const place = (at: number): string => `${(at * 100).toFixed(1)}%`;
  return { low: place(low), high: place(high), dot: place(share), all: all === null ? '' : place(all.share) };
}

/** Steps and codes have labels of ours, picklist values those of the org, and templates their names. */
function nameOf(shown: Shown, key: string | null, { labels }: EndedPilots, say: Say): string {
  if (key === null) return say('Pilot_Learn_unknown');
  switch (shown) {
    case 'structured':
    case 'extensions':
    case 'amendments':
    case 'firstValue':
    case 'departments':
      return say(`Pilot_Learn_${shown}_${key.replaceAll(/\W/g, '')}`);
    case 'losses':
      return key === '' ? say('Pilot_Learn_not_flagged') : capitalised(say(`Pilot_Code_${key}`));
    default:
      return labels.get(key) ?? key;
  }
}

function capitalised(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}
