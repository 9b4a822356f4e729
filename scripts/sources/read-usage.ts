import { rm } from 'node:fs/promises';
import type { Day, MissingEvent, PilotFacts, ReadSummary, UsageLink } from '../domain/facts.ts';
import { Engine } from './engine/engine.ts';
import { dayFacts, pilotMetrics } from './facts/batch-metrics.ts';
import { createPeople, pilotDays, pilotPeople, type PilotDays } from './facts/batch-facts.ts';
import { addDays, dayName, dayOf, lastWholeDay, startOfDay } from './facts/calendar-day.ts';
import { completeThrough } from './facts/complete-through.ts';
import { dailyTotals } from './facts/daily-totals.ts';
import { eventColumns } from './facts/event-columns.ts';
import { incompleteDays, type IncompleteDay } from './facts/incomplete-days.ts';
import { eventDays, missingEvents } from './facts/missing-events.ts';
import { namedEvents } from './facts/named-events.ts';
import { uniteUsers } from './facts/pilot-people.ts';
import { planLinks, type Batch, type LinkPlan } from './facts/link-plan.ts';
import { metricPeriod } from './facts/metric-spans.ts';
import { readableLinks } from './facts/readable-links.ts';
import { watchedEvents, zonesOf, type UsageShape } from './facts/usage-shape.ts';
import { unlinkedKeys } from './facts/unlinked-keys.ts';
import { RejectLog } from './files/reject-log.ts';
import type { MetricDefinition } from './metric-definition.ts';
import { makePrivateFolder } from './private-folder.ts';
import { progressOf } from './read-progress.ts';
import type { UsageRequest } from './source.ts';
import { isTimeZone, type UsageConfig } from './usage-config.ts';
import type { OpenUsageData, UsageData } from './usage-data.ts';

export interface UsageReadOptions {
  /** Key of the hashes that stand for people. */
  readonly secret: string;
  readonly rejectFolder: string;
  readonly metrics: readonly MetricDefinition[];
  readonly memoryLimitMb: number;
}

const NOBODY = uniteUsers([]);
const NO_DAYS: PilotDays = { days: [], events: [], countedUsers: [], parts: [] };
// product.md, "When data may be believed".
const DEFAULT_INCOMPLETE = { percent: 50, minEvents: 200 };

/**
 * One read of a source, from the data to the summary: open the data, load what is well-formed into a private
 * database as one row per key, user and day, account for every row, then aggregate pilot by pilot.
 */
export async function* readUsage(
  config: UsageConfig,
  request: UsageRequest,
  options: UsageReadOptions,
  open: (how: OpenUsageData) => Promise<UsageData>,
): AsyncGenerator<PilotFacts, ReadSummary> {
  const { now, signal } = request;
  const folder = await makePrivateFolder('usage');
  const log = new RejectLog(options.rejectFolder, config.name, now);
  let engine: Engine | null = null;
  let data: UsageData | null = null;
  try {
    const own = request.links.filter((link) => link.source === config.name);
    const columns = eventColumns(config, options.metrics, own);
    const progress = progressOf(request.onProgress);
    const stamps = own.filter(({ by }) => by === 'stamp').map(({ key }) => key);
    const shape = shapeOf(config, options.metrics, own);
    data = await open({ columns, shape, stamps, now, folder, signal, progress });
    engine = await Engine.open({
      inputs: data.inputs,
      timeZone: config.time_zone ?? 'UTC',
      memoryLimitMb: options.memoryLimitMb,
      folder,
      signal,
    });
    const { hasColumn } = data;
    const { links, unreadable } = readableLinks(own, (name) => hasColumn(columns.header(name)));
    const input = { config, columns, now, stamps };
    const account = await data.load(engine, input, shape, log);
    progress.seen();

    const plan = await planLinks(engine, own, links, shape.zones);
    const through = await completeThrough(config, engine, now, data);
    const rule = request.incompleteDays ?? DEFAULT_INCOMPLETE;
    const totals = await dailyTotals(engine, shape.zones);
    const last = through === null ? null : lastWholeDay(through, shape.zones.names[0]!);
    const incomplete = last === null ? [] : incompleteDays(totals, last, rule);
    const seen = await eventDays(engine, watchedEvents(options.metrics), shape.zones);
    const missing = last === null ? [] : missingEvents(seen, totals, last, rule.percent);
    const summary: ReadSummary = {
      source: config.name,
      ...account,
      completeThrough: through?.toISOString() ?? null,
      unlinked: await unlinkedKeys(config, engine, shape.zones, through, now),
      unseenKeys: plan.unseenKeys,
      incompleteDays: incomplete,
      missingEvents: missing,
      unreadableLinks: unreadable,
      rejectedSample: log.sample,
      rejectFile: log.count > 0 ? log.path : null,
    };
    await createPeople(engine, shape, plan, options.secret);
    for (const batch of plan.batches) {
      yield* batchFacts({ engine, shape, plan, request, options, through, incomplete, missing }, batch);
      progress.seen();
    }
    return summary;
  } finally {
    await log.close();
    await data?.close();
    if (engine) await engine.close();
    else await rm(folder, { recursive: true, force: true });
  }
}

