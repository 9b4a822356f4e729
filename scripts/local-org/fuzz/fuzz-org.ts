import type { FuzzClient, FuzzTarget } from './fuzz-targets.ts';
import { seeded } from './random.ts';

export interface FuzzReport {
  readonly name: string;
  readonly inputs: number;
  /** Answers by status. */
  readonly statuses: ReadonlyMap<number, number>;
  readonly slowestMs: number;
  /** What was wrong, with the seed that repeats it. */
  readonly faults: readonly string[];
}

const SLOW_MS = 2_000;

/** Sends `inputs` damaged inputs; each is to be answered in time, without a 500, in Salesforce's shape. */
export async function fuzz(
  target: FuzzTarget,
  client: FuzzClient,
  inputs: number,
  firstSeed = 1,
): Promise<FuzzReport> {
  const statuses = new Map<number, number>();
  const faults: string[] = [];
  let slowestMs = 0;
  for (let seed = firstSeed; seed < firstSeed + inputs; seed += 1) {
    const first = await answerTo(target, client, seed);
    // A machine with other work may stop this process for seconds: slow is what is slow twice.
    const { ms, status, text } = first.ms > SLOW_MS ? await answerTo(target, client, seed) : first;
    slowestMs = Math.max(slowestMs, ms);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const wrong = ms > SLOW_MS ? `took ${Math.round(ms)} ms` : wrongShape(status, text);
    if (wrong !== null) faults.push(`${target.name}, seed ${seed}: ${wrong}`);
  }
  return { name: target.name, inputs, statuses, slowestMs, faults };
}

async function answerTo(target: FuzzTarget, client: FuzzClient, seed: number) {
  const began = performance.now();
  const answer = await target.send(client, seeded(seed));
  const text = await answer.text();
  return { status: answer.status, text, ms: performance.now() - began };
}

/** Damaged input may still be valid: a success has no shape to check. */
function wrongShape(status: number, text: string): string | null {
  if (status < 400) return null;
  const isFault = text.includes('faultcode>sf:') || text.includes('faultcode>soapenv:');
  // SOAP answers 500 to everything it refuses; this code is what nobody meant to answer.
  if (isFault && !text.includes('UNKNOWN_EXCEPTION')) return null;
  if (status >= 500 && status !== 501) return `${status} ${text.slice(0, 300)}`;
  return isErrorList(text) ? null : `${status} without a list of errors: ${text.slice(0, 300)}`;
}

function isErrorList(text: string): boolean {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return false;
  }
  return (
    Array.isArray(body) &&
    body.length > 0 &&
    body.every((entry: unknown) => {
      const { message, errorCode } = (entry ?? {}) as { message?: unknown; errorCode?: unknown };
      return typeof message === 'string' && typeof errorCode === 'string' && errorCode !== '';
    })
  );
}
