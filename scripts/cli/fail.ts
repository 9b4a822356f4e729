import { exitCodeOf, type ExitCode } from './exit-code.ts';

interface Told {
  readonly code: string;
  readonly message: string;
  readonly actions: readonly string[];
}

/** Prints an error with its code and what to do next to stderr; returns the exit code. */
export function fail(
  error: unknown,
  write: (text: string) => void = (text) => process.stderr.write(text),
): ExitCode {
  const { code, message, actions } = toldError(error);
  write(`\n${code}: ${message}\n`);
  actions.forEach((action, index) => write(`  ${index === 0 ? '→' : ' '} ${action}\n`));
  if (process.env.PILOT_DEBUG && error instanceof Error) write(`${error.stack}\n`);
  return exitCodeOf(error);
}

/** An error in the three parts that every output shows; errors of other folders carry the same parts. */
export function toldError(error: unknown): Told {
  if (!(error instanceof Error)) return { code: 'UNEXPECTED', message: String(error), actions: [REPORT] };
  const { code, actions } = error as { code?: unknown; actions?: unknown };
  const known = typeof code === 'string' && Array.isArray(actions);
  return known
    ? { code, message: error.message, actions: actions.map(String) }
    : { code: 'UNEXPECTED', message: error.message, actions: [REPORT] };
}

const REPORT = 'This is a mistake in Pilot Tracker: run again with PILOT_DEBUG=1 and report what it prints.';
