import assert from 'node:assert/strict';
import { afterEach, it } from 'node:test';
import { ADMIN, assignPermissionSet, startTestOrg, zipOf, type TestOrg } from '../../testing/test-org.ts';
import { testPackageZip } from '../../testing/test-package.ts';
import { strFromU8, unzipSync, zipSync, strToU8 } from 'fflate';

const BEFORE_SAVE = 'flows/Pilot_Before_Save.flow';
const NOTICE = 'flows/Pilot_Stalled_Notice.flow';

/** The package with one flow changed. */
function packageWith(path: string, find: string | RegExp, replacement: string): Uint8Array {
  const files = unzipSync(testPackageZip());
  const text = strFromU8(files[path]!);
  const changed = text.replace(find, replacement);
  assert.notEqual(changed, text, `${path} holds ${find}`);
  return zipSync({ ...files, [path]: strToU8(changed) });
}

let org: TestOrg;
afterEach(() => org.close());

/** The first step of a flow, so that another can be put before it. */
const FIRST_STEP = /<start>([^]*?)<targetReference>(\w+)</;

interface Refused {
  readonly name: string;
  readonly path: string;
  readonly find: string | RegExp;
  readonly to: string;
  readonly message: RegExp;
}
const REFUSED: readonly Refused[] = [
  {
    name: 'a kind of resource',
    path: NOTICE,
    find: '<start>',
    to: '<constants><name>Days</name><dataType>Number</dataType></constants><start>',
    message:
      /Pilot_Stalled_Notice\.flow:\d+ The local org does not interpret Days, a <constants> of <Flow> in flows/,
  },
  {
    name: 'a loop',
    path: NOTICE,
    find: FIRST_STEP,
    to: '<loops><name>Each_One</name><label>Each</label><locationX>1</locationX><locationY>1</locationY><collectionReference>Recipients</collectionReference><iterationOrder>Asc</iterationOrder><noMoreValuesConnector><targetReference>$2</targetReference></noMoreValuesConnector></loops><start>$1<targetReference>Each_One<',
    message:
      /Pilot_Stalled_Notice\.flow:\d+ The local org does not interpret Each_One, a <loops> of <Flow> in flows/,
  },
  {
    name: 'a subflow',
    path: NOTICE,
    find: FIRST_STEP,
    to: '<subflows><name>Call_Other</name><label>Call</label><locationX>1</locationX><locationY>1</locationY><connector><targetReference>$2</targetReference></connector><flowName>Other_Flow</flowName></subflows><start>$1<targetReference>Call_Other<',
    message:
      /Pilot_Stalled_Notice\.flow:\d+ The local org does not interpret Call_Other, a <subflows> of <Flow> in flows/,
  },
  {
    name: 'an option of an element',
    path: BEFORE_SAVE,
    find: '<object>PilotPolicy__mdt</object>',
    to: '<limit><numberValue>1</numberValue></limit><object>PilotPolicy__mdt</object>',
    message:
      /Pilot_Before_Save\.flow:\d+ The local org does not interpret <limit> of <recordLookups> in flows/,
  },
  {
    name: 'an operator',
    path: BEFORE_SAVE,
    find: '<operator>GreaterThanOrEqualTo</operator>',
    to: '<operator>Contains</operator>',
    message: /does not interpret <operator> Contains in flows/,
  },
  {
    name: 'custom condition logic',
    path: NOTICE,
    find: '<conditionLogic>and</conditionLogic>',
    to: '<conditionLogic>1</conditionLogic>',
    message: /does not interpret <conditionLogic> 1 in flows/,
  },
  {
    name: 'an immediate path after the save',
    path: NOTICE,
    find: '<filterFormula>',
    to: '<connector><targetReference>Is_Entering</targetReference></connector><filterFormula>',
    message: /does not interpret the immediate path of an after-save flow/,
  },
  {
    name: 'a formula with a function that is not computed',
    path: NOTICE,
    find: '"Pilot stalled: " &amp; {!$Record.Name}',
    to: 'INITCAP({!$Record.Name})',
    message: /Pilot_Stalled_Notice\.flow:\d+ The local org does not compute the function INITCAP/,
  },
];

for (const { name, path, find, to, message } of REFUSED)
  it(`fails the deploy of a flow with ${name} that is not known, with file, line and name`, async () => {
    org = await startTestOrg();
    await assert.rejects(org.deploy(packageWith(path, find, to)), message);
    assert.equal((await org.call('GET', '/sobjects/Pilot__c/describe')).status, 404);
  });

it('refuses a flow that saves another record before the save', async () => {
  org = await startTestOrg();
  const create =
    '<recordCreates><name>Make</name><label>Make</label><inputAssignments><field>Subject</field><value><stringValue>x</stringValue></value></inputAssignments><object>Task</object></recordCreates>';
  await assert.rejects(
    org.deploy(packageWith(BEFORE_SAVE, '<start>', `${create}<start>`)),
    /Pilot_Before_Save\.flow:\d+ A before-save flow cannot contain recordCreates/,
  );
});

it('does not run a flow that is not active', async () => {
  org = await startTestOrg({
    deploy: packageWith(BEFORE_SAVE, '<status>Active</status>', '<status>Draft</status>'),
  });
  const deal = await org.call('POST', '/sobjects/Opportunity', {
    Name: 'Deal',
    StageName: 'Prospecting',
    CloseDate: '2027-03-31',
  });
  const { id } = deal.body as { id: string };
  await assignPermissionSet(org, ADMIN, 'Pilot_Admin');
  const made = await org.call('POST', '/sobjects/Pilot__c', {
    Name: 'Pilot',
    Opportunity__c: id,
    Status__c: 'Active',
    End_Date__c: '2027-01-31',
  });
  const pilot = await org.call('GET', `/sobjects/Pilot__c/${(made.body as { id: string }).id}`);
  assert.equal((pilot.body as Record<string, unknown>)['Original_End_Date__c'], null);
});

for (const file of ['destructiveChangesPre.xml', 'destructiveChanges.xml', 'destructiveChangesPost.xml'])
  it(`refuses to delete a field that a flow reads (${file})`, async () => {
    org = await startTestOrg({ deploy: true });
    const remove = zipOf({
      [file]:
        '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Pilot__c.Stall_Reason__c</members><name>CustomField</name></types><version>67.0</version></Package>',
    });
    await assert.rejects(org.deploy(remove), /Stall_Reason__c/);
  });
