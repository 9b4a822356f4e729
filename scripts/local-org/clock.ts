/** The org's time. NOW(), TODAY() and every audit field follow it. */
export interface Clock {
  now(): Date;
}

/**
 * A clock that starts at `start` and runs on from there with the machine's monotonic time;
 * without `start` it is the machine's own clock.
 */
export function createClock(start?: Date): Clock {
  if (start === undefined) return { now: () => new Date() };
  const startedMs = performance.now();
  return { now: () => new Date(start.getTime() + Math.floor(performance.now() - startedMs)) };
}
