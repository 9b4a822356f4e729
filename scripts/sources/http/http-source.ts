import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays } from '../facts/calendar-day.ts';
import { FileSourceConfig } from '../file-source-config.ts';
import { openFileData } from '../file-data.ts';
import { metricColumns, type MetricDefinition } from '../metric-definition.ts';
import { makePrivateFolder } from '../private-folder.ts';
import { readUsage } from '../read-usage.ts';
import { SourceError } from '../source-error.ts';
import type { SourceOptions } from '../source-options.ts';
import type { UsageRequest, UsageSource } from '../source.ts';
import { amplitudeParts } from './amplitude.ts';
import { flatten, type DownloadPart, type DownloadWindow } from './download.ts';
import { HttpClient, type HttpClock } from './http-client.ts';
import type { HttpSourceConfig } from './http-source-config.ts';
import { jsonPart } from './json-pages.ts';
import { MIXPANEL_EVENT_ID, mixpanelParts } from './mixpanel.ts';
import { nameRejected, type RecordName } from './name-rejected.ts';
import { posthogPart } from './posthog.ts';
import { secretOf, type Environment } from './secret.ts';

const CLOCK: HttpClock = { sleep: (ms) => sleep(ms) };

/**
 * A usage source behind an API. What it answers streams into private files of JSON lines, which then go the way of every
 * file; nothing is believed before all of it has arrived.
 */
export function httpSource(
  config: HttpSourceConfig,
  options: SourceOptions,
  environment: Environment,
  clock: HttpClock = CLOCK,
): UsageSource {
  const { secret, rejectFolder, metrics = [], memoryLimitMb = 1024 } = options;
  refuseUnknownColumns(config, metrics);
  return {
    name: config.name,
    async check() {
      const now = new Date();
      const day = addDays(now.toISOString().slice(0, 10), -1);
      const client = new HttpClient(config.name, clock, undefined);
      const [part] = partsOf(config, environment, { from: day, to: day, now });
      const folder = await makePrivateFolder('download');
      try {
        await client.persist(() => firstRecord(part!(client, folder)));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async *read(request) {
      const folder = await makePrivateFolder('download');
      try {
        const paths = await download(config, environment, clock, request, folder);
        const files = fileConfig(config, paths);
        const summary = yield* readUsage(
          files,
          request,
          { secret, rejectFolder, metrics, memoryLimitMb },
          (how) => openFileData(files, how, null),
        );
        return await nameRejected(summary, paths, recordName(config, files));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async close() {},
  };
}

async function firstRecord(records: ReturnType<DownloadPart>): Promise<void> {
  try {
    await records.next();
  } finally {
    await records.return(undefined);
  }
}

function partsOf(
  config: HttpSourceConfig,
  environment: Environment,
  window: DownloadWindow,
): readonly DownloadPart[] {
  const secret = (variable: string) => secretOf(environment, variable, config.name);
  switch (config.kind) {
    case 'posthog':
      return [posthogPart(config, secret(config.key_env), window)];
    case 'mixpanel':
      return mixpanelParts(
        config,
        { user: secret(config.user_env), secret: secret(config.secret_env) },
        window,
      );
    case 'amplitude':
      return amplitudeParts(
        config,
        { key: secret(config.key_env), secret: secret(config.secret_env) },
        window,
      );
    case 'json':
      return [jsonPart(config, environment, window)];
  }
}

/** Writes every part to a file of its own; a part that breaks is written again from its start. */
async function download(
  config: HttpSourceConfig,
  environment: Environment,
  clock: HttpClock,
  { now, signal, onProgress }: UsageRequest,
  folder: string,
): Promise<string[]> {
  const to = now.toISOString().slice(0, 10);
  const parts = partsOf(config, environment, { from: addDays(to, -config.days), to, now });
  const client = new HttpClient(config.name, clock, signal);
  const paths: string[] = [];
  let rows = 0;
  for (const [index, part] of parts.entries()) {
    const path = join(folder, `${config.name}-${String(index + 1).padStart(3, '0')}.ndjson`);
    rows += await client.persist(() => writePart(part(client, folder), path));
    if (rows > 0) onProgress?.({ rows, total: null });
    if ((await stat(path)).size > 0) paths.push(path);
  }
  if (paths.length > 0) return paths;
  throw new SourceError(
    'SOURCE_EMPTY',
    `Source ${config.name} answered without a single event in ${config.days} days.`,
    ['Check project, group and columns; no events at all is taken for a mistake, never for no usage.'],
  );
}

async function writePart(records: ReturnType<DownloadPart>, path: string): Promise<number> {
  let rows = 0;
  async function* lines() {
    for await (const record of records) {
      rows++;
      yield `${JSON.stringify(flatten(record))}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }));
  return rows;
}

function fileConfig(config: HttpSourceConfig, paths: readonly string[]): FileSourceConfig {
  const { name, lag_hours, exclude } = config;
  const common = { name, lag_hours, exclude, kind: 'files', format: 'ndjson', paths };
  if (config.kind === 'posthog') {
    const { columns } = config;
    return FileSourceConfig.parse({ ...common, columns, grain: 'user-day', time_zone: 'UTC' });
  }
  const { columns, complete_through, time_zone } = config;
  const more = { ...common, columns, complete_through, time_zone };
  if (config.kind === 'json')
    return FileSourceConfig.parse({ ...more, grain: config.grain, time_format: config.time_format });
  if (config.kind === 'mixpanel')
    return FileSourceConfig.parse({
      ...more,
      columns: { ...columns, event_id: MIXPANEL_EVENT_ID },
      time_format: 'epoch_s',
    });
  // "returns events timestamped in UTC", without saying so in each.
  return FileSourceConfig.parse({ ...more, time_zone: time_zone ?? 'UTC' });
}

/** How a person finds a record at the service; of who did it nothing is said. */
function recordName(config: HttpSourceConfig, { columns }: FileSourceConfig): RecordName {
  const place = new URL('url' in config ? config.url : config.host).host;
  if (config.kind === 'mixpanel') return { place, columns: ['properties.$insert_id'] };
  const { event_id, usage_key, event_time } = columns;
  return { place, columns: event_id === undefined ? [usage_key, event_time] : [event_id] };
}

const POSTHOG_COLUMNS = new Set(['event', 'user_id', 'usage_key']);

/** PostHog adds up; a property that it did not group by would read as blank, and so as no usage. */
function refuseUnknownColumns(config: HttpSourceConfig, metrics: readonly MetricDefinition[]): void {
  if (config.kind !== 'posthog') return;
  for (const metric of metrics)
    for (const { column } of metricColumns(metric))
      if (!POSTHOG_COLUMNS.has(column))
        throw new SourceError(
          'SOURCE_COLUMNS',
          `Metric ${metric.name} reads ${column}, which PostHog source ${config.name} does not give.`,
          [
            'Name in sources: of the metric the sources that have the column.',
            `Of PostHog only ${[...POSTHOG_COLUMNS].join(', ')} can be measured.`,
          ],
        );
}
