// A pilot with everything a report can say, and with what it must not say.
import assert from 'node:assert/strict';
import { startSyncOrg, type SyncOrg } from '../testing/sync-org.ts';
import { assignPermissionSet } from '../testing/test-org.ts';

export interface ReportScene {
  readonly sync: SyncOrg;
  readonly pilotId: string;
  readonly config: string;
}

export const CRITERIA = ['Hours saved', 'Weekly active users', 'Reply time <b>', 'Single sign-on'] as const;
export const SECRETS = ['Free consulting', 'Wants our price halved', 'Rival is cheaper', 'Do not quote me'];

export async function startReportScene(): Promise<ReportScene> {
  const sync = await startSyncOrg();
  const create = async (object: string, fields: object, username?: string): Promise<string> => {
    const { status, body } = await sync.org.call('POST', `/sobjects/${object}`, fields, username);
    assert.equal(status, 201, `${object}: ${JSON.stringify(body)}`);
    return (body as { id: string }).id;
  };
  const { pilotId, opportunityId } = await sync.makePilot('Acme', null, {
    Scope__c: 'Service desk of two regions',
    Department__c: '=HYPERLINK("https://evil.example","x")',
    Licensed_Users__c: 25,
    Planned_Users__c: 25,
    Readout_Date__c: '2026-12-18',
    Decision_Date__c: '2026-12-22',
    Access_Ends_On__c: '2026-11-30',
    Enterprise_Users__c: 500,
    Hours_Saved_Per_User_Week__c: 0.4,
    Loaded_Hourly_Cost__c: 50,
    Weeks_Per_Year__c: 52,
    Doubts__c: SECRETS[0],
    Outcome_Notes__c: SECRETS[1],
    Failure_Criteria__c: SECRETS[2],
  });
  const { body } = await sync.org.call('GET', `/sobjects/Opportunity/${opportunityId}`);
  const sponsor = {
    FirstName: 'Dana',
    LastName: 'Ortiz',
    AccountId: (body as { AccountId: string }).AccountId,
  };
  const Customer_Sponsor__c = await create('Contact', sponsor);
  await sync.org.call('PATCH', `/sobjects/Pilot__c/${pilotId}`, { Customer_Sponsor__c });
  const criterion = { Pilot__c: pilotId, Direction__c: 'At least', Baseline__c: 0, Must_Have__c: true };
  const made = [
    {
      Kind__c: 'Business outcome',
      Unit__c: 'hours',
      Target__c: 8,
      Metric__c: 'hours_saved',
      Window__c: 'Last 7 days',
    },
    {
      Kind__c: 'Adoption',
      Unit__c: 'people',
      Target__c: 20,
      Metric__c: 'active_users',
      Window__c: 'Last 7 days',
    },
    { Kind__c: 'Business outcome', Unit__c: 'h', Target__c: 1, Direction__c: 'At most', Baseline__c: 4 },
    { Kind__c: 'Technical', Unit__c: null, Target__c: 1, Actual__c: 1, Must_Have__c: false },
  ];
  const ids: string[] = [];
  for (const [index, fields] of made.entries())
    ids.push(await create('SuccessCriterion__c', { ...criterion, Name: CRITERIA[index], ...fields }));
  const term = { Pilot__c: pilotId, Agreed_On__c: '2026-10-05', Price_Valid_To__c: '2027-01-15' };
  await create('ConversionTerm__c', {
    ...term,
    Name: 'Subscription',
    Kind__c: 'Subscription',
    Billing__c: 'Annual',
    Amount__c: 300_000,
    Status__c: 'Agreed',
    Rollout_Start_On__c: '2027-02-01',
  });
  await create('ConversionTerm__c', {
    ...term,
    Name: 'Secret discount',
    Kind__c: 'Discount',
    Billing__c: 'Annual',
    Amount__c: 1000,
    Status__c: 'Proposed',
  });
  await create('PilotCommitment__c', {
    Pilot__c: pilotId,
    Name: '=1+1 training',
    Party__c: 'Vendor',
    Due_On__c: '2026-11-24',
  });
  const checkIn = {
    Pilot__c: pilotId,
    Held_On__c: '2026-11-10',
    Sentiment__c: 'Negative',
    Issues__c: SECRETS[1],
  };
  await create('PilotCheckIn__c', { ...checkIn, Quote__c: 'It saves me an hour a day', May_Quote__c: true });
  await create('PilotCheckIn__c', { ...checkIn, Quote__c: SECRETS[3], May_Quote__c: false });
  await writeMeasured(sync, pilotId, ids, create);
  const usage = await sync.file('usage.csv', 'event_time,usage_key,user_id\n');
  return { sync, pilotId, config: await sync.file('sync.yaml', sync.yaml([usage])) };
}

/** What the sync would write. */
async function writeMeasured(
  { org }: SyncOrg,
  pilotId: string,
  [hours, users]: readonly string[],
  create: (object: string, fields: object, username?: string) => Promise<string>,
): Promise<void> {
  const SYNC = 'sync@pilot.example';
  await assignPermissionSet(org, SYNC, 'Pilot_Sync').catch(() => undefined);
  const update = async (object: string, id: string, fields: object): Promise<void> => {
    const { status, body } = await org.call('PATCH', `/sobjects/${object}/${id}`, fields, SYNC);
    assert.equal(status, 204, JSON.stringify(body));
  };
  await update('SuccessCriterion__c', hours!, { Actual__c: 10, Measured_On__c: '2026-11-16' });
  await update('SuccessCriterion__c', users!, { Actual__c: 22, Measured_On__c: '2026-11-16' });
  await update('Pilot__c', pilotId, {
    Active_Users_7d__c: 22,
    Active_Departments__c: 3,
    Usage_Complete_To__c: '2026-11-16',
    Health__c: 'At risk',
    Stall_Reason__c: 'At risk since 9 Nov: secret reason.',
  });
  const weeks = [
    ['2026-10-19', 8],
    ['2026-10-26', 9],
    ['2026-11-02', 11],
    ['2026-11-16', 12],
  ] as const;
  for (const [Week_Start__c, saved] of weeks)
    await create(
      'PilotUsage__c',
      {
        Pilot__c: pilotId,
        Usage_Week_Key__c: `${pilotId}-${Week_Start__c}`,
        Week_Start__c,
        Active_Users__c: saved * 2,
        Events__c: 100,
        Metrics__c: JSON.stringify({ version: 1, metrics: { hours_saved: saved } }),
      },
      SYNC,
    );
}
