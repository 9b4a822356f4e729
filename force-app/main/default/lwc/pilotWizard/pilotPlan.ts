// From a template and a few answers to everything that starting a pilot writes. No DOM, no clock.
// Each record is one operation of the mutation that saves them, known by its alias.

import { addDays, businessDaysOf } from 'c/pilotReader';
import type { FieldValue, FieldValues, Operation } from 'c/pilotSave';

export type { FieldValue, FieldValues, Operation } from 'c/pilotSave';

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly type: string | null;
  readonly typeLabel: string | null;
  readonly purpose: string | null;
  readonly weeks: number;
  readonly commitmentLevel: string | null;
  readonly restriction: string | null;
  readonly checkInDays: number | null;
  readonly items: readonly TemplateItem[];
}

export interface TemplateItem {
  readonly name: string;
  readonly item: 'Criterion' | 'Term' | 'Commitment';
  readonly kind: string | null;
  readonly isMustHave: boolean;
  readonly direction: string | null;
  /** Target of a criterion, hours of a commitment. */
  readonly target: number | null;
  readonly unit: string | null;
  readonly metric: string | null;
  /** Days over which the metric is taken. */
  readonly window: string | null;
  readonly party: string | null;
  readonly dueDay: number | null;
  readonly amount: number | null;
  readonly billing: string | null;
  readonly months: number | null;
  readonly days: number | null;
}

/** What the rep picks and types. */
export interface PlanAnswers {
  readonly startDate: string;
  readonly workspace: Workspace | 'later' | 'none' | null;
  readonly sponsorId: string | null;
  readonly users: number | null;
  readonly yearlyPrice: number | null;
}

export interface Workspace {
  readonly source: string;
  readonly key: string;
}

/** A workspace that the sync found likely by its people's domain, and how it says so. */
export interface Suggestion extends Workspace {
  readonly line: string;
}

/** What the org already knows. */
export interface PlanContext {
  readonly dealId: string;
  readonly ownerId: string | null;
  readonly userId: string;
  /** Picking one of these confirms it. */
  readonly suggestions: readonly Suggestion[];
  readonly accountName: string;
  /** ISO 3166 code of the account's country. */
  readonly region: string | null;
  /** Checkboxes of the qualification and Doubts__c. */
  readonly qualification: FieldValues;
  readonly isGo: boolean;
  readonly say: (label: string, values: Readonly<Record<string, string | number>>) => string;
}

/** Changes to derived values: alias → field → value. */
export type Edits = Readonly<Record<string, FieldValues>>;

const PRICE_LOCK_DAYS = 30;
const READOUT_BUSINESS_DAYS = 3;
const DECISION_BUSINESS_DAYS = 10;
const NAME_LENGTH = 80;
const SHARE_OF_USERS = '% of licensed users';
const MAX_USERS = 50;
const MAX_WEEKS: Readonly<Record<string, number>> = { POC: 8, Pilot: 12, Trial: 5 };

/** Every record that starting this pilot makes, the pilot first; edits win over what is derived. */
export function planPilot(
  template: Template,
  answers: PlanAnswers,
  context: PlanContext,
  edits: Edits = {},
): Operation[] {
  const items = (item: TemplateItem['item']): TemplateItem[] =>
    template.items.filter((one) => one.item === item);
  const pilot = pilotFields(template, answers, context, edits['pilot'] ?? {});
  const start = String(pilot['Start_Date__c']);
  const derived: Operation[] = [
    { alias: 'pilot', object: 'Pilot__c', fields: pilot },
    ...details(
      'criterion',
      'SuccessCriterion__c',
      items('Criterion').map((one) => criterion(inPeople(one, answers), answers)),
    ),
    ...details('term', 'ConversionTerm__c', terms(items('Term'), answers, context)),
    ...details(
      'commitment',
      'PilotCommitment__c',
      items('Commitment').map((one) => commitment(one, start, answers, context)),
    ),
    ...details('key', 'PilotUsageKey__c', usageKey(answers.workspace, context)),
  ];
  return derived.map((one) => ({ ...one, fields: { ...one.fields, ...edits[one.alias] } }));
}

/** Within what a pilot of this type can show: up to 50 users, and 12 weeks (POC 8, trial 5). */
export function isScopeNarrow({ type, weeks }: Template, users: number | null): boolean {
  return (users ?? 0) <= MAX_USERS && weeks <= (MAX_WEEKS[type ?? 'Pilot'] ?? 12);
}

/** Whose public holidays count: what the rep enters, else the account's country. */
function regionOf({ region }: PlanContext, edits: FieldValues): string | null {
  const entered = edits['Holiday_Region__c'];
  if (entered === undefined) return region;
  return typeof entered === 'string' && entered.trim() !== '' ? entered : null;
}

