/** How long a stopped run may wait for the answer under way, and again for its own last words. */
export const PARTING_MS = 2_000;

/**
 * The result of `work`, or the signal's reason once it is aborted. The request under way is waited for, because the
 * next run must not begin while a write of this one may still land; no further one is sent.
 */
export async function unlessStopped<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await work;
  const stopped = Promise.withResolvers<never>();
  stopped.promise.catch(() => undefined);
  const stop = (): void => stopped.reject(signal.reason as Error);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    if (signal.aborted)
      await atMost(
        PARTING_MS,
        work.catch(() => undefined),
      );
  }
}

/** Waits for `work`, but no longer than this many milliseconds. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
