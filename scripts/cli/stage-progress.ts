import type { Progress, Stage } from '../sync/progress.ts';

/** Where a stage is, in numbers. */
export interface StageState {
  readonly stage: string;
  readonly seconds: number;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
  /** Of `unit` a second. */
  readonly rate: number | null;
  readonly isOver: boolean;
}

export interface ProgressOutput {
  readonly write: (text: string) => void;
  /** Takes a stage's lines with their numbers; without it they are written as text. */
  readonly line?: (state: StageState, text: string) => void;
  readonly isTerminal: boolean;
  /** Milliseconds of a clock that never jumps. */
  readonly nowMs: () => number;
}

const FIRST_LINE_MS = 1_000;
const RAREST_LINE_MS = 30_000;

/**
 * Progress on stderr. A terminal gets one line that is rewritten; anything else gets one line per stage with count
 * and rate, and in a long stage lines in between, at first every second and later less often.
 */
export class StageProgress implements Progress {
  readonly #output: ProgressOutput;
  #stage: {
    readonly name: string;
    readonly startedMs: number;
    done: number;
    total: number | null;
    unit: string;
  } | null = null;
  #nextLineMs = 0;
  #waitMs = FIRST_LINE_MS;

  constructor(output: ProgressOutput) {
    this.#output = output;
  }

  stage(name: Stage | (string & {})): void {
    this.end();
    this.#stage = { name, startedMs: this.#output.nowMs(), done: 0, total: null, unit: '' };
    this.#waitMs = this.#output.isTerminal ? 100 : FIRST_LINE_MS;
    this.#nextLineMs = this.#stage.startedMs + this.#waitMs;
  }

  update(done: number, total: number | null, unit: string): void {
    if (!this.#stage) return;
    Object.assign(this.#stage, { done, total, unit });
    if (this.#output.nowMs() < this.#nextLineMs) return;
    this.#show(false);
    if (!this.#output.isTerminal) this.#waitMs = Math.min(this.#waitMs * 2, RAREST_LINE_MS);
    this.#nextLineMs = this.#output.nowMs() + this.#waitMs;
  }

  note(text: string): void {
    this.#output.write(this.#output.isTerminal ? `\r\u001B[2K${text}\n` : `${text}\n`);
  }

  /** Closes the line of the last stage. */
  end(): void {
    if (!this.#stage) return;
    if (this.#output.isTerminal) this.#output.write('\r\u001B[2K');
    else this.#show(true);
    this.#stage = null;
  }

  #show(isOver: boolean): void {
    const state = this.#state(isOver);
    const text = stageLine(state);
    if (this.#output.isTerminal) this.#output.write(`\r\u001B[2K${text}`);
    else if (this.#output.line) this.#output.line(state, text);
    else this.#output.write(`${text}\n`);
  }

  #state(isOver: boolean): StageState {
    const { name, startedMs, done, total, unit } = this.#stage!;
    const seconds = (this.#output.nowMs() - startedMs) / 1000;
    const rate = unit === '' || seconds < 0.1 ? null : Math.round(done / seconds);
    return { stage: name, seconds: Math.round(seconds * 10) / 10, done, total, unit, rate, isOver };
  }
}

function stageLine({ stage, seconds, done, total, unit, rate, isOver }: StageState): string {
  const count = unit === '' ? '' : `  ${number(done)}${total === null ? '' : ` of ${number(total)}`} ${unit}`;
  const speed = rate === null ? '' : ` (${number(rate)}/s)`;
  const isForeseeable = !isOver && total !== null && rate !== null && rate > 0 && total > done;
  const left = isForeseeable ? `, ${timeLeft((total - done) / rate)} left` : '';
  return `${stage.padEnd(12)}${seconds.toFixed(1).padStart(6)} s${count}${speed}${left}${isOver ? '' : ' …'}`;
}

function timeLeft(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** Progress on this process's stderr. */
export function stderrProgress(): StageProgress {
  return new StageProgress({
    write: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY,
    nowMs: () => performance.now(),
  });
}
