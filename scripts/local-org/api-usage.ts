import type { Clock } from './clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** API requests of the running 24 hours against the edition's allowance. */
export class ApiUsage {
  readonly max: number;
  readonly #clock: Clock;
  #used = 0;
  #since: number;
  #isExhausted = false;

  constructor(max: number, clock: Clock) {
    this.max = max;
    this.#clock = clock;
    this.#since = clock.now().getTime();
  }

  get used(): number {
    if (this.#clock.now().getTime() - this.#since >= DAY_MS) {
      this.#used = 0;
      this.#since = this.#clock.now().getTime();
    }
    return this.#isExhausted ? this.max : this.#used;
  }

  /** Uses up what is left, until `restore`. */
  exhaust(): void {
    this.#isExhausted = true;
  }

  restore(): void {
    this.#isExhausted = false;
  }

  /** False when the allowance is used up. */
  count(): boolean {
    if (this.used >= this.max) return false;
    this.#used += 1;
    return true;
  }
}
