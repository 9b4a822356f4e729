import { join } from 'node:path';
import { openSource } from '../sources/open-source.ts';
import type { UsageSource } from '../sources/source.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { networkMetrics } from './network-metrics.ts';
import type { SyncConfig } from './sync-config.ts';

/** Name of the environment variable with the secret that hides people's ids. */
export const SECRET_VARIABLE = 'PILOT_USER_SECRET';

/** The configured sources, not yet read; their own secrets are in the environment. */
export function openSources(
  config: SyncConfig,
  secret: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): UsageSource[] {
  return config.sources.map((source) => {
    const metrics = config.metrics.filter((metric) => metric.sources?.includes(source.name) ?? true);
    const options = {
      secret,
      rejectFolder: join(config.run.folder, 'rejected'),
      cacheFolder: cacheFolderOf(config),
      metrics: [...metrics, ...networkMetrics(config.network, source)],
    };
    return openSource(source, options, environment);
  });
}

/** Where rows of sources are kept between runs; null where nothing is. */
export function cacheFolderOf({ run }: Pick<SyncConfig, 'run'>): string | null {
  return run.cache === false ? null : (run.cache ?? join(run.folder, 'cache'));
}

/** The secret for user ids. @throws ConfigError when it is missing or too short to hide anything. */
export function secretFrom(environment: Readonly<Record<string, string | undefined>>): string {
  const secret = environment[SECRET_VARIABLE] ?? '';
  if (secret.length >= 16) return secret;
  throw new ConfigError(
    'NO_SECRET',
    `${SECRET_VARIABLE} is ${secret === '' ? 'not set' : 'shorter than 16 characters'}; it keeps user ids out of Salesforce.`,
    {
      actions: [
        `Make one and keep it, since another secret makes every user a new one: export ${SECRET_VARIABLE}=$(openssl rand -hex 32)`,
      ],
    },
  );
}
