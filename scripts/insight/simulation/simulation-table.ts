import { wilsonInterval } from '../../domain/statistics/wilson.ts';
import { MEASURES, type Limit, type Measure } from './cells.ts';
import { brokenLimits, type CellResult } from './run-cell.ts';

const WIDTH = 34;

/** One line per cell and rule: every measure that can happen in it, with its 95 % interval, and the limits. */
export function simulationTable(results: readonly CellResult[]): string {
  return `${results.map(lineOf).join('\n')}\n`;
}

function lineOf(result: CellResult): string {
  const { cell, judge } = result;
  const broken = brokenLimits(result);
  const verdict =
    cell.limits.length === 0
      ? ''
      : broken.length === 0
        ? '  kept'
        : `  BROKEN: ${broken.map(limitText).join(', ')}`;
  const shares = measuresOf(result).map((measure) => `${MEASURES[measure]} ${shareText(result, measure)}`);
  return `${judge.padEnd(8)}${cell.name.padEnd(WIDTH)}${shares.join('; ')}${verdict}`;
}

function measuresOf({ cell }: CellResult): Measure[] {
  if (cell.change === 'stop') return ['flaggedIn10', 'stalledIn10'];
  if (cell.change === 'decay') return ['noticedIn30', 'dropSeenIn30', 'noticedIn15'];
  if (cell.change === 'halving') return ['noticedIn15', 'dropSeenIn15', 'flaggedIn10'];
  return cell.paperwork === 'ordinary'
    ? ['everStalled', 'stalledByPaperwork', 'everFlagged']
    : ['everStalled', 'everFlagged'];
}

function shareText({ hits, pilots }: CellResult, measure: Measure): string {
  const { low, high } = wilsonInterval(hits[measure], pilots);
  const percent = (share: number): string => (100 * share).toFixed(1);
  return `${percent(hits[measure] / pilots)} % [${percent(low)}–${percent(high)}]`;
}

function limitText({ measure, atMost, atLeast }: Limit): string {
  return `${MEASURES[measure]} ${atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`} %`;
}
