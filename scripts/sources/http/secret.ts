import { SourceError } from '../source-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A secret from the environment. @throws SourceError naming the variable when it is not set. */
export function secretOf(environment: Environment, variable: string, source: string): string {
  const value = environment[variable];
  if (value !== undefined && value !== '') return value;
  throw new SourceError('SOURCE_SECRET', `${variable} is not set; source ${source} needs it.`, [
    `export ${variable}=… in the environment of the sync; secrets are never in the configuration.`,
  ]);
}
