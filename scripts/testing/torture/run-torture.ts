import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NOW, SYNC_USER } from '../sync-org.ts';
import type { TestOrg } from '../test-org.ts';
import { drawSchedule, WRITE, type FaultClass, type OrderedFault, type Schedule } from './fault-schedule.ts';
import type { SyncAnswer, SyncJob } from './sync-child.ts';
import {
  allRows,
  contentRows,
  environmentOf,
  makeTemplate,
  openCopy,
  type TortureTemplate,
} from './torture-org.ts';

export interface TortureOptions {
  readonly runs: number;
  readonly seed: string;
  /** False runs a sync that repeats nothing, which must not pass. */
  readonly retries: boolean;
  readonly onRun?: (outcome: RunOutcome) => void;
}

export interface RunOutcome {
  readonly run: number;
  readonly faultClass: FaultClass;
  /** Whether a request met the fault, or the kill came before the end. */
  readonly isHit: boolean;
  /** Whether a write of data had been answered when the fault struck. */
  readonly isAfterFirstWrite: boolean;
  /** Also: whether writes of data were still to come. */
  readonly isBetweenWrites: boolean;
  readonly syncs: number;
  /** Null when the org ended as without faults. */
  readonly failure: string | null;
}

const MOST_SYNCS = 6;
const CHILD = new URL('./sync-child.ts', import.meta.url).pathname;

/** Whole syncs under random faults, each repeated until it succeeds and compared with the fault-free org. */
export async function runTorture(options: TortureOptions): Promise<RunOutcome[]> {
  const template = await makeTemplate();
  const workers = new Workers(template.folder);
  try {
    const expected = await faultFree(template, workers);
    const outcomes: RunOutcome[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let run = (next += 1); run <= options.runs; run = next += 1) {
        const outcome = await tortureOnce(template, workers, expected, run, options);
        outcomes.push(outcome);
        options.onRun?.(outcome);
      }
    };
    await Promise.all([work(), work()]);
    return outcomes.toSorted((a, b) => a.run - b.run);
  } finally {
    workers.close();
    await template.remove();
  }
}

async function faultFree(template: TortureTemplate, workers: Workers): Promise<FaultFree> {
  const org = await openCopy(template, 'fault-free');
  try {
    const before = await contentRows(org);
    const answer = await syncOn(org, template, workers, 'fault-free', 6);
    if (answer?.exitCode !== 0) throw new Error(`The fault-free sync ended with ${JSON.stringify(answer)}`);
    const after = await contentRows(org);
    if (before.join() === after.join())
      throw new Error('The fault-free sync writes nothing: there is nothing to torture.');
    return { rows: after, writes: (await answeredRequests(org)).filter(isDataWrite).length };
  } finally {
    await org.close();
  }
}

async function tortureOnce(
  template: TortureTemplate,
  workers: Workers,
  expected: FaultFree,
  run: number,
  options: TortureOptions,
): Promise<RunOutcome> {
  const schedule = drawSchedule(options.seed, run);
  const org = await openCopy(template, `run-${run}`);
  try {
    const first = await firstSync(org, template, workers, schedule, run, options);
    const writes = await writesBefore(org, schedule);
    const end = await untilItSucceeds(org, template, workers, run, first, options);
    // One that no request met would meet those of the comparison.
    await forgetFaults(org);
    const told = { run, faultClass: schedule.faultClass, isHit: first.isHit, syncs: end.syncs };
    const mustSurvive = schedule.isSurvivable && first.answer?.exitCode !== 0;
    const failure =
      end.failure ??
      (mustSurvive ? `gave up with ${JSON.stringify(first.answer)}` : await difference(org, expected.rows));
    const isAfterFirstWrite = first.isHit && writes > 0;
    const isBetweenWrites = isAfterFirstWrite && writes < expected.writes;
    return { ...told, isAfterFirstWrite, isBetweenWrites, failure };
  } finally {
    await org.close();
  }
}

interface FaultFree {
  readonly rows: readonly string[];
  /** Requests that write data. */
  readonly writes: number;
}

interface FirstSync {
  /** Null for a killed process. */
  readonly answer: SyncAnswer | null;
  readonly isHit: boolean;
}

async function firstSync(
  org: TestOrg,
  template: TortureTemplate,
  workers: Workers,
  { ordered }: Schedule,
  run: number,
  options: TortureOptions,
): Promise<FirstSync> {
  const attempts = options.retries ? 6 : 1;
  const name = `run-${run}-1`;
  if (ordered.kind === 'kill') {
    // The write after the last counted one is held up, so that the kill finds the work half done.
    await order(org, { kind: 'slow', match: WRITE, after: ordered.afterWrites, milliseconds: 300 });
    const isDue = async (): Promise<boolean> =>
      (await answeredRequests(org)).filter(isDataWrite).length >= ordered.afterWrites;
    const answer = await syncOn(org, template, workers, name, attempts, isDue);
    return { answer, isHit: answer === null };
  }
  await order(org, ordered.fault);
  const answer = await syncOn(org, template, workers, name, attempts);
  const { faults } = (await (await fetch(`${org.url}/local-org/faults`)).json()) as {
    faults: { met: number }[];
  };
  return { answer, isHit: faults.some(({ met }) => met > 0) };
}

/** The night after, and the night after that: the faults are over, a dead run's lease runs out. */
async function untilItSucceeds(
  org: TestOrg,
  template: TortureTemplate,
  workers: Workers,
  run: number,
  first: FirstSync,
  options: TortureOptions,
): Promise<{ readonly syncs: number; readonly failure: string | null }> {
  let answer = first.answer;
  let syncs = 1;
  while (answer?.exitCode !== 0) {
    if (syncs === MOST_SYNCS) return { syncs, failure: `never succeeded: ${JSON.stringify(answer)}` };
    syncs += 1;
    await forgetFaults(org);
    if (answer?.code === 'RUN_IN_PROGRESS') await endLease(org);
    answer = await syncOn(org, template, workers, `run-${run}-${syncs}`, options.retries ? 6 : 1);
  }
  return { syncs, failure: null };
}

