import { classifyFailure, type Failure } from './classify-failure.ts';
import { cutText } from './cut-text.ts';
import { ConfigError, FatalError, PilotError, TransientError } from './pilot-error.ts';
import { Unanswered } from './unanswered.ts';

/** Time and chance are parameters, so that tests decide them. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** No repetition of a request begins later than this after its first attempt, however few there were. */
  readonly budgetMs: number;
  /** Milliseconds from any point on. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** Up to 7 attempts with at most half a minute of pauses; a request that always runs into its two minutes ends after two. */
export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 7,
  firstDelayMs: 500,
  longestDelayMs: 20_000,
  budgetMs: 180_000,
  clock: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

/** Waiting time before attempt `n` (1 = the first repetition): doubled each time, half of it left to chance. */
export function retryDelayMs(policy: RetryPolicy, n: number): number {
  const longest = Math.min(policy.longestDelayMs, policy.firstDelayMs * 2 ** (n - 1));
  return Math.round(longest / 2 + (longest / 2) * policy.random());
}

/**
 * Runs `call` until it succeeds or its failure is not worth repeating. Only calls that may safely be sent twice
 * belong here: reads, updates by id and upserts by key (a lost answer may have been a success).
 */
export async function withRetry<T>(policy: RetryPolicy, what: string, call: () => Promise<T>): Promise<T> {
  const startedMs = policy.clock();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof PilotError) throw error;
      const failure = failureOf(error);
      const verdict = classifyFailure(failure, 'request');
      const delayMs = retryDelayMs(policy, attempt);
      const isInBudget = policy.clock() - startedMs + delayMs <= policy.budgetMs;
      if (verdict.action === 'retry' && attempt < policy.attempts && isInBudget) {
        await policy.sleep(delayMs);
        continue;
      }
      const Kind = { config: ConfigError, transient: TransientError, fatal: FatalError }[verdict.kind];
      const tries = attempt > 1 ? ` after ${attempt} attempts` : '';
      const told =
        error instanceof Unanswered
          ? `${failure.message}${tries}: ${what}`
          : `${what}: ${failure.code} ${failure.message}${tries}`;
      throw new Kind(verdict.code, told, {
        actions: [verdict.fix],
        cause: error,
      });
    }
  }
}

/** Code and message of whatever jsforce or the network threw. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', message: String(error) };
  // jsforce: HttpApiError.errorCode; undici: TypeError "fetch failed" whose cause (or its cause) has the code.
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const { errorCode, code } = current as { errorCode?: unknown; code?: unknown };
    if (typeof errorCode === 'string') return { code: errorCode, message: firstLine(current.message) };
    if (typeof code === 'string') return { code, message: firstLine(error.message) };
  }
  // A request that took too long ends in a DOMException, whose code is a number.
  if (error.name === 'TimeoutError') return { code: 'ETIMEDOUT', message: firstLine(error.message) };
  return { code: 'UNKNOWN', message: firstLine(error.message) };
}

// Query errors begin with the query itself on several lines; the last line says what is wrong.
function firstLine(message: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const found = lines.length > 1 ? lines[lines.length - 1]! : (lines[0] ?? '');
  return cutText(found, 300);
}
