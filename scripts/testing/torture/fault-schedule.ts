import { seededRandom, type Random } from '../../sample/random.ts';

/** A fault as the local org takes it, or the point at which the process is killed. */
export type Ordered =
  | { readonly kind: 'order'; readonly fault: OrderedFault }
  | { readonly kind: 'kill'; readonly afterWrites: number };

export interface OrderedFault extends Readonly<Record<string, unknown>> {
  readonly match: string;
  /** Matching requests that pass first. */
  readonly after?: number;
}

export interface Schedule {
  readonly faultClass: FaultClass;
  /** Whether a sync must come through it by itself; otherwise a later run must. */
  readonly isSurvivable: boolean;
  readonly ordered: Ordered;
}

/** Requests that change data of the org, the run's own record not counted. */
export const WRITE = '(PATCH|POST|PUT|DELETE) .*/(composite/sobjects|jobs/ingest)';
const ANY = '(GET|PATCH|POST|PUT|DELETE) .*/services/data/';
const COLLECTION = 'PATCH .*/composite/sobjects';
const JOB_START = 'PATCH .*/jobs/ingest/';
const RESULT_FILE = 'GET .*/jobs/ingest/.*(Results|unprocessedrecords)';

// About as many as a sync of the template sends.
const CALLS = 20;

const times = (random: Random, most: number): number => 1 + Math.floor(random() * most);

/** Mostly between the first and the last write, where half of the work is done. */
function place(random: Random): { match: string; after: number } {
  return random() < 0.85
    ? { match: WRITE, after: times(random, 5) }
    : { match: ANY, after: Math.floor(random() * CALLS) };
}

const CLASSES = {
  kill: {
    weight: 9,
    isSurvivable: false,
    order: (random): Ordered => ({ kind: 'kill', afterWrites: times(random, 5) }),
  },
  busy: {
    weight: 2,
    isSurvivable: true,
    order: (random) =>
      fault({ ...place(random), status: 503, errorCode: 'SERVER_UNAVAILABLE', times: times(random, 3) }),
  },
  'busy after the work': {
    weight: 2,
    isSurvivable: true,
    order: (random) =>
      fault({ ...place(random), status: 503, errorCode: 'SERVER_UNAVAILABLE', when: 'after' }),
  },
  'connection lost before the work': {
    weight: 2,
    isSurvivable: true,
    order: (random) => fault({ ...place(random), kind: 'drop', when: 'before', how: how(random) }),
  },
  'answer lost after the work': {
    weight: 2,
    isSurvivable: true,
    order: (random) => fault({ ...place(random), kind: 'drop', when: 'after', how: how(random) }),
  },
  'answer broken off': {
    weight: 2,
    isSurvivable: true,
    order: (random) => fault({ ...place(random), kind: 'drop', when: 'during' }),
  },
  'answer cut': {
    weight: 2,
    isSurvivable: true,
    order: (random) => fault({ match: WRITE, after: times(random, 5), kind: 'truncated', keep: random() }),
  },
  'rows locked': {
    weight: 2,
    isSurvivable: true,
    order: (random) => fault({ kind: 'rowLock', match: COLLECTION, after: 1, times: times(random, 3) }),
  },
  'job failed': {
    weight: 2,
    isSurvivable: true,
    order: (random) =>
      fault({ kind: 'failedJob', match: JOB_START, rows: Math.floor(random() * 8), times: times(random, 2) }),
  },
  'job stalled': {
    weight: 2,
    isSurvivable: true,
    order: (random) => fault({ kind: 'stalledJob', match: JOB_START, rows: Math.floor(random() * 8) }),
  },
  'result file cut': {
    weight: 2,
    isSurvivable: true,
    order: (random) =>
      fault({ kind: 'truncated', match: RESULT_FILE, after: Math.floor(random() * 2), keep: random() }),
  },
  'session expired': {
    weight: 2,
    isSurvivable: false,
    order: (random) => fault({ ...place(random), kind: 'expiredSession' }),
  },
  'limit used up': {
    weight: 2,
    isSurvivable: false,
    order: (random) => fault({ ...place(random), kind: 'limitReached' }),
  },
  'long outage': {
    weight: 2,
    isSurvivable: false,
    order: (random) => fault({ ...place(random), status: 503, errorCode: 'SERVER_UNAVAILABLE', times: 1000 }),
  },
} as const satisfies Readonly<
  Record<string, { weight: number; isSurvivable: boolean; order: (random: Random) => Ordered }>
>;

export type FaultClass = keyof typeof CLASSES;
export const FAULT_CLASSES = Object.keys(CLASSES) as FaultClass[];

/**
 * The fault of a run. Runs come in blocks in which each class occurs as often as its weight, shuffled by the seed: so no
 * class is rare by chance, and a longer torture begins with the runs of a shorter one.
 */
export function drawSchedule(seed: string, run: number): Schedule {
  const cards = FAULT_CLASSES.flatMap((name) => Array.from({ length: CLASSES[name].weight }, () => name));
  const place = (run - 1) % cards.length;
  const shuffle = seededRandom(`${seed} block ${(run - 1 - place) / cards.length}`);
  const block = cards
    .map((name) => ({ name, at: shuffle() }))
    .toSorted((x, y) => x.at - y.at)
    .map(({ name }) => name);
  const faultClass = block[place]!;
  const { isSurvivable, order } = CLASSES[faultClass];
  return { faultClass, isSurvivable, ordered: order(seededRandom(`${seed} ${run}`)) };
}

function fault(spec: OrderedFault): Ordered {
  return { kind: 'order', fault: spec };
}

function how(random: Random): 'reset' | 'close' {
  return random() < 0.5 ? 'reset' : 'close';
}