async function difference(org: TestOrg, expected: readonly string[]): Promise<string | null> {
  const rows = await contentRows(org);
  const differing = rows.filter((row) => !expected.includes(row));
  if (differing.length > 0 || rows.length !== expected.length)
    return `the org differs from the fault-free one (${rows.length} rows, ${expected.length} expected): ${differing.join(' ').slice(0, 2000)}`;
  const runs = await allRows(org, 'PilotSyncRun__c');
  const isLeft = runs.some((row) => row.Lease_Key__c !== null || row.Outcome__c === 'Running');
  return isLeft ? `a run is left behind: ${JSON.stringify(runs)}` : null;
}

async function endLease(org: TestOrg): Promise<void> {
  const soql = encodeURIComponent("SELECT Id FROM PilotSyncRun__c WHERE Lease_Key__c = 'sync'");
  const { body } = await org.call('GET', `/query?q=${soql}`);
  for (const { Id } of (body as { records: { Id: string }[] }).records)
    await org.call(
      'PATCH',
      `/sobjects/PilotSyncRun__c/${Id}`,
      { Lease_Expires_At__c: '2026-11-18T11:00:00.000Z' },
      SYNC_USER,
    );
}

async function forgetFaults(org: TestOrg): Promise<void> {
  await fetch(`${org.url}/local-org/faults`, { method: 'DELETE' });
}

async function order(org: TestOrg, fault: Readonly<Record<string, unknown>>): Promise<void> {
  const response = await fetch(`${org.url}/local-org/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(await response.text());
}

interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

async function answeredRequests(org: TestOrg): Promise<readonly Answered[]> {
  const answer = await fetch(`${org.url}/local-org/requests`);
  return ((await answer.json()) as { requests: Answered[] }).requests;
}

/** A write of data whose answer was sent; a dropped connection has status 0. */
function isDataWrite({ method, path, status }: Answered): boolean {
  return status >= 200 && status < 300 && DATA_WRITE.test(`${method} ${path}`);
}
const DATA_WRITE = new RegExp(WRITE);

/** Writes that had been answered when the fault struck, or the kill did; a sync sends one request after the other. */
async function writesBefore(org: TestOrg, { ordered }: Schedule): Promise<number> {
  const requests = await answeredRequests(org);
  const struck = ordered.kind === 'kill' ? requests.length : strikeOf(ordered.fault, requests);
  return requests.slice(0, struck).filter(isDataWrite).length;
}

/** Place of the first request that met the fault. */
function strikeOf({ match, after = 0 }: OrderedFault, requests: readonly Answered[]): number {
  const pattern = new RegExp(match);
  const matching = requests.flatMap(({ method, path }, at) =>
    pattern.test(`${method} ${path}`) ? [at] : [],
  );
  return matching[after] ?? 0;
}

/** Runs one sync in a child; kills it when `isDue` says so. Null for a killed one. */
async function syncOn(
  org: TestOrg,
  { yaml, folder }: TortureTemplate,
  workers: Workers,
  name: string,
  attempts: number,
  isDue?: () => Promise<boolean>,
): Promise<SyncAnswer | null> {
  const job: SyncJob = {
    // One folder for all, as on a machine that syncs several orgs: what runs leave there must not meet.
    yaml: yaml.replaceAll('RUN_FOLDER', join(folder, 'run-folder')),
    now: NOW.toISOString(),
    environment: await environmentOf(org),
    // As from another machine each time: the lock file of a killed process would only cost ten seconds.
    lockFolder: join(folder, name),
    attempts,
  };
  const child = workers.take();
  child.send(job);
  const ended = new AbortController();
  const answered = Promise.race([
    once(child, 'message', { signal: ended.signal }).then(([answer]) => answer as SyncAnswer),
    once(child, 'exit', { signal: ended.signal }).then(() =>
      isDue ? never() : { exitCode: null, code: 'CRASHED' },
    ),
  ]);
  let isOver = false;
  const killed = isDue ? killWhenDue(child, isDue, () => isOver) : never();
  const answer = await Promise.race([answered, killed]);
  isOver = true;
  ended.abort();
  if (child.connected) workers.giveBack(child);
  return answer;
}

async function killWhenDue(
  child: ChildProcess,
  isDue: () => Promise<boolean>,
  isOver: () => boolean,
): Promise<null> {
  while (!(await isDue())) {
    if (isOver()) return await never();
    await sleep(5);
  }
  if (isOver()) return await never();
  child.kill('SIGKILL');
  await once(child, 'exit');
  return null;
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** Processes that wait for work; a fresh one starts in the background whenever one is killed. */
class Workers {
  readonly #folder: string;
  readonly #idle: ChildProcess[];

  /** `folder` keeps what the processes compiled, which is a third of what starting one costs. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#idle = [this.#start(), this.#start(), this.#start()];
  }

  take(): ChildProcess {
    if (this.#idle.length < 2) this.#idle.push(this.#start());
    return this.#idle.shift()!;
  }

  giveBack(child: ChildProcess): void {
    this.#idle.push(child);
  }

  close(): void {
    for (const child of this.#idle) child.kill('SIGKILL');
  }

  #start(): ChildProcess {
    const env = { ...process.env, NODE_COMPILE_CACHE: join(this.#folder, 'compiled') };
    return fork(CHILD, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env });
  }
}
