// Missing or doubtful data is a state of its own: never "no usage", never healthy.
import { addDays } from '../day.ts';
import type { EvaluationInput, Signal } from '../evaluation.ts';
import type { Day } from '../facts.ts';
import type { DATA_SIGNALS } from '../policy-fields.ts';
import type { Values } from './rule.ts';

type DataCode = (typeof DATA_SIGNALS)[number];

const OWNERS = {
  NOT_LINKED: 'rep',
  OVERLAP: 'admin',
  DATA_STALE: 'operations',
  SOURCE_SUSPECT: 'operations',
} as const satisfies Record<DataCode, string>;

/**
 * The signal of a pilot whose usage cannot be judged. The sync sees all pilots and names the problem; facts
 * that are absent or end nowhere are a problem even if it named none.
 *
 * Values that the sentences quote, per code (all optional but those marked):
 * NOT_LINKED `key`, `source`, `people`, `domain`, `since`, `events` (the likeliest candidate; up to two more with the
 * suffix 2 and 3) · OVERLAP `other`* (name of the other pilot), `key`*
 * · DATA_STALE `dataEnd`* (day, or null when the source never said) · SOURCE_SUSPECT `fell`*, `pilots`*
 */
export function dataSignal(input: EvaluationInput, storedSince: (code: DataCode) => Day | null): Signal {
  const { code, values } = problemOf(input);
  return {
    code,
    group: 'data',
    state: 'Unknown',
    since: sinceOf(code, values, input) ?? storedSince(code) ?? input.today,
    values,
    variant: variantOf(code, values),
    owner: OWNERS[code],
  };
}

function problemOf({ dataProblem, facts }: EvaluationInput): { code: DataCode; values: Values } {
  if (dataProblem) return dataProblem;
  return facts ? { code: 'DATA_STALE', values: { dataEnd: null } } : { code: 'NOT_LINKED', values: {} };
}

/** Stale from twice the sync interval after the data's last complete day; the other problems leave no date in the facts. */
function sinceOf(code: DataCode, values: Values, { policy, today }: EvaluationInput): Day | null {
  if (code !== 'DATA_STALE' || typeof values.dataEnd !== 'string') return null;
  const since = addDays(values.dataEnd, Math.ceil((2 * policy.syncIntervalHours) / 24));
  return since < today ? since : today;
}

function variantOf(code: DataCode, values: Values): string | null {
  if (code === 'NOT_LINKED') return typeof values.key === 'string' ? 'candidate' : null;
  if (code === 'DATA_STALE') return typeof values.dataEnd === 'string' ? null : 'never';
  return null;
}
