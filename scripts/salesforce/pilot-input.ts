import { z } from 'zod';
import type { CriterionInput, Person, PilotInput } from '../domain/evaluation.ts';
import type { Day } from '../domain/facts.ts';
import type { CriterionRow, PilotRow } from './pilot-rows.ts';
import type { OrgRows } from './read-org.ts';

/** A pilot the rules can judge, or why its record cannot be read; the latter counts as a failed record. */
export type ReadPilot =
  | { readonly row: PilotRow; readonly input: PilotInput }
  | {
      readonly row: PilotRow;
      readonly problem: { readonly code: string; readonly message: string; readonly fix: string };
    };

const closedDays = z.object({
  version: z.literal(1),
  days: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), reason: z.string() })),
});

/**
 * Turns the org's rows into the rules' input, in the order the pilots came in. `today` parts meetings held from booked ones;
 * `hash` is that of the sources: an address leaves this function as its hash only.
 */
export function pilotInputs(rows: OrgRows, today: Day, hash: (address: string) => string): ReadPilot[] {
  const meetings = meetingDays(rows.meetings, today);
  const criteria = Map.groupBy(rows.criteria, (row) => row.Pilot__c);
  const terms = Map.groupBy(rows.terms, (row) => row.Pilot__c);
  const checkIns = Map.groupBy(rows.checkIns, (row) => row.Pilot__c);
  const commitments = Map.groupBy(rows.commitments, (row) => row.Pilot__c);
  const roles = Map.groupBy(rows.contactRoles, (row) => row.OpportunityId);
  return rows.pilots.map((row): ReadPilot => {
    const closed = parseClosedDays(row.Closed_Days__c);
    if (closed === null) {
      const message = `Closed_Days__c of ${row.Name} (${row.Id}) is not the JSON the page writes.`;
      return {
        row,
        problem: {
          code: 'DAMAGED_JSON',
          message,
          fix: 'Clear the field Closed Days on the pilot and enter the days again.',
        },
      };
    }
    const contacts = [row.Customer_Sponsor__c, row.Champion__c, row.Customer_Lead__c].filter(
      (id) => id !== null,
    );
    const input: PilotInput = {
      ...termsOfTheDeal(row),
      ...people(row, hash),
      ...contacted(row, meetings),
      closedDays: closed,
      contactCount: new Set([
        ...contacts,
        ...(roles.get(row.Opportunity__c) ?? []).map((role) => role.ContactId),
      ]).size,
      criteria: (criteria.get(row.Id) ?? []).map(criterionInput),
      terms: (terms.get(row.Id) ?? []).map((term) => ({
        id: term.Id,
        status: term.Status__c,
        annualAmount: term.Annual_Amount__c,
        oneTimeAmount: term.One_Time_Amount__c,
        agreedOn: term.Agreed_On__c,
        priceValidTo: term.Price_Valid_To__c,
      })),
      checkIns: (checkIns.get(row.Id) ?? []).flatMap((checkIn) =>
        checkIn.Held_On__c === null
          ? []
          : [{ heldOn: checkIn.Held_On__c, sponsorAttended: checkIn.Sponsor_Attended__c }],
      ),
      commitments: (commitments.get(row.Id) ?? []).map((commitment) => ({
        id: commitment.Id,
        name: commitment.Name,
        party: commitment.Party__c,
        dueOn: commitment.Due_On__c,
        isDone: commitment.Done__c,
      })),
      stored: {
        health: row.Health__c,
        stalledSince: row.Stalled_Since__c,
        signals: row.Signals__c,
      },
    };
    return { row, input };
  });
}

function termsOfTheDeal(row: PilotRow) {
  return {
    id: row.Id,
    name: row.Name,
    accountName: row.Opportunity__r.Account?.Name ?? null,
    status: row.Status__c,
    type: row.Type__c,
    usageSource: row.Usage_Source__c,
    startDate: row.Start_Date__c,
    endDate: row.End_Date__c,
    originalEndDate: row.Original_End_Date__c,
    readoutDate: row.Readout_Date__c,
    decisionDate: row.Decision_Date__c,
    decidedOn: row.Decided_On__c,
    extensionCount: row.Extension_Count__c ?? 0,
    timeZone: row.Time_Zone__c,
    holidayRegion: row.Holiday_Region__c,
    rhythm: row.Rhythm__c,
    plannedUsers: row.Planned_Users__c,
    licensedUsers: row.Licensed_Users__c,
    plannedDepartments: row.Planned_Departments__c,
    restriction: row.Restriction__c,
    snoozedUntil: row.Snoozed_Until__c,
    criteriaSignedOn: row.Criteria_Signed_On__c,
    dealIsClosed: false,
    dealCloseDate: row.Opportunity__r.CloseDate,
  } satisfies Partial<PilotInput>;
}

