// The rows the sync reads, as zod schemas: each is parsed at the border and is its query's SELECT list.
import { z } from 'zod';

const text = z.string().nullable();
const number = z.number().nullable();
const day = z.iso.date().nullable();
/** A picklist as the rules know it; a value an admin added counts as not chosen. */
const choice = <const V extends readonly string[]>(...values: V): z.ZodType<V[number] | null> =>
  text.transform((value): V[number] | null => (value !== null && values.includes(value) ? value : null));
const person = z.object({ Name: z.string() }).nullable();

const HEALTH = ['On track', 'Watch', 'At risk', 'Stalled', 'Unknown'] as const;

/** What the sync wrote last time, read to write differences only. */
export const writtenPilotRow = z.object({
  Active_Users_7d__c: number,
  Active_Users_28d__c: number,
  Events_7d__c: number,
  Active_Departments__c: number,
  Usage_Change__c: number,
  Last_Usage_On__c: day,
  First_Value_On__c: day,
  Series_Digest__c: text,
  Health__c: choice(...HEALTH),
  Stalled__c: z.boolean(),
  Stalled_Since__c: day,
  Clear_Since__c: day,
  Stall_Reason__c: text,
  Signals__c: text,
  Price_Lock_Ends__c: day,
  To_Tidy__c: number,
  Adoption_Stage__c: text,
  Usage_Complete_To__c: day,
  Stale_After__c: text,
  Risk__c: number,
});

export const dealRow = z.object({ Name: z.string(), CloseDate: z.iso.date(), Lead_Pilot__c: text });

export const pilotRow = writtenPilotRow.extend({
  Id: z.string(),
  Name: z.string(),
  Opportunity__c: z.string(),
  Opportunity__r: dealRow.extend({
    AccountId: text,
    Account: z.object({ Name: z.string() }).nullable(),
  }),
  Status__c: z.enum(['Active', 'In Review']),
  Type__c: choice('POC', 'Pilot', 'Trial'),
  Usage_Source__c: choice('Linked', 'None by agreement'),
  Start_Date__c: day,
  End_Date__c: day,
  Original_End_Date__c: day,
  Readout_Date__c: day,
  Decision_Date__c: day,
  Decided_On__c: day,
  Extension_Count__c: number,
  Next_Check_In__c: day,
  Time_Zone__c: text,
  Holiday_Region__c: text,
  Rhythm__c: choice('Daily', 'Weekly', 'Month-end'),
  Planned_Users__c: number,
  Licensed_Users__c: number,
  Planned_Departments__c: number,
  Restriction__c: choice('Users', 'Features', 'Both', 'None'),
  Closed_Days__c: text,
  Customer_Sponsor__c: text,
  Customer_Sponsor__r: person,
  Champion__c: text,
  Champion__r: person,
  Customer_Lead__c: text,
  Sponsor_Left_On__c: day,
  Snoozed_Until__c: day,
  Criteria_Signed_On__c: day,
});

/** A pilot that became a purchase: which group pays, since when. */
export const convertedPilotRow = z.object({
  Id: z.string(),
  Opportunity__r: z.object({ AccountId: text }),
  Department__c: text,
  Planned_Departments__c: number,
  Decided_On__c: day,
});

/** Where the caller may see e-mail addresses, those of the people whom usage can tell apart are read too. */
/** A contact, with the fields beside the name that the integration user sees. */
export function contactRow(shows: (field: 'Email' | 'EmailBouncedDate') => boolean) {
  return z
    .object({
      Name: z.string(),
      ...(shows('Email') ? { Email: text } : {}),
      ...(shows('EmailBouncedDate') ? { EmailBouncedDate: text } : {}),
    })
    .nullable();
}

/** Multi-currency orgs add this field to every object; elsewhere it does not exist. */
export const multiCurrencyPilotRow = pilotRow.extend({ CurrencyIsoCode: text });

export const usageKeyRow = z.object({
  Id: z.string(),
  Pilot__c: z.string(),
  Source__c: text,
  Key__c: text,
  From__c: day,
  To__c: day,
  Filter__c: text,
});

export const criterionRow = z.object({
  Id: z.string(),
  Pilot__c: z.string(),
  Name: z.string(),
  Kind__c: choice('Business outcome', 'Adoption', 'Technical'),
  Must_Have__c: z.boolean(),
  Metric__c: text,
  Window__c: choice('Whole pilot', 'Last 7 days', 'Last 28 days', 'Per week'),
  Direction__c: choice('At least', 'At most'),
  Unit__c: text,
  Baseline__c: number,
  Target__c: number,
  Actual__c: number,
  Measured_On__c: day,
  Met_On__c: day,
  Projected__c: number,
  Projected_Low__c: number,
  Projected_High__c: number,
  Pace__c: choice('Met', 'On pace', 'Behind', 'Unlikely', 'Unknown'),
});

export const termRow = z.object({
  Id: z.string(),
  Pilot__c: z.string(),
  Status__c: choice('Draft', 'Proposed', 'Agreed', 'Invoked', 'Withdrawn'),
  Annual_Amount__c: number,
  One_Time_Amount__c: number,
  Agreed_On__c: day,
  Price_Valid_To__c: day,
});

export const checkInRow = z.object({
  Pilot__c: z.string(),
  Held_On__c: day,
  Sponsor_Attended__c: z.boolean(),
});

export const commitmentRow = z.object({
  Id: z.string(),
  Pilot__c: z.string(),
  Name: z.string(),
  Party__c: choice('Vendor', 'Customer'),
  Due_On__c: day,
  Done__c: z.boolean(),
});

export const usageWeekRow = z.object({
  Pilot__c: z.string(),
  Usage_Week_Key__c: z.string(),
  Week_Start__c: day,
  Active_Users__c: number,
  New_Users__c: number,
  Events__c: number,
  Active_Departments__c: number,
  Metrics__c: text,
});

export const contactRoleRow = z.object({ OpportunityId: z.string(), ContactId: z.string() });

/** A deal with the first pages of its meetings and calls; Salesforce answers null instead of an empty list of children. */
export const meetingsRow = z.object({ Id: z.string(), Events: z.unknown(), Tasks: z.unknown() });
export const eventRow = z.object({ StartDateTime: z.string().nullable() });
export const taskRow = z.object({ ActivityDate: day, IsClosed: z.boolean() });

export const issueRow = z.object({
  Id: z.string(),
  Issue_Key__c: z.string(),
  Kind__c: text,
  Pilot__c: text,
  Record_Id__c: text,
  Source__c: text,
  Line__c: number,
  Code__c: text,
  Message__c: text,
  Fix__c: text,
  Attempts__c: number,
  Acknowledged_On__c: day,
  Resolved_On__c: day,
});

export type PilotRow = z.infer<typeof pilotRow> & { readonly CurrencyIsoCode?: string | null };
export type UsageKeyRow = z.infer<typeof usageKeyRow>;
export type CriterionRow = z.infer<typeof criterionRow>;
export type UsageWeekRow = z.infer<typeof usageWeekRow>;
export type IssueRow = z.infer<typeof issueRow>;
