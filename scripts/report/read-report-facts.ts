import type { z } from 'zod';
import type {
  AgreementFacts,
  AgreementTerm,
} from '../../force-app/main/default/lwc/pilotAgreement/agreementDocument.ts';
import {
  businessCase,
  hoursMeasurement,
  type BusinessCase,
} from '../../force-app/main/default/lwc/pilotBusinessCase/businessCase.ts';
import type { AccessFacts } from '../../force-app/main/default/lwc/pilotBusinessCase/caseDocument.ts';
import type { SalesforceClient } from '../salesforce/client.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { selectOf } from '../salesforce/select-of.ts';
import { soql, type Soql } from '../salesforce/soql.ts';
import {
  multiCurrencyReportPilotRow,
  reportCommitmentRow,
  reportCriterionRow,
  reportPilotRow,
  reportQuoteRow,
  reportTermRow,
  reportWeekRow,
  type ReportPilotRow,
} from './report-rows.ts';

/** A criterion with its result, as the org judges it. */
export interface CriterionResult {
  readonly name: string;
  readonly isMustHave: boolean;
  readonly isAtMost: boolean;
  readonly baseline: number | null;
  readonly target: number | null;
  readonly unit: string | null;
  readonly actual: number | null;
  readonly measuredOn: string | null;
  readonly isMet: boolean;
}

export interface ReportFacts {
  readonly pilotId: string;
  /** ISO 4217 code, which only an org with several currencies tells. */
  readonly currency: string | null;
  /** With the agreed and invoked terms, and the commitments that are open. */
  readonly agreement: AgreementFacts;
  readonly results: readonly CriterionResult[];
  readonly case: BusinessCase;
  readonly access: AccessFacts;
  readonly hasNoTelemetry: boolean;
  /** Weeks with any use, oldest first; null users where the source counts no people. */
  readonly weeks: readonly { readonly start: string; readonly users: number | null }[];
  /** Only those that the customer allowed to use, newest first. */
  readonly quotes: readonly string[];
  readonly rolloutStartsOn: string | null;
}

/**
 * Everything a report of a pilot may say; the pilot, by id or name, may be in any status.
 * @throws ConfigError PILOT_UNKNOWN, or PILOT_AMBIGUOUS with the ids
 */
export async function readReportFacts(client: SalesforceClient, asked: string): Promise<ReportFacts> {
  const pilot = await findReportPilot(client, asked);
  const rows = <Row>(schema: z.ZodObject & z.ZodType<Row>, from: Soql): Promise<Row[]> =>
    client.query(soql`SELECT ${selectOf(schema)} FROM ${from}`, schema);
  const criteria = await rows(
    reportCriterionRow,
    soql`SuccessCriterion__c WHERE Pilot__c = ${pilot.Id} ORDER BY Name, Id`,
  );
  const terms = await rows(
    reportTermRow,
    soql`ConversionTerm__c WHERE Pilot__c = ${pilot.Id} AND Status__c IN ('Agreed', 'Invoked') ORDER BY Name, Id`,
  );
  const commitments = await rows(
    reportCommitmentRow,
    soql`PilotCommitment__c WHERE Pilot__c = ${pilot.Id} AND Done__c = false ORDER BY Due_On__c NULLS LAST, Id`,
  );
  const weeks = await rows(
    reportWeekRow,
    soql`PilotUsage__c WHERE Pilot__c = ${pilot.Id} ORDER BY Week_Start__c`,
  );
  const quotes = await rows(
    reportQuoteRow,
    soql`PilotCheckIn__c WHERE Pilot__c = ${pilot.Id} AND May_Quote__c = true ORDER BY Held_On__c DESC, Id DESC`,
  );
  return {
    pilotId: pilot.Id,
    currency: pilot.CurrencyIsoCode ?? null,
    agreement: {
      ...basicsOf(pilot),
      criteria: criteria.map((row) => ({ ...resultOf(row), measuredBy: row.Measured_By__c })),
      commitments: commitments.map((row) => ({
        name: row.Name,
        isOurs: row.Party__c === 'Vendor',
        dueOn: row.Due_On__c,
      })),
      terms: terms.map(termOf),
    },
    results: criteria.map(resultOf),
    case: caseOf(pilot, criteria, weeks),
    access: {
      endsOn: pilot.Access_Ends_On__c,
      weeklyUsers: pilot.Active_Users_7d__c,
      departments: pilot.Active_Departments__c,
      countedTo: pilot.Usage_Complete_To__c,
    },
    hasNoTelemetry: pilot.Usage_Source__c === 'None by agreement',
    weeks: weeks.map((row) => ({ start: row.Week_Start__c, users: row.Active_Users__c })),
    quotes: quotes.flatMap(({ Quote__c }) => (Quote__c === null ? [] : [Quote__c])),
    rolloutStartsOn: terms.flatMap((row) => row.Rollout_Start_On__c ?? []).toSorted()[0] ?? null,
  };
}

