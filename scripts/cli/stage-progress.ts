import type { Progress, Stage } from '../sync/progress.ts';

export interface ProgressOutput {
  readonly write: (text: string) => void;
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
    const line = this.#line(' …');
    this.#output.write(this.#output.isTerminal ? `\r\u001B[2K${line}` : `${line}\n`);
    if (!this.#output.isTerminal) this.#waitMs = Math.min(this.#waitMs * 2, RAREST_LINE_MS);
    this.#nextLineMs = this.#output.nowMs() + this.#waitMs;
  }

  note(text: string): void {
    this.#output.write(this.#output.isTerminal ? `\r\u001B[2K${text}\n` : `${text}\n`);
  }

  /** Closes the line of the last stage. */
  end(): void {
    if (!this.#stage) return;
    this.#output.write(this.#output.isTerminal ? '\r\u001B[2K' : `${this.#line('')}\n`);
    this.#stage = null;
  }

  #line(suffix: string): string {
    const { name, startedMs, done, total, unit } = this.#stage!;
    const seconds = (this.#output.nowMs() - startedMs) / 1000;
    const count =
      unit === '' ? '' : `  ${number(done)}${total === null ? '' : ` of ${number(total)}`} ${unit}`;
    const rate = unit === '' || seconds < 0.1 ? '' : ` (${number(Math.round(done / seconds))}/s)`;
    return `${name.padEnd(12)}${seconds.toFixed(1).padStart(6)} s${count}${rate}${suffix}`;
  }
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
