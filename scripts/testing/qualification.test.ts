// The page qualifies before a record exists, the org by a formula on the record: they must say the same.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { qualify } from '../../force-app/main/default/lwc/pilotQualify/qualification.ts';
import type { Answer } from '../../force-app/main/default/lwc/pilotQualify/qualification.ts';
import { startTestOrg } from './test-org.ts';
import type { TestOrg } from './test-org.ts';

let org: TestOrg;

before(async () => {
  org = await startTestOrg({ deploy: true });
});
after(() => org?.close());

const DOUBTS = ['Free consulting', 'Rival favoured', 'Earlier pilots did not convert', 'Poor fit'];
const isOn = (number: number, bit: number): boolean => ((number >> bit) & 1) === 1;

interface Case {
  readonly fields: Record<string, unknown>;
  readonly verdict: string;
}

/** All 1,024 combinations of six questions and four doubts. */
function everyCase(): Case[] {
  return Array.from({ length: 1024 }, (_, number) => {
    const answer = (bit: number): Answer => (isOn(number, bit) ? 'yes' : 'not-yet');
    const answers = { budget: answer(0), decisionMaker: answer(1), driver: answer(2), failure: answer(3) };
    const doubts = DOUBTS.filter((_doubt, index) => isOn(number, index + 6));
    const circumstances = { doubts, isScopeNarrow: isOn(number, 4), hasResources: isOn(number, 5) };
    const fields = {
      Name: String(number),
      Budget_Approved__c: isOn(number, 0),
      Decision_Maker_Engaged__c: isOn(number, 1),
      Business_Driver_Known__c: isOn(number, 2),
      Failure_Criteria_Clear__c: isOn(number, 3),
      Scope_Is_Narrow__c: isOn(number, 4),
      Resources_Available__c: isOn(number, 5),
      Doubts__c: doubts.join(';') || null,
    };
    return { fields, verdict: qualify(answers, circumstances)?.verdict ?? 'none' };
  });
}

test('the page and the formula Qualification__c agree on every combination of answers and doubts', async () => {
  const deal = await org.call('POST', '/sobjects/Opportunity', {
    Name: 'Deal',
    StageName: 'Prospecting',
    CloseDate: '2027-01-31',
  });
  const Opportunity__c = (deal.body as { id: string }).id;
  const cases = everyCase();
  for (let start = 0; start < cases.length; start += 200) {
    const records = cases
      .slice(start, start + 200)
      .map(({ fields }) => ({ attributes: { type: 'Pilot__c' }, Opportunity__c, ...fields }));
    const { body } = await org.call('POST', '/composite/sobjects', { allOrNone: true, records });
    assert.ok(
      (body as { success: boolean }[]).every(({ success }) => success),
      JSON.stringify(body).slice(0, 300),
    );
  }
  const soql = encodeURIComponent('SELECT Name, Qualification__c FROM Pilot__c LIMIT 2000');
  const { body } = await org.call('GET', `/query?q=${soql}`);
  const { records } = body as { records: { Name: string; Qualification__c: string }[] };
  const stored = new Map(records.map((record) => [record.Name, record.Qualification__c]));
  assert.equal(stored.size, cases.length);
  for (const { fields, verdict } of cases)
    assert.equal(stored.get(String(fields['Name'])), verdict, JSON.stringify(fields));
  const seen = new Set(stored.values());
  assert.deepEqual([...seen].sort(), ['Decline', 'Fix first', 'Go']);
});