async function findReportPilot(client: SalesforceClient, asked: string): Promise<ReportPilotRow> {
  const hasCurrencies = (await client.describe('Pilot__c'))?.fields.has('CurrencyIsoCode');
  const row = hasCurrencies ? multiCurrencyReportPilotRow : reportPilotRow;
  const find = (where: Soql): Promise<ReportPilotRow[]> =>
    client.query(soql`SELECT ${selectOf(row)} FROM Pilot__c WHERE ${where} ORDER BY Id LIMIT 20`, row);
  const isId = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(asked);
  const byId = isId ? await find(soql`Id = ${asked}`) : [];
  const found = byId.length > 0 ? byId : await find(soql`Name = ${asked.trim()}`);
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    throw new ConfigError('PILOT_UNKNOWN', `The org shows no pilot with the id or name "${asked}".`, {
      actions: ['Take the id from the address of its record page, or its name in quotes.'],
    });
  const ids = found.map(({ Id }) => Id).join(', ');
  throw new ConfigError('PILOT_AMBIGUOUS', `${found.length} pilots are named "${asked}": ${ids}.`, {
    actions: ['Say which by its id.'],
  });
}

function basicsOf(pilot: ReportPilotRow): Omit<AgreementFacts, 'criteria' | 'commitments' | 'terms'> {
  return {
    name: pilot.Name,
    customer: pilot.Opportunity__r.Account?.Name ?? null,
    vendor: pilot.Vendor_Sponsor__r?.CompanyName ?? null,
    type: pilot.Type__c,
    department: pilot.Department__c,
    scope: pilot.Scope__c,
    users: pilot.Planned_Users__c,
    restriction: pilot.Restriction__c,
    gatedFeatures: pilot.Gated_Features__c,
    startDate: pilot.Start_Date__c,
    endDate: pilot.End_Date__c,
    readoutDate: pilot.Readout_Date__c,
    decisionDate: pilot.Decision_Date__c,
    consequence: pilot.Decision_Consequence__c,
    customerSponsor: pilot.Customer_Sponsor__r?.Name ?? null,
    customerLead: pilot.Customer_Lead__r?.Name ?? null,
    vendorSponsor: pilot.Vendor_Sponsor__r?.Name ?? null,
    successManager: pilot.Success_Manager__r?.Name ?? null,
  };
}

function resultOf(row: z.infer<typeof reportCriterionRow>): CriterionResult {
  return {
    name: row.Name,
    isMustHave: row.Must_Have__c,
    isAtMost: row.Direction__c === 'At most',
    baseline: row.Baseline__c,
    target: row.Target__c,
    unit: row.Unit__c,
    actual: row.Actual__c,
    measuredOn: row.Measured_On__c,
    isMet: row.Met__c,
  };
}

function termOf(row: z.infer<typeof reportTermRow>): AgreementTerm {
  return {
    name: row.Name,
    amount: row.Amount__c,
    billing: row.Billing__c,
    isDiscount: row.Kind__c === 'Discount',
    validTo: row.Price_Valid_To__c,
    validDaysAfterEnd: row.Valid_Days_After_End__c,
  };
}

function caseOf(
  pilot: ReportPilotRow,
  criteria: readonly z.infer<typeof reportCriterionRow>[],
  weeks: readonly z.infer<typeof reportWeekRow>[],
): BusinessCase {
  const measurable = criteria.map((row) => ({
    ...resultOf(row),
    kind: row.Kind__c,
    metric: row.Metric__c,
    window: row.Window__c,
  }));
  return businessCase({
    assumptions: {
      enterpriseUsers: pilot.Enterprise_Users__c,
      hoursPerUserWeek: pilot.Hours_Saved_Per_User_Week__c,
      hourlyCost: pilot.Loaded_Hourly_Cost__c,
      weeksPerYear: pilot.Weeks_Per_Year__c,
    },
    price: { annual: pilot.Annual_Value__c, oneTime: pilot.One_Time_Value__c },
    pilotUsers: pilot.Licensed_Users__c ?? pilot.Planned_Users__c,
    measurement: hoursMeasurement(
      measurable,
      weeks.map(({ Metrics__c }) => Metrics__c),
    ),
    stored: {
      hours: pilot.Enterprise_Hours__c,
      value: pilot.Enterprise_Value__c,
      returnPercent: pilot.Return_On_Investment__c,
      paybackMonths: pilot.Payback_Months__c,
    },
  });
}