/** Of all links that say when their days begin, so that it is known before the data is opened. */
function shapeOf(
  config: UsageConfig,
  metrics: readonly MetricDefinition[],
  links: readonly UsageLink[],
): UsageShape {
  const filters = [...new Set(links.flatMap(({ filter }) => filter?.column ?? []))];
  const known = new Set([...new Set(links.map(({ timeZone }) => timeZone))].filter(isTimeZone));
  const zones = zonesOf(
    config,
    links.filter(({ timeZone }) => known.has(timeZone)),
  );
  const windowed = links.flatMap(({ key, from, to }) => ((from ?? to) === null ? [] : [key]));
  return { config, metrics, filters, zones, windowed: [...new Set(windowed)].sort() };
}

interface BatchContext {
  readonly engine: Engine;
  readonly shape: UsageShape;
  readonly plan: LinkPlan;
  readonly request: UsageRequest;
  readonly options: UsageReadOptions;
  readonly through: Date | null;
  readonly incomplete: readonly IncompleteDay[];
  readonly missing: readonly MissingEvent[];
}

async function* batchFacts(context: BatchContext, batch: Batch): AsyncGenerator<PilotFacts> {
  const { engine, shape, plan, request, options, through } = context;
  const { grain } = shape.config;
  const days = await pilotDays(engine, shape, batch);
  const people = pilotPeople(engine, shape, batch);
  let next = await people.next();
  const heldBy = heldMetrics(options.metrics, context.missing);
  for (const [index, pilotId] of batch.pilotIds.entries()) {
    const own = days.get(index) ?? NO_DAYS;
    const isNext = next.done !== true && next.value[0] === index;
    const { users, activeDays, counts } = isNext ? next.value[1] : NOBODY;
    if (isNext) next = await people.next();
    const zone = plan.zoneOf.get(pilotId)!;
    const complete = through === null ? null : lastWholeDay(through, zone);
    const asked = request.periods?.get(pilotId);
    const first = asked?.first ?? firstDay(own);
    const last = asked?.last && complete !== null && asked.last < complete ? asked.last : complete;
    const period = first === undefined || last === null ? null : metricPeriod(first, last);
    yield {
      pilotId,
      grain,
      days: dayFacts(own, counts, grain === 'account-day'),
      users: grain === 'account-day' ? [] : users,
      completeThrough: complete,
      completeThroughInstant: through?.toISOString() ?? null,
      incompleteDays: context.incomplete.flatMap(({ day }) =>
        daysInZone(day, shape.zones.names[0]!, zone, grain),
      ),
      metrics: (period
        ? pilotMetrics(options.metrics, own, grain === 'account-day' ? [] : activeDays, period)
        : []
      ).map((metric) => {
        const held = heldBy.get(metric.metric);
        return held ? { ...metric, held } : metric;
      }),
    };
  }
}

function firstDay({ days: [first] }: PilotDays): Day | undefined {
  return first === undefined ? undefined : dayName(first);
}

/** By metric, the event that it names and that stopped coming. */
function heldMetrics(
  metrics: readonly MetricDefinition[],
  missing: readonly MissingEvent[],
): Map<string, MissingEvent> {
  return new Map(
    metrics.flatMap((metric) => {
      const names = namedEvents(metric);
      const held = missing.find(({ event, lastSeen }) => lastSeen !== null && names.includes(event));
      return held ? [[metric.name, held] as const] : [];
    }),
  );
}

/** The days of a pilot's calendar that lie, if only in part, on a day of the source's. */
function daysInZone(day: Day, from: string, to: string, grain: UsageConfig['grain']): Day[] {
  if (from === to || grain !== 'event') return [day];
  const first = dayOf(startOfDay(day, from), to);
  const last = dayOf(new Date(startOfDay(addDays(day, 1), from).getTime() - 1), to);
  return [...new Set([first, last])];
}
