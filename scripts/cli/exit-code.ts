import { PilotError } from '../salesforce/pilot-error.ts';

/** What the process says to whoever started it; scripts/README.md explains each. */
export const EXIT = { good: 0, someFailed: 1, config: 2, unreachable: 3, locked: 4 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of a run that an error ended. */
export function exitCodeOf(error: unknown): ExitCode {
  // Errors of the package and the sample carry actions too: somebody can correct what they name.
  if (!(error instanceof PilotError))
    return error instanceof Error && 'actions' in error ? EXIT.config : EXIT.unreachable;
  if (error.code === 'RUN_IN_PROGRESS') return EXIT.locked;
  return error.kind === 'config' ? EXIT.config : EXIT.unreachable;
}
