// What a report reads of the org: what a customer may read and nothing else, so that nothing else can get onto it.
import { z } from 'zod';

const text = z.string().nullable();
const number = z.number().nullable();
const day = z.iso.date().nullable();
const person = z.object({ Name: z.string() }).nullable();

export const reportPilotRow = z.object({
  Id: z.string(),
  Name: z.string(),
  Opportunity__r: z.object({ Account: z.object({ Name: z.string() }).nullable() }),
  Type__c: text,
  Department__c: text,
  Scope__c: text,
  Planned_Users__c: number,
  Restriction__c: text,
  Gated_Features__c: text,
  Licensed_Users__c: number,
  Start_Date__c: day,
  End_Date__c: day,
  Readout_Date__c: day,
  Decision_Date__c: day,
  Decision_Consequence__c: text,
  Access_Ends_On__c: day,
  Usage_Source__c: text,
  Usage_Complete_To__c: day,
  Active_Users_7d__c: number,
  Active_Departments__c: number,
  Customer_Sponsor__r: person,
  Customer_Lead__r: person,
  Vendor_Sponsor__r: z.object({ Name: z.string(), CompanyName: text }).nullable(),
  Success_Manager__r: person,
  Enterprise_Users__c: number,
  Hours_Saved_Per_User_Week__c: number,
  Loaded_Hourly_Cost__c: number,
  Weeks_Per_Year__c: number,
  Enterprise_Hours__c: number,
  Enterprise_Value__c: number,
  Return_On_Investment__c: number,
  Payback_Months__c: number,
  Annual_Value__c: number,
  One_Time_Value__c: number,
});
export const multiCurrencyReportPilotRow = reportPilotRow.extend({ CurrencyIsoCode: text });
export type ReportPilotRow = z.infer<typeof reportPilotRow> & { readonly CurrencyIsoCode?: string | null };

export const reportCriterionRow = z.object({
  Name: z.string(),
  Kind__c: text,
  Must_Have__c: z.boolean(),
  Direction__c: text,
  Metric__c: text,
  Window__c: text,
  Baseline__c: number,
  Target__c: number,
  Unit__c: text,
  Actual__c: number,
  Measured_On__c: day,
  Measured_By__c: text,
  Met__c: z.boolean(),
});

export const reportTermRow = z.object({
  Name: z.string(),
  Kind__c: text,
  Amount__c: number,
  Billing__c: text,
  Price_Valid_To__c: day,
  Valid_Days_After_End__c: number,
  Rollout_Start_On__c: day,
});

export const reportCommitmentRow = z.object({
  Name: z.string(),
  Party__c: text,
  Due_On__c: day,
  Done__c: z.boolean(),
});

export const reportWeekRow = z.object({
  Week_Start__c: z.iso.date(),
  Active_Users__c: number,
  Metrics__c: text,
});

export const reportQuoteRow = z.object({ Quote__c: text, Held_On__c: day });
