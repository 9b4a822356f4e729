import { sameId } from '../salesforce/difference.ts';
import type { PilotRow } from '../salesforce/pilot-rows.ts';

export interface LeadPilot {
  readonly opportunityId: string;
  readonly pilotId: string;
  readonly isChange: boolean;
}

/**
 * The pilot that speaks for each open deal: of its live pilots the one that started last, and of two that
 * started on one day the one created last (the higher id). A deal without live pilot keeps what it has: its
 * formulas are blank then, and the page still finds the pilot that was.
 */
export function leadPilots(pilots: readonly PilotRow[]): LeadPilot[] {
  return [...Map.groupBy(pilots, (pilot) => pilot.Opportunity__c)].map(([opportunityId, rivals]) => {
    const lead = rivals.reduce((best, pilot) => (startsLater(pilot, best) ? pilot : best));
    const stored = lead.Opportunity__r.Lead_Pilot__c;
    return { opportunityId, pilotId: lead.Id, isChange: stored === null || !sameId(stored, lead.Id) };
  });
}

function startsLater(a: PilotRow, b: PilotRow): boolean {
  const [dayA, dayB] = [a.Start_Date__c ?? '', b.Start_Date__c ?? ''];
  return dayA === dayB ? a.Id > b.Id : dayA > dayB;
}
