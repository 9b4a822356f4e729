import type { UsageLink } from '../../domain/facts.ts';
import type { UsageConfig } from '../usage-config.ts';
import { metricColumns, type MetricDefinition } from '../metric-definition.ts';
import { identifier } from '../engine/sql.ts';

/** Columns beyond the fixed ones that filters and metrics read: as text (`text:x`) or as number (`number:x`). */
export interface EventColumns {
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
  /** Those that a metric needs; the others are named by a rep's link filter only and may be missing. */
  readonly measured: readonly string[];
  /** Header name behind a configured name: `event` → what `columns.event` says, else the name itself. */
  header(name: string): string;
}

export function eventColumns(
  config: Pick<UsageConfig, 'columns'>,
  metrics: readonly MetricDefinition[],
  links: readonly UsageLink[],
): EventColumns {
  const mapped: Readonly<Record<string, string | undefined>> = config.columns;
  const used = metrics.flatMap(metricColumns);
  const filters = links.flatMap(({ filter }) => (filter ? [filter.column] : []));
  return {
    texts: [
      ...new Set([...used.filter((column) => !column.isNumber).map(({ column }) => column), ...filters]),
    ],
    numbers: [...new Set(used.filter(({ isNumber }) => isNumber).map(({ column }) => column))],
    measured: [...new Set(used.map(({ column }) => column))],
    header: (name) => (Object.hasOwn(mapped, name) ? mapped[name] : undefined) ?? name,
  };
}

export const textColumn = (name: string) => identifier(`text:${name}`);
export const numberColumn = (name: string) => identifier(`number:${name}`);
