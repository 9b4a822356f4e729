import type { PolicyRecord } from '../../domain/policy.ts';
import { resolvePolicy } from '../../domain/policy.ts';
import { wilsonInterval } from '../../domain/statistics/wilson.ts';
import { MEASURES, type Cell, type Limit, type Measure } from './cells.ts';
import { drawPilot } from './draw-pilot.ts';
import { seededRandom } from './random.ts';
import { JUDGES, watchPilot, type JudgeName } from './watch-pilot.ts';

export interface CellRun {
  readonly cell: Cell;
  readonly judge: JudgeName;
  readonly pilots: number;
  readonly seed: number;
  readonly policies: readonly PolicyRecord[];
}

export interface CellResult {
  readonly cell: Cell;
  readonly judge: JudgeName;
  readonly pilots: number;
  readonly hits: Readonly<Record<Measure, number>>;
}

/** Draws and watches the pilots of a cell; each pilot has a seed of its own, so that cells may run in any order. */
export function runCell({ cell, judge, pilots, seed, policies }: CellRun): CellResult {
  const policy = resolvePolicy(policies, 'Pilot');
  const hits = Object.fromEntries(Object.keys(MEASURES).map((measure) => [measure, 0])) as Record<
    Measure,
    number
  >;
  for (let index = 0; index < pilots; index += 1) {
    const pilot = drawPilot(cell, seededRandom(seed + 7919 * index));
    for (const measure of watchPilot(cell, pilot, JUDGES[judge], policy)) hits[measure] += 1;
  }
  return { cell, judge, pilots, hits };
}

/** The limits of the cell that are broken: the 95 % bound of the share, or any hit where none is allowed. */
export function brokenLimits({ cell, pilots, hits }: CellResult): Limit[] {
  return cell.limits.filter(({ measure, atMost, atLeast }) => {
    const { low, high } = wilsonInterval(hits[measure], pilots);
    if (atMost === 0) return hits[measure] > 0;
    return (atMost !== undefined && 100 * high > atMost) || (atLeast !== undefined && 100 * low < atLeast);
  });
}
