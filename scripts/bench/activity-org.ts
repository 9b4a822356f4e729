// A local org with one deal and one pilot per line of the activity data, made the way an admin and a rep would.
import { strToU8, zipSync } from 'fflate';
import { switchField, type SignalCode } from '../domain/policy-fields.ts';
import { assignPermissionSet } from '../cli/assign-permission-set.ts';
import { sampleClient } from '../cli/sample-client.ts';
import { buildPackageZip } from '../package/build-zip.ts';
import { API_VERSION } from '../salesforce/client.ts';
import { clientCredentials } from '../salesforce/client-credentials.ts';
import type { Login } from '../salesforce/connect.ts';
import { deployPackage } from '../salesforce/deploy-package.ts';
import { create } from '../sample/sample-client.ts';
import { makeSampleUsers, SAMPLE_USERS } from '../sample/sample-users.ts';
import type { ActivityPilot } from './activity-folder.ts';

/** Name of the usage source in the sync's configuration and on the pilots' usage keys. */
export const SOURCE = 'activity';
/** Signals that read contacts, check-ins or terms: commit histories have none of them. */
export const SIGNALS_OFF: readonly SignalCode[] = [
  'NO_SPONSOR',
  'SPONSOR_GONE',
  'SPONSOR_SILENT',
  'SINGLE_THREADED',
  'NO_NEXT_STEP',
  'TERMS_NOT_READY',
  'PRICE_LOCK_ENDING',
];

const ADMIN = 'admin@local.test';
const LOCAL_SECRET = 'local-org';

export interface ActivityOrg {
  readonly admin: Login;
  readonly sync: Login;
  /** Pilot id → usage key. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Deploys the package and the override, makes users, deals, pilots and usage keys, all over HTTP. */
export async function fillActivityOrg(
  orgUrl: string,
  pilots: readonly ActivityPilot[],
  onProgress: (done: number, total: number, unit: string) => void,
): Promise<ActivityOrg> {
  const admin = await clientCredentials(orgUrl, ADMIN, LOCAL_SECRET);
  await deployPackage(admin, buildPackageZip(), (done, total) => onProgress(done, total, 'components'));
  await deployPackage(admin, policyOverride(SIGNALS_OFF), () => undefined);
  const client = sampleClient(admin);
  await assignPermissionSet(client, ADMIN, 'Pilot_Admin');
  const users = await makeSampleUsers(client);
  const account = (await create(client, 'Account', [{ Name: 'Public projects', OwnerId: users.rep }]))[0]!;
  const deals = await create(
    client,
    'Opportunity',
    pilots.map(({ key }) => ({
      Name: key,
      AccountId: account,
      StageName: 'Proposal/Price Quote',
      CloseDate: '2027-06-30',
      OwnerId: users.rep,
    })),
  );
  const ids = await create(
    client,
    'Pilot__c',
    pilots.map((pilot, index) => pilotFields(pilot, deals[index]!)),
  );
  onProgress(ids.length, pilots.length, 'pilots');
  await create(
    client,
    'PilotUsageKey__c',
    pilots.map(({ key }, index) => ({
      Pilot__c: ids[index]!,
      Source__c: SOURCE,
      Key__c: key,
      Matched_By__c: 'By hand',
    })),
  );
  return {
    admin,
    sync: await clientCredentials(orgUrl, SAMPLE_USERS.sync.username, LOCAL_SECRET),
    keys: new Map(ids.map((id, index) => [id, pilots[index]!.key])),
  };
}

function pilotFields({ key, startDate, endDate, licensedUsers }: ActivityPilot, opportunity: string) {
  return {
    Name: `Pilot ${key}`,
    Opportunity__c: opportunity,
    Type__c: 'Pilot',
    Status__c: 'Active',
    Usage_Source__c: 'Linked',
    Restriction__c: 'Users',
    Start_Date__c: startDate,
    End_Date__c: endDate,
    Planned_Users__c: licensedUsers,
    Licensed_Users__c: licensedUsers,
    Time_Zone__c: 'UTC',
    Rhythm__c: 'Daily',
  };
}

/** A deploy of the record in which an admin keeps what differs from the shipped defaults. */
function policyOverride(off: readonly SignalCode[]): Uint8Array {
  const xml = '<?xml version="1.0" encoding="UTF-8"?>\n';
  const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
  const values = off.map(
    (code) => `<values><field>${switchField(code)}</field><value xsi:type="xsd:string">Off</value></values>`,
  );
  const record = `${xml}<CustomMetadata ${namespace} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"><label>Default Override</label><protected>false</protected>${values.join('')}</CustomMetadata>\n`;
  const manifest = `${xml}<Package ${namespace}><types><members>PilotPolicy.Default_Override</members><name>CustomMetadata</name></types><version>${API_VERSION}</version></Package>\n`;
  return zipSync({
    'package.xml': strToU8(manifest),
    'customMetadata/PilotPolicy.Default_Override.md': strToU8(record),
  });
}
