import assert from 'node:assert/strict';
import { zipOf, type TestOrg } from './test-org.ts';

export type Values = Record<string, unknown>;

/** Rows as the administrator reads them. */
export async function rows(org: TestOrg, soql: string): Promise<Values[]> {
  const { status, body } = await org.call('GET', `/query?q=${encodeURIComponent(soql)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return (body as { records: Values[] }).records;
}

export async function create(org: TestOrg, object: string, body: Values, username?: string): Promise<string> {
  const answer = await org.call('POST', `/sobjects/${object}`, body, username);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return (answer.body as { id: string }).id;
}

export async function change(org: TestOrg, path: string, body: Values, username?: string): Promise<void> {
  const answer = await org.call('PATCH', `/sobjects/${path}`, body, username);
  assert.equal(answer.status, 204, JSON.stringify(answer.body));
}

/** An open deal; returns its id. */
export const createDeal = (org: TestOrg, values: Values = {}): Promise<string> =>
  create(org, 'Opportunity', {
    Name: 'Deal',
    StageName: 'Prospecting',
    CloseDate: '2027-03-31',
    ...values,
  });

/** Lets a success manager run one live pilot and refuses the second. */
export const blockingPolicy = (): Uint8Array =>
  zipOf({
    'customMetadata/PilotPolicy.Default_Override.md': `<?xml version="1.0" encoding="UTF-8"?>
<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <label>Override</label>
    <protected>false</protected>
    <values><field>Capacity_Mode__c</field><value xsi:type="xsd:string">Block</value></values>
    <values><field>Capacity_Per_Manager__c</field><value xsi:type="xsd:double">1</value></values>
</CustomMetadata>`,
    'package.xml': `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>PilotPolicy.Default_Override</members><name>CustomMetadata</name></types><version>67.0</version></Package>`,
  });

/** Refuses every task, as a rule of the org's own might. */
export const refusingTaskRule = (): Uint8Array =>
  zipOf({
    'objects/Task.object': `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
    <validationRules>
        <fullName>No_Tasks</fullName>
        <active>true</active>
        <errorConditionFormula>ISNEW()</errorConditionFormula>
        <errorMessage>Tasks are made in another system.</errorMessage>
    </validationRules>
</CustomObject>`,
    'package.xml': `<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Task.No_Tasks</members><name>ValidationRule</name></types><version>67.0</version></Package>`,
  });
