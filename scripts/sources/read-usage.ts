import { rm } from 'node:fs/promises';
import type { MissingEvent, PilotFacts, ReadSummary } from '../domain/facts.ts';
import { Engine, makeEngineFolder } from './engine/engine.ts';
import { batchMetrics } from './facts/batch-metrics.ts';
import { dayFacts, selectBatch, userFacts } from './facts/batch-facts.ts';
import { lastWholeDay } from './facts/calendar-day.ts';
import { completeThrough } from './facts/complete-through.ts';
import { dailyTotals } from './facts/daily-totals.ts';
import { eventColumns, type EventColumns } from './facts/event-columns.ts';
import { incompleteDays, type IncompleteDay } from './facts/incomplete-days.ts';
import { eventDays, missingEvents, namedEvents } from './facts/missing-events.ts';
import { planLinks, type Batch, type LinkPlan } from './facts/link-plan.ts';
import { metricPeriod, type MetricPeriod } from './facts/metric-spans.ts';
import { readableLinks } from './facts/readable-links.ts';
import { unlinkedKeys } from './facts/unlinked-keys.ts';
import type { FileSourceConfig } from './file-source-config.ts';
import { findFiles } from './files/find-files.ts';
import { prepareFiles } from './files/prepare-file.ts';
import { RejectLog } from './files/reject-log.ts';
import { loadFiles } from './load-files.ts';
import type { MetricDefinition } from './metric-definition.ts';
import { progressOf } from './read-progress.ts';
import type { UsageRequest } from './source.ts';

export interface UsageReadOptions {
  readonly hash: (user: string) => string;
  readonly rejectFolder: string;
  readonly metrics: readonly MetricDefinition[];
  readonly memoryLimitMb: number;
}

// product.md, "When data may be believed".
const DEFAULT_INCOMPLETE = { percent: 50, minEvents: 200 };

/**
 * One read of a file source, from the folder to the summary: walk every file, load what is well-formed into a
 * private database, account for every row, then aggregate pilot by pilot.
 */
export async function* readUsage(
  config: FileSourceConfig,
  request: UsageRequest,
  options: UsageReadOptions,
): AsyncGenerator<PilotFacts, ReadSummary> {
  const { now, signal } = request;
  const folder = await makeEngineFolder();
  const log = new RejectLog(options.rejectFolder, config.name);
  let engine: Engine | null = null;
  try {
    await log.start();
    const own = request.links.filter((link) => link.source === config.name);
    const columns = eventColumns(config, options.metrics, own);
    const progress = progressOf(request.onProgress);
    const files = await findFiles(config.paths, config.format);
    const prepared = await prepareFiles(files, config, columns, { folder, signal, progress });
    engine = await Engine.open({
      inputs: prepared.map(({ path }) => path),
      timeZone: config.time_zone ?? 'UTC',
      memoryLimitMb: options.memoryLimitMb,
      folder,
      signal,
    });
    const stamps = own.filter(({ by }) => by === 'stamp').map(({ key }) => key);
    const account = await loadFiles(engine, { config, columns, now, stamps }, prepared, log);
    progress.loaded();

    const { links, unreadable } = readableLinks(own, (name) =>
      prepared.every((file) => file.hasColumn(columns.header(name))),
    );
    const plan = await planLinks(engine, own, links);
    const through = await completeThrough(config, engine, now);
    const holes = holesByZone(engine, config, through, request.incompleteDays ?? DEFAULT_INCOMPLETE);
    const missing = await eventsMissing(engine, config, through, options.metrics);
    const summary: ReadSummary = {
      source: config.name,
      ...account,
      completeThrough: through?.toISOString() ?? null,
      unlinked: await unlinkedKeys(config, engine, through, now),
      incompleteDays: await holes(config.time_zone ?? 'UTC'),
      missingEvents: missing,
      unreadableLinks: unreadable,
      rejectedSample: log.sample,
      rejectFile: log.count > 0 ? log.path : null,
    };
    for (const batch of plan.batches) {
      yield* batchFacts({ engine, config, columns, plan, request, options, through, holes, missing }, batch);
      progress.batch(batch.number + 1, plan.batches.length);
    }
    return summary;
  } finally {
    await log.close();
    if (engine) await engine.close();
    else await rm(folder, { recursive: true, force: true });
  }
}

