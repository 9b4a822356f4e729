import { z } from 'zod';

/** A fault on demand: the next `times` requests whose `METHOD /path?query` matches get this answer instead. */
export const FaultSpec = z.strictObject({
  match: z.string().min(1),
  status: z.int().min(400).max(599),
  errorCode: z.string().min(1),
  message: z.string().default('Injected by /local-org/faults'),
  times: z.int().min(1).default(1),
});
export type FaultSpec = z.infer<typeof FaultSpec>;

export class Faults {
  #active: { readonly spec: FaultSpec; readonly pattern: RegExp; left: number }[] = [];

  /** @throws SyntaxError when `match` is no regular expression. */
  add(spec: FaultSpec): void {
    this.#active.push({ spec, pattern: new RegExp(spec.match), left: spec.times });
  }

  clear(): void {
    this.#active = [];
  }

  /** The fault that this request meets, if any; it is used up by one. */
  take(request: string): FaultSpec | null {
    const fault = this.#active.find(({ pattern, left }) => left > 0 && pattern.test(request));
    if (fault === undefined) return null;
    fault.left -= 1;
    return fault.spec;
  }
}