function pilotFields(
  template: Template,
  { startDate, workspace, sponsorId, users }: PlanAnswers,
  context: PlanContext,
  edits: FieldValues,
): FieldValues {
  const start = dayOr(edits['Start_Date__c'], startDate);
  const end = dayOr(edits['End_Date__c'], addDays(start, template.weeks * 7));
  const calendar = businessDaysOf(regionOf(context, edits));
  return {
    Name: `${context.accountName}: ${template.name}`.slice(0, NAME_LENGTH),
    Opportunity__c: context.dealId,
    Template_Name__c: template.name,
    Type__c: template.type,
    Purpose__c: template.purpose,
    Status__c: context.isGo ? 'Qualified' : 'Draft',
    Usage_Source__c: workspace === 'none' ? 'None by agreement' : 'Linked',
    Scope__c: users === null ? null : scopeOf(template, users, context),
    Restriction__c: template.restriction,
    Commitment_Level__c: template.commitmentLevel,
    Planned_Users__c: users,
    Licensed_Users__c: users,
    Customer_Sponsor__c: sponsorId,
    Start_Date__c: start,
    End_Date__c: end,
    Readout_Date__c: calendar.after(end, READOUT_BUSINESS_DAYS),
    Decision_Date__c: calendar.after(end, DECISION_BUSINESS_DAYS),
    Next_Check_In__c: addDays(start, template.checkInDays ?? 7),
    Holiday_Region__c: context.region,
    ...context.qualification,
  };
}

function scopeOf({ name, weeks }: Template, users: number, { say }: PlanContext): string {
  return say('Pilot_Wizard_scope', { users, weeks, name });
}

/** A metric counts people: a measured share of the licensed users is agreed as that many of them. */
function inPeople(item: TemplateItem, { users }: PlanAnswers): TemplateItem {
  const { unit, metric, target } = item;
  if (unit !== SHARE_OF_USERS || metric === null || target === null || users === null) return item;
  return { ...item, target: Math.ceil((users * target) / 100), unit: 'users' };
}

function criterion(item: TemplateItem, { sponsorId }: PlanAnswers): FieldValues {
  return {
    Name: item.name,
    Kind__c: item.kind,
    Must_Have__c: item.isMustHave,
    Direction__c: item.direction ?? 'At least',
    Target__c: item.target,
    Unit__c: item.unit,
    Metric__c: item.metric,
    Window__c: item.window,
    Decided_By__c: sponsorId,
  };
}

/** The yearly price is that of the template's first subscription, or of one that is added. */
function terms(
  items: readonly TemplateItem[],
  { yearlyPrice }: PlanAnswers,
  { say }: PlanContext,
): FieldValues[] {
  const subscription = items.find(({ kind }) => kind === 'Subscription');
  const made = items.map((item): FieldValues => ({
    Name: item.name,
    Kind__c: item.kind,
    Amount__c: item === subscription ? yearlyPrice : item.amount,
    Billing__c: item === subscription ? 'Annual' : item.billing,
    Commitment_Months__c: item.months,
    Valid_Days_After_End__c: item.days ?? PRICE_LOCK_DAYS,
    Trigger__c: 'Must-haves',
    Status__c: 'Proposed',
  }));
  if (subscription) return made;
  const added: FieldValues = {
    Name: say('Pilot_Wizard_subscription', {}),
    Kind__c: 'Subscription',
    Amount__c: yearlyPrice,
    Billing__c: 'Annual',
    Commitment_Months__c: 12,
    Valid_Days_After_End__c: PRICE_LOCK_DAYS,
    Trigger__c: 'Must-haves',
    Status__c: 'Proposed',
  };
  return [added, ...made];
}

function commitment(
  item: TemplateItem,
  start: string,
  { sponsorId }: PlanAnswers,
  { ownerId }: PlanContext,
): FieldValues {
  return {
    Name: item.name,
    Party__c: item.party,
    Kind__c: item.kind,
    Hours__c: item.target,
    Due_On__c: item.dueDay === null ? null : addDays(start, item.dueDay),
    ...(item.party === 'Vendor' ? { Owner_User__c: ownerId } : {}),
    ...(item.kind === 'Sponsor' && item.party === 'Customer' ? { Owner_Contact__c: sponsorId } : {}),
  };
}

function usageKey(workspace: PlanAnswers['workspace'], { suggestions, userId }: PlanContext): FieldValues[] {
  if (workspace === null || workspace === 'later' || workspace === 'none') return [];
  const { source, key } = workspace;
  const isSuggested = suggestions.some((one) => one.source === source && one.key === key);
  const match = isSuggested
    ? { Matched_By__c: 'Domain', Confirmed_By__c: userId }
    : { Matched_By__c: 'By hand' };
  return [{ Source__c: source, Key__c: key, ...match }];
}

/** `@{pilot}` stands for the id that the first operation of the same request gets. */
function details(alias: string, object: string, rows: readonly FieldValues[]): Operation[] {
  return rows.map((fields, index) => ({
    alias: `${alias}${index + 1}`,
    object,
    fields: { Pilot__c: '@{pilot}', ...fields },
  }));
}

/** The first Monday after a day. */
export function nextMonday(day: string): string {
  const weekday = new Date(Date.parse(day)).getUTCDay();
  return addDays(day, (8 - weekday) % 7 || 7);
}

function dayOr(value: FieldValue | undefined, otherwise: string): string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : otherwise;
}
