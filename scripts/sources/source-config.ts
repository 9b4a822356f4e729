import { z } from 'zod';
import { FileSourceConfig } from './file-source-config.ts';
import {
  AmplitudeSourceConfig,
  JsonSourceConfig,
  MixpanelSourceConfig,
  PosthogSourceConfig,
} from './http/http-source-config.ts';
import { PostgresSourceConfig } from './postgres/postgres-source-config.ts';

/** One entry of `sources:` in the configuration; `kind` says which. */
export const SourceConfig = z.discriminatedUnion('kind', [
  FileSourceConfig,
  PostgresSourceConfig,
  PosthogSourceConfig,
  MixpanelSourceConfig,
  AmplitudeSourceConfig,
  JsonSourceConfig,
]);
export type SourceConfig = z.infer<typeof SourceConfig>;
