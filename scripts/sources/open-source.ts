import { fileSource } from './file-source.ts';
import { httpSource } from './http/http-source.ts';
import { postgresSource } from './postgres/postgres-source.ts';
import type { SourceConfig } from './source-config.ts';
import type { SourceOptions } from './source-options.ts';
import type { UsageSource } from './source.ts';

/** Opens a configured source of any kind; nothing is read or connected yet. */
export function openSource(
  config: SourceConfig,
  options: SourceOptions,
  environment: Readonly<Record<string, string | undefined>>,
): UsageSource {
  switch (config.kind) {
    case 'files':
      return fileSource(config, options);
    case 'postgres':
      return postgresSource(config, options, environment);
    default:
      return httpSource(config, options, environment);
  }
}