function people(row: PilotRow, hash: (address: string) => string) {
  return {
    customerSponsor: person(row.Customer_Sponsor__c, row.Customer_Sponsor__r, hash),
    champion: person(row.Champion__c, row.Champion__r, hash),
    sponsorLeftOn: row.Sponsor_Left_On__c,
    sponsorBouncedOn: bouncedOn(row.Customer_Sponsor__r),
  } satisfies Partial<PilotInput>;
}

interface MeetingDays {
  /** Ascending; today is in both. */
  readonly held: readonly Day[];
  readonly booked: readonly Day[];
}

/**
 * Days of the meetings and calls of each deal; null where the org shows none at all. A task was held once it is closed,
 * and is booked while it is open: an open one of a past day did not happen.
 */
function meetingDays(rows: OrgRows['meetings'], today: Day): ReadonlyMap<string, MeetingDays> | null {
  const found = (rows ?? []).map(({ opportunityId, events, tasks }) => {
    const eventDays = events.flatMap(({ StartDateTime }) => StartDateTime?.slice(0, 10) ?? []);
    const taskDays = (isClosed: boolean) =>
      tasks.flatMap(({ ActivityDate, IsClosed }) =>
        ActivityDate !== null && IsClosed === isClosed ? [ActivityDate] : [],
      );
    const held = [...eventDays, ...taskDays(true)].filter((day) => day <= today).toSorted();
    const booked = [...eventDays, ...taskDays(false)].filter((day) => day >= today).toSorted();
    return [opportunityId, { held, booked }] as const;
  });
  return found.some(([, { held, booked }]) => held.length + booked.length > 0) ? new Map(found) : null;
}

/** A booked meeting is a next step like a booked check-in; the later of both counts. */
function contacted(row: PilotRow, meetings: ReturnType<typeof meetingDays>) {
  const deal = meetings?.get(row.Opportunity__c);
  const next = [row.Next_Check_In__c, deal?.booked.at(-1) ?? null].filter((day) => day !== null);
  return {
    readsActivities: meetings !== null,
    lastMeetingOn: deal?.held.at(-1) ?? null,
    nextCheckIn: next.toSorted().at(-1) ?? null,
  } satisfies Partial<PilotInput>;
}

/** A contact as far as the integration user sees it. */
interface SeenContact {
  readonly Name: string;
  readonly Email?: string | null;
  readonly EmailBouncedDate?: string | null;
}

function bouncedOn(contact: SeenContact | null): Day | null {
  return contact?.EmailBouncedDate?.slice(0, 10) ?? null;
}

function person(
  id: string | null,
  contact: SeenContact | null,
  hash: (address: string) => string,
): Person | null {
  if (id === null || contact === null) return null;
  const address = contact.Email?.trim().toLowerCase() ?? '';
  return { id, name: contact.Name, addressHash: address === '' ? null : hash(address) };
}

function criterionInput(row: CriterionRow): CriterionInput {
  return {
    id: row.Id,
    name: row.Name,
    kind: row.Kind__c,
    isMustHave: row.Must_Have__c,
    metric: row.Metric__c,
    window: row.Window__c,
    direction: row.Direction__c,
    unit: row.Unit__c,
    baseline: row.Baseline__c,
    target: row.Target__c,
    actual: row.Actual__c,
    measuredOn: row.Measured_On__c,
    metOn: row.Met_On__c,
  };
}

/** Null when the text is not what the page writes. */
function parseClosedDays(text: string | null): readonly { from: Day; to: Day; reason: string }[] | null {
  if (text === null) return [];
  try {
    return closedDays.parse(JSON.parse(text)).days;
  } catch {
    return null;
  }
}
