import {
  FEWEST,
  type Group,
  type Learning,
  type Pattern,
  type Share,
} from '../../force-app/main/default/lwc/pilotLearning/learning.ts';
import { textTable } from './text-table.ts';

const TITLES: Readonly<Record<Pattern, string>> = {
  structured: 'structured at the start',
  type: 'type',
  template: 'template',
  purpose: 'purpose',
  commitment: 'commitment of the buyer',
  extensions: 'extensions of the end',
  amendments: 'changes of signed criteria',
  firstValue: 'first use after the start',
  departments: 'departments active at the end',
};

/** What `pilot learn` prints: counts everywhere, a rate with its interval from eight pilots on. */
export function learnText({ all, leftOut, patterns, losses }: Learning): string {
  const named = leftOut.map(({ outcome, count }) => `${count} ${outcome ?? 'without outcome'}`);
  const head = [
    `${all.hits} of ${all.of} decided pilots converted: ${rateText(all)}.`,
    'Converted and Converted on other terms count as yes, Not converted and No decision as no.',
    ...(named.length > 0
      ? [`In no rate, because nothing was decided about the product: ${named.join(', ')}.`]
      : []),
    'Rates are with their 95 % interval (Wilson); intervals that overlap widely show no difference.',
  ];
  const tables = patterns.map(({ id, groups }) => table(TITLES[id], 'converted', groups));
  const lost = table('strongest signal of pilots that did not convert', 'of those lost', losses);
  return [`${head.join('\n')}\n`, ...tables, lost].filter((text) => text !== '').join('\n');
}

function table(title: string, counted: string, groups: readonly Group[]): string {
  if (groups.length === 0) return '';
  const rows = groups.map((group) => [nameOf(group.key), `${group.hits} of ${group.of}`, rateText(group)]);
  return textTable([title, counted, 'rate'], rows);
}

function nameOf(key: string | null): string {
  return key === null ? 'not known' : key === '' ? 'nothing was flagged' : key;
}

function rateText({ rate }: Share): string {
  if (rate === null) return `fewer than ${FEWEST}, no rate`;
  const percent = (share: number): number => Math.round(share * 100);
  return `${percent(rate.share)} % (${percent(rate.low)} to ${percent(rate.high)} %)`;
}
