import { z } from 'zod';

/** `match` is tested against `METHOD /path?query`; the next `times` requests that match meet the fault. */
const common = {
  match: z.string().min(1),
  times: z.int().min(1).default(1),
  /** Lets this many matching requests pass first. */
  after: z.int().min(0).default(0),
};
const message = z.string().default('Injected by /local-org/faults');
const kind = <K extends string>(name: K) => z.literal(name);

/** The request is answered with an error, before or after its work is done. */
const Answer = z.strictObject({
  ...common,
  kind: kind('answer').default('answer'),
  status: z.int().min(400).max(599),
  errorCode: z.string().min(1),
  message,
  when: z.enum(['before', 'after']).default('before'),
});
/** The connection ends without an answer (before or after the work) or within it. */
const Drop = z.strictObject({
  ...common,
  kind: kind('drop'),
  when: z.enum(['before', 'during', 'after']),
  /** `reset` is a TCP RST, `close` an orderly FIN. Within an answer it is always a reset. */
  how: z.enum(['reset', 'close']).default('reset'),
});
const Slow = z.strictObject({ ...common, kind: kind('slow'), milliseconds: z.int().min(1) });
/** The session of the request ends before it is looked at. */
const ExpiredSession = z.strictObject({ ...common, kind: kind('expiredSession') });
/** The body ends early although the answer looks whole: the first `keep` of its bytes. */
const Truncated = z.strictObject({
  ...common,
  kind: kind('truncated'),
  keep: z.number().min(0).max(1).default(0.5),
});
/** The allowance of API requests is used up from here on, until the faults are taken back. */
const LimitReached = z.strictObject({ ...common, kind: kind('limitReached') });
/** Every record that the request saves is locked by somebody else. */
const RowLock = z.strictObject({ ...common, kind: kind('rowLock') });
/** The bulk job that the request starts saves its first `rows` rows and then fails, or never ends. */
const FailedJob = z.strictObject({
  ...common,
  kind: kind('failedJob'),
  rows: z.int().min(0).default(0),
  message,
});
const StalledJob = z.strictObject({
  ...common,
  kind: kind('stalledJob'),
  rows: z.int().min(0).default(0),
});

/** A fault on demand, as `POST /local-org/faults` takes it. */
export const FaultSpec = z.union([
  Drop,
  Slow,
  ExpiredSession,
  Truncated,
  LimitReached,
  RowLock,
  FailedJob,
  StalledJob,
  Answer,
]);
export type FaultSpec = z.infer<typeof FaultSpec>;
/** The faults that the saving of rows and the running of jobs look at themselves. */
export type WorkFault = Extract<FaultSpec, { kind: 'rowLock' | 'failedJob' | 'stalledJob' }>;
