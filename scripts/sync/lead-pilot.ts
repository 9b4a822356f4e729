import type { PilotVerdict } from '../salesforce/columns.ts';
import type { Cell, Cells } from '../salesforce/difference.ts';
import type { PilotRow } from '../salesforce/pilot-rows.ts';
import { MAPPED_VALUES, type MappedField } from './mapped-fields.ts';

export interface LeadPilot {
  readonly opportunityId: string;
  readonly opportunity: string;
  readonly pilotId: string;
  readonly storedPilotId: string | null;
  /** The admin's own fields on the deal: what they hold and what they should; empty by default. */
  readonly mapped: { readonly stored: Cells; readonly wanted: Cells };
}

/**
 * The pilot that speaks for each open deal: of its live pilots the one that started last, and of two that
 * started on one day the one created last (the higher id). A deal without live pilot keeps what it has: its
 * formulas are blank then, and the page still finds the pilot that was. Where the lead pilot has no verdict in this
 * run, the admin's fields stay as they are.
 */
export function leadPilots(
  pilots: readonly PilotRow[],
  verdicts: ReadonlyMap<string, PilotVerdict> = new Map(),
  fields: readonly MappedField[] = [],
): LeadPilot[] {
  return [...Map.groupBy(pilots, (pilot) => pilot.Opportunity__c)].map(([opportunityId, rivals]) => {
    const lead = rivals.reduce((best, pilot) => (startsLater(pilot, best) ? pilot : best));
    const { Name: opportunity, Lead_Pilot__c: storedPilotId } = lead.Opportunity__r;
    const mapped = mappedCells(lead, verdicts.get(lead.Id), fields);
    return { opportunityId, opportunity, pilotId: lead.Id, storedPilotId, mapped };
  });
}

function mappedCells(
  lead: PilotRow,
  verdict: PilotVerdict | undefined,
  fields: readonly MappedField[],
): LeadPilot['mapped'] {
  if (!verdict) return { stored: {}, wanted: {} };
  const deal = lead.Opportunity__r as Readonly<Record<string, unknown>>;
  return {
    stored: Object.fromEntries(fields.map(({ field }) => [field, (deal[field] ?? null) as Cell])),
    wanted: Object.fromEntries(fields.map(({ field, value }) => [field, verdict[MAPPED_VALUES[value]]])),
  };
}

function startsLater(a: PilotRow, b: PilotRow): boolean {
  const [dayA, dayB] = [a.Start_Date__c ?? '', b.Start_Date__c ?? ''];
  return dayA === dayB ? a.Id > b.Id : dayA > dayB;
}
