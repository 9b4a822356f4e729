import type { MetricFacts } from '../../domain/facts.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { MetricDefinition } from '../metric-definition.ts';
import {
  metricFacts,
  spanKey,
  spansOf,
  type Measured,
  type MetricPeriod,
  type Span,
} from './metric-spans.ts';
import { metricOfNothing, metricQuery } from './metric-sql.ts';

const INSERT_ROWS = 1000;

/** Evaluates every metric for the pilots of the batch in `used`, in the engine, one statement per metric. */
export async function batchMetrics(
  engine: Engine,
  metrics: readonly MetricDefinition[],
  periods: ReadonlyMap<string, MetricPeriod>,
): Promise<Map<string, MetricFacts[]>> {
  const facts = new Map<string, MetricFacts[]>([...periods.keys()].map((id) => [id, []]));
  if (metrics.length === 0) return facts;
  const idOf = await insertSpans(engine, periods);
  for (const metric of metrics) {
    const { sql, values } = metricQuery(metric);
    const measured = new Map<number, Measured>();
    for (const row of await engine.rows(sql, values))
      measured.set(Number(row['id']), {
        value: typeof row['value'] === 'number' ? row['value'] : null,
        count: Number(row['observations']),
      });
    const nothing = { value: metricOfNothing(metric), count: 0 };
    for (const [pilotId, period] of periods) {
      const measure = (span: Span) => measured.get(idOf.get(`${pilotId} ${spanKey(span)}`)!) ?? nothing;
      facts.get(pilotId)!.push(...metricFacts(metric.name, period, measure));
    }
  }
  return facts;
}

async function insertSpans(
  engine: Engine,
  periods: ReadonlyMap<string, MetricPeriod>,
): Promise<Map<string, number>> {
  await engine.run(
    'CREATE OR REPLACE TEMP TABLE span (pilot_id VARCHAR, id INTEGER, first_day DATE, last_day DATE)',
  );
  const idOf = new Map<string, number>();
  const rows: string[] = [];
  for (const [pilotId, period] of periods)
    for (const span of spansOf(period)) {
      idOf.set(`${pilotId} ${spanKey(span)}`, idOf.size);
      rows.push(`(${literal(pilotId)}, ${idOf.size - 1}, ${literal(span.first)}, ${literal(span.last)})`);
    }
  for (let at = 0; at < rows.length; at += INSERT_ROWS)
    await engine.run(`INSERT INTO span VALUES ${rows.slice(at, at + INSERT_ROWS).join(', ')}`);
  return idOf;
}