interface BatchContext {
  readonly engine: Engine;
  readonly config: FileSourceConfig;
  readonly columns: EventColumns;
  readonly plan: LinkPlan;
  readonly request: UsageRequest;
  readonly options: UsageReadOptions;
  readonly through: Date | null;
  readonly holes: (timeZone: string) => Promise<readonly IncompleteDay[]>;
  readonly missing: readonly MissingEvent[];
}

async function* batchFacts(context: BatchContext, batch: Batch): AsyncGenerator<PilotFacts> {
  const { engine, config, columns, plan, request, options, through, holes, missing } = context;
  await selectBatch(engine, config, columns, plan, batch);
  const days = await dayFacts(engine, config.grain);
  const users = config.grain === 'account-day' ? new Map() : await userFacts(engine, options.hash);
  const lastOf = (pilotId: string) =>
    through === null ? null : lastWholeDay(through, plan.zoneOf.get(pilotId)!);
  const periods = new Map<string, MetricPeriod>();
  for (const pilotId of batch.pilotIds) {
    const own = request.periods?.get(pilotId);
    const first = own?.first ?? days.get(pilotId)?.[0]?.day;
    const complete = lastOf(pilotId);
    if (first === undefined || complete === null) continue;
    const last = own?.last && own.last < complete ? own.last : complete;
    const period = metricPeriod(first, last);
    if (period) periods.set(pilotId, period);
  }
  const metrics = await batchMetrics(engine, options.metrics, periods);
  const heldBy = new Map(
    options.metrics.flatMap((metric) => {
      const names = namedEvents(metric);
      const held = missing.find(({ event, lastSeen }) => lastSeen !== null && names.includes(event));
      return held ? [[metric.name, held] as const] : [];
    }),
  );
  for (const pilotId of batch.pilotIds)
    yield {
      pilotId,
      grain: config.grain,
      days: days.get(pilotId) ?? [],
      users: users.get(pilotId) ?? [],
      completeThrough: lastOf(pilotId),
      completeThroughInstant: through?.toISOString() ?? null,
      incompleteDays: (await holes(plan.zoneOf.get(pilotId)!)).map(({ day }) => day),
      metrics: (metrics.get(pilotId) ?? []).map((metric) => {
        const held = heldBy.get(metric.metric);
        return held ? { ...metric, held } : metric;
      }),
    };
}

async function eventsMissing(
  engine: Engine,
  config: FileSourceConfig,
  through: Date | null,
  metrics: readonly MetricDefinition[],
): Promise<MissingEvent[]> {
  if (through === null) return [];
  const zone = config.time_zone ?? 'UTC';
  const totals = await dailyTotals(engine, config, zone);
  const days = await eventDays(engine, config, metrics, zone);
  return missingEvents(days, totals, lastWholeDay(through, zone), DEFAULT_INCOMPLETE.percent);
}

/** Incomplete days in a zone, each zone computed once: a pilot's days are those of its own calendar. */
function holesByZone(
  engine: Engine,
  config: FileSourceConfig,
  through: Date | null,
  rule: { readonly percent: number; readonly minEvents: number },
): (timeZone: string) => Promise<readonly IncompleteDay[]> {
  const known = new Map<string, Promise<readonly IncompleteDay[]>>();
  const compute = async (zone: string) =>
    through === null
      ? []
      : incompleteDays(await dailyTotals(engine, config, zone), lastWholeDay(through, zone), rule);
  return (zone) => {
    const days = known.get(zone) ?? compute(zone);
    known.set(zone, days);
    return days;
  };
}
