import type { SalesforceClient } from '../salesforce/client.ts';
import { TransientError } from '../salesforce/pilot-error.ts';
import type { RunLease } from '../salesforce/run-lease.ts';
import { ROWS_PER_CALL, writeRows } from '../salesforce/write-rows.ts';
import type { Account } from './account.ts';
import { planIssues, type ObjectPlan } from './plan-writes.ts';
import type { RunPlan } from './plan-run.ts';
import type { Progress } from './progress.ts';
import { failedIssues } from './run-issues.ts';

/** Writes object after object and enters every record into the account; issues come last, since writing makes some. */
export async function writePlan(
  client: SalesforceClient,
  lease: RunLease,
  plan: RunPlan,
  account: Account,
  options: { readonly now: Date; readonly apiReservePercent: number },
  progress: Progress,
): Promise<void> {
  keepReserve(client, plan, options.apiReservePercent);
  await lease.assertHeld();
  const total = plan.objects.reduce((sum, object) => sum + object.rows.length, 0);
  let done = 0;
  for (const object of plan.objects) {
    await lease.renewIfDue();
    await writeObject(client, object, account, () => progress.update((done += 1), total, 'records'));
  }
  await writeObject(client, issuePlan(plan, account, options.now), account, () => undefined);
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
  return planIssues(
    plan.issueDescription,
    plan.openIssues,
    [...plan.issues, ...failedIssues(account.left())],
    now,
  );
}

async function writeObject(
  client: SalesforceClient,
  object: ObjectPlan,
  account: Account,
  onRow: () => void,
): Promise<void> {
  enterUnchanged(object, account);
  await writeRows(client, object, (key, outcome) => {
    account.enter(object.object, key, object.names.get(key) ?? key, outcome);
    onRow();
  });
}

function enterUnchanged(object: ObjectPlan, account: Account): void {
  for (const key of object.unchanged)
    account.enter(object.object, key, object.names.get(key) ?? key, { kind: 'unchanged' });
}

/** The org's daily API requests are shared with everything else that is connected; a part is left to it. */
function keepReserve(client: SalesforceClient, plan: RunPlan, reservePercent: number): void {
  if (client.apiUsage === null) return;
  const { used, limit } = client.apiUsage;
  const calls =
    plan.objects.reduce((sum, object) => sum + Math.ceil(object.rows.length / ROWS_PER_CALL), 0) + 3;
  const reserve = Math.ceil((limit * reservePercent) / 100);
  if (calls === 3 || limit - used - calls >= reserve) return;
  throw new TransientError(
    'API_RESERVE',
    `${limit - used} of ${limit} API requests are left today; writing needs ${calls}, and ${reserve} stay reserved.`,
    {
      actions: [
        'Run again when the 24-hour window has room.',
        'Or lower Api Reserve Percent in the pilot policy.',
      ],
    },
  );
}
