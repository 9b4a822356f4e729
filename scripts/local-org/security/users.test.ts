import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ADMIN, createUser, startTestOrg, type Answer, type TestOrg } from '../../testing/test-org.ts';

const REP = 'rep@local.test';
const OTHER_REP = 'other-rep@local.test';
const SUCCESS = 'success@local.test';
const MANAGER = 'manager@local.test';
const SYNC = 'sync@local.test';
const NOBODY = 'nobody@local.test';
const EVERYBODY = [ADMIN, REP, OTHER_REP, SUCCESS, MANAGER, SYNC, NOBODY];

interface PilotOrg {
  readonly org: TestOrg;
  readonly opportunity: string;
  readonly pilot: string;
}

async function assignGroup(org: TestOrg, AssigneeId: string, group: string): Promise<void> {
  const soql = encodeURIComponent(`SELECT Id FROM PermissionSetGroup WHERE DeveloperName = '${group}'`);
  const { body } = await org.call('GET', `/query?q=${soql}`);
  const PermissionSetGroupId = (body as { records: { Id: string }[] }).records[0]!.Id;
  const made = await org.call('POST', '/sobjects/PermissionSetAssignment', {
    AssigneeId,
    PermissionSetGroupId,
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
}

/** The package with its seven kinds of user, a deal of the rep and a pilot on it. */
async function startPilotOrg(opportunitySharing: 'Private' | 'Read'): Promise<PilotOrg> {
  const org = await startTestOrg({ deploy: true, sharing: { Opportunity: opportunitySharing } });
  const integration = 'Minimum Access - API Only Integrations';
  for (const username of [REP, OTHER_REP, SUCCESS])
    await createUser(org, { username, permissionSets: ['Pilot_Rep'] });
  await assignGroup(org, await createUser(org, { username: MANAGER }), 'Pilot_Team');
  await createUser(org, { username: SYNC, profile: integration, permissionSets: ['Pilot_Sync'] });
  await createUser(org, { username: NOBODY });
  const create = async (object: string, body: object): Promise<string> => {
    const made = await org.call('POST', `/sobjects/${object}`, body, REP);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return (made.body as { id: string }).id;
  };
  const deal = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2027-03-01' };
  const opportunity = await create('Opportunity', deal);
  const pilot = await create('Pilot__c', { Name: 'Pilot', Opportunity__c: opportunity });
  return { org, opportunity, pilot };
}

const codeOf = ({ status, body }: Answer): unknown[] => [
  status,
  (body as { errorCode?: string }[] | null)?.[0]?.errorCode,
];

for (const sharing of ['Private', 'Read'] as const)
  describe(`users where opportunities are ${sharing}`, () => {
    let made: PilotOrg;
    before(async () => void (made = await startPilotOrg(sharing)));
    after(() => made.org.close());

    const whoSees = async (object: string): Promise<string[]> => {
      const seeing: string[] = [];
      for (const user of EVERYBODY) {
        const path = `/query?q=${encodeURIComponent(`SELECT Id FROM ${object}`)}`;
        const { status, body } = await made.org.call('GET', path, undefined, user);
        if (status === 200 && (body as { totalSize: number }).totalSize === 1) seeing.push(user);
      }
      return seeing;
    };
    const open = sharing === 'Read';

    test('the deal is seen by its owner, by View All and, when open, by everybody who may read deals', async () => {
      assert.deepEqual(await whoSees('Opportunity'), open ? EVERYBODY : [ADMIN, REP, SYNC]);
    });

    test('the pilot is seen by those who see its deal, but not without a permission set', async () => {
      const expected = EVERYBODY.filter((user) => user !== NOBODY);
      assert.deepEqual(await whoSees('Pilot__c'), open ? expected : [ADMIN, REP, SYNC]);
      const hidden = await made.org.call('GET', '/query?q=SELECT+Id+FROM+Pilot__c', undefined, NOBODY);
      assert.deepEqual(codeOf(hidden), [400, 'INVALID_TYPE']);
    });

    test('who only reads the deal may log a check-in; who does not see it may not', async () => {
      const checkIn = { Pilot__c: made.pilot, Held_On__c: '2026-11-18' };
      const byReader = await made.org.call('POST', '/sobjects/PilotCheckIn__c', checkIn, SUCCESS);
      assert.deepEqual(
        codeOf(byReader),
        open ? [201, undefined] : [400, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'],
        JSON.stringify(byReader.body),
      );
    });

    test('a deal is changed by its owner only; View All of the sync does not make it editable', async () => {
      const rename = (user: string) =>
        made.org.call('PATCH', `/sobjects/Opportunity/${made.opportunity}`, { Name: 'Deal' }, user);
      assert.equal((await rename(REP)).status, 204);
      assert.deepEqual(
        codeOf(await rename(OTHER_REP)),
        open ? [403, 'INSUFFICIENT_ACCESS_OR_READONLY'] : [404, 'INVALID_CROSS_REFERENCE_KEY'],
      );
    });

    test('the sync writes its fields on every pilot, and a rep does not', async () => {
      const measure = (user: string) =>
        made.org.call('PATCH', `/sobjects/Pilot__c/${made.pilot}`, { Health__c: 'Watch' }, user);
      assert.equal((await measure(SYNC)).status, 204);
      assert.deepEqual(codeOf(await measure(REP)), [400, 'INVALID_FIELD_FOR_INSERT_UPDATE']);
    });

    test('the group gives a manager what its sets give: the delete of a pilot', async () => {
      const { org, pilot } = made;
      const { body } = await org.call('GET', '/sobjects/Pilot__c/describe', undefined, MANAGER);
      assert.equal((body as { deletable: boolean }).deletable, true);
      const byRep = await org.call('DELETE', `/sobjects/Pilot__c/${pilot}`, undefined, REP);
      assert.deepEqual(codeOf(byRep), [403, 'INSUFFICIENT_ACCESS_OR_READONLY']);
    });
  });
