import type { FaultSpec } from './fault-spec.ts';

interface ActiveFault {
  readonly spec: FaultSpec;
  readonly pattern: RegExp;
  pass: number;
  left: number;
}

export class Faults {
  #active: ActiveFault[] = [];

  /** @throws SyntaxError when `match` is no regular expression. */
  add(spec: FaultSpec): void {
    this.#active.push({ spec, pattern: new RegExp(spec.match), pass: spec.after, left: spec.times });
  }

  /** Every fault asked for since the last `clear`, with how often it was met. */
  active(): { readonly spec: FaultSpec; readonly met: number }[] {
    return this.#active.map(({ spec, left }) => ({ spec, met: spec.times - left }));
  }

  clear(): void {
    this.#active = [];
  }

  /** The fault that this request meets, if any; it is used up by one. */
  take(request: string): FaultSpec | null {
    for (const fault of this.#active) {
      if (fault.left === 0 || !fault.pattern.test(request)) continue;
      if (fault.pass > 0) {
        fault.pass -= 1;
        continue;
      }
      fault.left -= 1;
      return fault.spec;
    }
    return null;
  }
}
