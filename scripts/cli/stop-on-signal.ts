import { TransientError } from '../salesforce/pilot-error.ts';

/** Service managers wait at least this long between asking and killing (docker stop: 10 s). */
const LONGEST_PARTING_MS = 4_500;

/** A signal that SIGTERM or SIGINT aborts; the second one ends the process at once. */
export function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () =>
      controller.abort(
        new TransientError('STOPPED', `The run was asked to end (${name}).`, {
          actions: ['Run again: what was written stays, the rest follows.'],
        }),
      ),
    );
  }
  return controller.signal;
}

/** The result of `work`; a stopped one is waited for to give its lease back, but not for ever. */
export async function stopAfter<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined);
  signal.addEventListener('abort', () => {
    setTimeout(() => late.reject(signal.reason as Error), LONGEST_PARTING_MS).unref();
  });
  return await Promise.race([work, late.promise]);
}
