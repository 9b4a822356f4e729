// `npm run bench:portfolio`: 5,000 live pilots in the local org, read by the portfolio in a real browser.
// Targets: first rows within 2 s of the visit, no task of the page longer than 200 ms, pages of 2,000 rows. On a busy
// machine a task mostly waits for a processor: what it used of one is printed beside its length, and decides nothing.
import { loadavg } from 'node:os';
import { z } from 'zod';
import { startScene, SYNC } from '../preview/stalled-pilot.test-support.ts';
import type { Scene } from '../preview/stalled-pilot.test-support.ts';

const PILOTS = 5_000;
const BATCH = 200;
const ROUNDS = 5;
const FIRST_ROWS_MS = 2_000;
const LONGEST_TASK_MS = 200;
const HEALTHS = ['On track', 'Watch', 'At risk', 'Stalled'];

interface Visit {
  readonly firstRowsMs: number;
  readonly allReadMs: number;
  readonly longestTaskMs: number;
  /** Processor time of the task that used most of it. */
  readonly busiestTaskMs: number;
  readonly requests: number;
}

const REP = 'rep@acme.test';
const DAY_MS = 86_400_000;
const dayFrom = (day: string, index: number): string =>
  new Date(Date.parse(day) + index * DAY_MS).toISOString().slice(0, 10);

/** One call for a batch of rows; throws what the first refused row was refused for. */
async function send(
  scene: Scene,
  method: string,
  records: readonly object[],
  user: string,
): Promise<string[]> {
  const { body } = await scene.org.call(method, '/composite/sobjects', { allOrNone: true, records }, user);
  const rows = body as { success: boolean; id: string; errors: unknown }[];
  const refused = rows.find(({ success }) => !success);
  if (refused) throw new Error(`The org refused a row: ${JSON.stringify(refused.errors)}`);
  return rows.map(({ id }) => id);
}

async function fill(scene: Scene): Promise<void> {
  for (let from = 0; from < PILOTS; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, PILOTS - from) }, (_, index) => from + index);
    const ids = await send(
      scene,
      'POST',
      numbers.map((one) => pilot(scene.dealId, one)),
      REP,
    );
    await send(
      scene,
      'PATCH',
      ids.map((id, index) => verdict(id, from + index)),
      SYNC,
    );
    if ((from / BATCH) % 5 === 4) console.log(`${from + BATCH} of ${PILOTS} pilots made`);
  }
}

function pilot(Opportunity__c: string, index: number): object {
  return {
    attributes: { type: 'Pilot__c' },
    Opportunity__c,
    Name: `Pilot ${String(index).padStart(4, '0')}: SaaS adoption`,
    Type__c: 'Pilot',
    Status__c: 'Active',
    Department__c: 'Sales Ops',
    Start_Date__c: dayFrom('2026-09-01', index % 60),
    End_Date__c: dayFrom('2026-11-20', index % 60),
    Readout_Date__c: dayFrom('2026-11-25', index % 60),
    Decision_Date__c: dayFrom('2026-12-01', index % 60),
    Planned_Users__c: 25,
  };
}

function verdict(id: string, index: number): object {
  const state = HEALTHS[index % HEALTHS.length]!;
  const values = { users: 25, last: '2026-10-19', champion: 'Priya Shah' };
  const common = { group: 'usage', state, since: '2026-11-03', variant: null, owner: 'rep' };
  const signals = state === 'On track' ? [] : [{ ...common, code: 'NO_USAGE', values }];
  return {
    attributes: { type: 'Pilot__c' },
    Id: id,
    Health__c: state,
    Stalled__c: state === 'Stalled',
    Signals__c: JSON.stringify({ version: 1, signals, toTidy: [], note: null }),
    Usage_Complete_To__c: '2026-11-17',
    Stale_After__c: '2026-11-19T12:00:00Z',
  };
}

