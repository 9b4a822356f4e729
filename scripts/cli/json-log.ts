import { pino, stdTimeFunctions, type Logger } from 'pino';
import { exitCodeOf, type ExitCode } from './exit-code.ts';
import { toldError } from './fail.ts';
import { StageProgress } from './stage-progress.ts';

/** JSON lines on stderr for whoever collects logs. Written at once, so that none is lost when the process ends. */
export function jsonLog(write: (text: string) => void = (text) => process.stderr.write(text)): Logger {
  return pino(
    {
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      // Nothing of these is ever logged on purpose.
      redact: ['accessToken', 'authorization', 'password', 'secret', '*.accessToken', '*.authorization'],
    },
    { write },
  );
}

/** Progress as log lines: one per stage with count and rate, and in a long stage some in between. */
export function logProgress(log: Logger): StageProgress {
  return new StageProgress({
    write: (text) => log.info(text.trimEnd()),
    line: (state, text) => log.info(state, text.trimEnd()),
    isTerminal: false,
    nowMs: () => performance.now(),
  });
}

/** Logs an error with its code and what to do next; returns the exit code. */
export function logError(log: Logger, error: unknown): ExitCode {
  const { code, message, actions } = toldError(error);
  const stack = process.env['PILOT_DEBUG'] && error instanceof Error ? { stack: error.stack } : {};
  log.error({ code, actions, ...stack }, `${code}: ${message}`);
  return exitCodeOf(error);
}
