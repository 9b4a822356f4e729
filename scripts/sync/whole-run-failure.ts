import { PolicyError } from '../domain/policy.ts';
import { ConfigError, FatalError, PilotError } from '../salesforce/pilot-error.ts';

/** Whatever ended a run, as one of the three kinds. */
export function wholeRunFailure(error: unknown): PilotError {
  if (error instanceof PilotError) return error;
  if (error instanceof PolicyError)
    return new ConfigError(error.code, error.message, { actions: error.actions, cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new FatalError('UNEXPECTED', message, { actions: ['Report this message.'], cause: error });
}