// In the page before its own scripts: this process also is the org, and busy with the next page of rows while the
// first ones are painted. A frame that follows the change has painted it.
const WATCH = `globalThis.portfolioWatch = new Promise((done) => {
  let longestTaskMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
  }).observe({ type: 'longtask', buffered: true });
  let firstRowsMs;
  const look = () => {
    const inside = document.querySelector('c-pilot-portfolio')?.shadowRoot;
    if (firstRowsMs === undefined && inside?.querySelector('[data-id="row"]')) firstRowsMs = performance.now();
    const isRead = firstRowsMs !== undefined && inside.querySelector('[data-id="progress"]').textContent.trim() === '';
    if (!isRead) return requestAnimationFrame(look);
    const allReadMs = performance.now();
    setTimeout(() => done({ firstRowsMs, allReadMs, longestTaskMs }), 300);
  };
  requestAnimationFrame(look);
})`;

const TRACE = z.object({
  traceEvents: z.array(
    z.looseObject({ name: z.string(), pid: z.number(), tid: z.number(), tdur: z.number().optional() }),
  ),
});

/** Of the tasks of the pages' main threads, in ms: `tdur` is a task's own processor time in µs. */
function busiestTask(trace: Buffer): number {
  const { traceEvents } = TRACE.parse(JSON.parse(trace.toString('utf8')));
  const threadOf = ({ pid, tid }: { pid: number; tid: number }): string => `${pid} ${tid}`;
  const isMain = (args: unknown): boolean => JSON.stringify(args).includes('CrRendererMain');
  const mains = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && isMain(args)).map(threadOf),
  );
  const tasks = traceEvents.filter((event) => mains.has(threadOf(event)) && event.tdur !== undefined);
  if (tasks.length === 0) throw new Error('The trace has no task of a page: nothing was measured.');
  return Math.max(...tasks.map(({ tdur }) => tdur! / 1000));
}

async function visit(scene: Scene): Promise<Visit> {
  const page = await scene.browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(120_000);
  let requests = 0;
  const faults: string[] = [];
  page.on('request', (request) => (requests += request.url().endsWith('/graphql') ? 1 : 0));
  page.on('pageerror', (error) => faults.push(String(error.stack)));
  await page.addInitScript(WATCH);
  await scene.browser.startTracing(page, { categories: ['toplevel'] });
  await page.goto(`${scene.preview.url}/portfolio?user=manager`);
  const times = await page.evaluate<Omit<Visit, 'requests' | 'busiestTaskMs'>>('globalThis.portfolioWatch');
  const busiestTaskMs = busiestTask(await scene.browser.stopTracing());
  const count = (await page.locator('[data-id="all"]').textContent())?.trim();
  if (faults.length > 0) throw new Error(`The page failed: ${faults.join(' ')}`);
  if (count !== `All ${(PILOTS + 1).toLocaleString('en-US')}`) throw new Error(`The page shows ${count}.`);
  await page.close();
  return { ...times, busiestTaskMs, requests };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const print = (what: string, value: string, target = ''): void =>
  console.log(`${what.padEnd(44)}${value.padStart(12)}  ${target}`.trimEnd());

const scene = await startScene();
try {
  await fill(scene);
  const visits: Visit[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = await visit(scene);
    visits.push(one);
    const [rows, all, task, used] = [
      one.firstRowsMs,
      one.allReadMs,
      one.longestTaskMs,
      one.busiestTaskMs,
    ].map(Math.round);
    const times = `first rows ${rows}, all ${all}, longest task ${task} ms (${used} of a processor)`;
    console.log(`visit ${round + 1}: ${times}, load ${loadavg()[0]!.toFixed(1)}`);
  }
  const of = (figure: keyof Visit): number => Math.round(median(visits.map((one) => one[figure])));
  console.log(`\n${PILOTS + 1} live pilots, median of ${ROUNDS} visits`);
  print('first rows painted', `${of('firstRowsMs')} ms`, `≤ ${FIRST_ROWS_MS} ms`);
  print('all read', `${of('allReadMs')} ms`);
  print('longest task', `${of('longestTaskMs')} ms`, `≤ ${LONGEST_TASK_MS} ms`);
  print('  of a processor at most', `${of('busiestTaskMs')} ms`);
  print('requests to the org', String(of('requests')));
  if (of('firstRowsMs') > FIRST_ROWS_MS || of('longestTaskMs') > LONGEST_TASK_MS) process.exitCode = 1;
} finally {
  await scene.close();
}
