import type { SalesforceClient } from '../salesforce/client.ts';
import type { RunLease } from '../salesforce/run-lease.ts';
import { writeRows, type RowOutcome } from '../salesforce/write-rows.ts';
import type { Account } from './account.ts';
import { QUEUED, type FittedPlan } from './api-plan.ts';
import { planIssues, type ObjectPlan } from './plan-writes.ts';
import type { RunPlan } from './plan-run.ts';
import type { Progress } from './progress.ts';
import { failedIssues } from './run-issues.ts';
import { untoldIssues } from './untold-issues.ts';

/** Writes object after object and enters every record into the account; issues come last, since writing makes some. */
export async function writePlan(
  client: SalesforceClient,
  lease: RunLease,
  plan: RunPlan,
  { objects }: Pick<FittedPlan, 'objects'>,
  account: Account,
  options: { readonly now: Date; readonly bulkFromRows: number },
  progress: Progress,
): Promise<void> {
  await lease.assertHeld();
  const total = objects.reduce((sum, { now }) => sum + now.length, 0);
  let done = 0;
  const write = async (object: ObjectPlan, onRow: () => void): Promise<void> => {
    enterUnchanged(object, account);
    const onOutcome = (key: string, outcome: RowOutcome): void => {
      account.enter(object.object, key, object.names.get(key) ?? key, outcome);
      onRow();
    };
    await writeRows(client, object, options.bulkFromRows, onOutcome, () => lease.renewIfDue());
  };
  for (const [index, object] of plan.objects.entries()) {
    const { now, later } = objects[index]!;
    for (const { key } of later) account.enter(object.object, key, object.names.get(key) ?? key, QUEUED);
    await write({ ...object, rows: now }, () => progress.update((done += 1), total, 'records'));
  }
  await write(issuePlan(plan, account, options.now), () => undefined);
}

/** Enters what `writePlan` would do; `created` for rows the org does not have yet. */
export function accountForDryRun(plan: RunPlan, account: Account, now: Date): void {
  const enter = (object: ObjectPlan): void => {
    enterUnchanged(object, account);
    for (const { key } of object.rows) {
      const kind = object.externalId !== null && !object.known.has(key) ? 'created' : 'updated';
      account.enter(object.object, key, object.names.get(key) ?? key, { kind, id: '' });
    }
  };
  plan.objects.forEach(enter);
  enter(issuePlan(plan, account, now));
}

function issuePlan(plan: RunPlan, account: Account, now: Date): ObjectPlan {
  const left = account.left();
  const pilotOf = new Map(plan.objects.flatMap(({ pilots }) => [...pilots]));
  const untold = untoldIssues(plan.openIssues, {
    pilots: new Set(plan.notTried.map(({ row }) => row.Id)),
    left,
    sources: plan.unreadSources,
  });
  const issues = [...plan.issues, ...failedIssues(left, pilotOf)];
  return planIssues(plan.issueDescription, plan.openIssues, issues, now, untold);
}

function enterUnchanged(object: ObjectPlan, account: Account): void {
  for (const key of object.unchanged)
    account.enter(object.object, key, object.names.get(key) ?? key, { kind: 'unchanged' });
}
