import type { Clock } from '../clock.ts';
import { saveError, type SaveError } from './save-error.ts';

interface HeldLock {
  readonly holder: RequestLocks;
  readonly until: number;
}

/**
 * Row locks with a modelled time. A save locks its record and the record's masters, and keeps them until its
 * request is answered `heldMs` later; a request that needs one of them meanwhile is refused. By default the time
 * is 0 and nobody ever meets a lock. The platform waits up to 10 seconds first; here nobody waits.
 * https://developer.salesforce.com/docs/atlas.en-us.256.0.draes.meta/draes/draes_object_relationships_record_level_locking.htm
 */
export class RowLocks {
  readonly #clock: Clock;
  readonly #heldMs: number;
  readonly #held = new Map<string, HeldLock>();

  constructor(clock: Clock, heldMs: number) {
    this.#clock = clock;
    this.#heldMs = heldMs;
  }

  /** The locks of one request. `isRefused`: everything it asks for is held by somebody else. */
  open(isRefused: boolean): RequestLocks {
    return new RequestLocks(this, isRefused);
  }

  get isModelled(): boolean {
    return this.#heldMs > 0;
  }

  /** Takes all of `ids`, or none and names the one that another request holds. */
  take(holder: RequestLocks, ids: readonly string[]): string | null {
    const now = this.#clock.now().getTime();
    const blocked = ids.find((id) => {
      const lock = this.#held.get(id);
      return lock !== undefined && lock.holder !== holder && lock.until > now;
    });
    if (blocked !== undefined) return blocked;
    for (const id of ids) this.#held.set(id, { holder, until: now + this.#heldMs });
    holder.hasTaken(now + this.#heldMs);
    return null;
  }

  /** Milliseconds until `moment`, never below 0. */
  msUntil(moment: number): number {
    const now = this.#clock.now().getTime();
    for (const [id, { until }] of this.#held) if (until <= now) this.#held.delete(id);
    return Math.max(0, moment - now);
  }
}

export class RequestLocks {
  readonly #locks: RowLocks;
  readonly #isRefused: boolean;
  #until = 0;

  constructor(locks: RowLocks, isRefused: boolean) {
    this.#locks = locks;
    this.#isRefused = isRefused;
  }

  /** The refusal of a record that needs these rows, or null when it has them now. */
  refusal(rows: () => readonly string[]): SaveError | null {
    if (!this.#isRefused && !this.#locks.isModelled) return null;
    const blocked = this.#isRefused ? rows()[0] : this.#locks.take(this, rows());
    if (blocked == null) return null;
    const message = `unable to obtain exclusive access to this record or 1 records: ${blocked}`;
    return saveError('UNABLE_TO_LOCK_ROW', message);
  }

  hasTaken(until: number): void {
    this.#until = Math.max(this.#until, until);
  }

  /** How long the request keeps what it took: its answer waits that long. */
  get remainingMs(): number {
    return this.#until === 0 ? 0 : this.#locks.msUntil(this.#until);
  }
}
