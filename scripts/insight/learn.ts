// What converted in an org: its closed pilots, read once, through the same computation as the page.
import { z } from 'zod';
import {
  learn,
  type EndedPilot,
  type Learning,
} from '../../force-app/main/default/lwc/pilotLearning/learning.ts';
import { parseSignals } from '../../force-app/main/default/lwc/pilotRecord/signalsJson.ts';
import { readAmendments } from '../../force-app/main/default/lwc/pilotRecord/storedJson.ts';
import { selectOf } from '../salesforce/select-of.ts';
import { soql } from '../salesforce/soql.ts';
import { openOrg, type OrgOptions } from '../sync/open-org.ts';

const text = z.string().nullable();
const number = z.number().nullable();
const endedRow = z.object({
  Id: z.string(),
  Outcome__c: text,
  Converted__c: number,
  Structured_At_Start__c: z.boolean(),
  Type__c: text,
  Template_Name__c: text,
  Purpose__c: text,
  Commitment_Level__c: text,
  Extension_Count__c: number,
  Amendments__c: text,
  Days_To_First_Value__c: number,
  Active_Departments__c: number,
  Signals__c: text,
});

/** All closed pilots that the login may see; nothing is written. */
export async function learnFromOrg(options: OrgOptions): Promise<Learning> {
  const { client } = await openOrg(options);
  const rows = await client.query(
    soql`SELECT ${selectOf(endedRow)} FROM Pilot__c WHERE Status__c = ${'Closed'} ORDER BY Id`,
    endedRow,
  );
  return learn(rows.map(endedPilot));
}

function endedPilot(row: z.infer<typeof endedRow>): EndedPilot {
  const stored = parseSignals(row.Signals__c);
  return {
    outcome: row.Outcome__c,
    converted: row.Converted__c,
    isStructured: row.Structured_At_Start__c,
    type: row.Type__c,
    template: row.Template_Name__c,
    purpose: row.Purpose__c,
    commitment: row.Commitment_Level__c,
    // The flow counts extensions and leaves the field blank before the first.
    extensions: row.Extension_Count__c ?? 0,
    amendments: readAmendments(row.Amendments__c)?.length ?? null,
    daysToFirstValue: row.Days_To_First_Value__c,
    departments: row.Active_Departments__c,
    signal: stored === null ? null : (stored.signals[0]?.code ?? ''),
  };
}
