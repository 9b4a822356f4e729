// Input and verdict of the health rules. Everything is data; `asOf` and `today` are parameters.
import type { Day, PilotFacts } from './facts.ts';
import type { DATA_SIGNALS, POLICY_NUMBERS, SignalCode } from './policy-fields.ts';

export type Policy = Readonly<Record<keyof typeof POLICY_NUMBERS, number>> & {
  readonly off: ReadonlySet<SignalCode>;
};

export type Health = 'On track' | 'Watch' | 'At risk' | 'Stalled' | 'Unknown';
export type SignalGroup = 'usage' | 'outcome' | 'people' | 'deal' | 'tidy' | 'data';
export type Owner = 'rep' | 'success manager' | 'sales engineer' | 'operations' | 'admin';

/** A fired rule with what it saw. Wording is made elsewhere from `code` and `values`. */
export interface Signal {
  readonly code: SignalCode;
  readonly group: SignalGroup;
  /** What the signal calls for on its own. */
  readonly state: Health;
  readonly since: Day;
  /** Numbers, days (`YYYY-MM-DD`) and names that the sentence quotes. */
  readonly values: Readonly<Record<string, string | number | null>>;
  /** Chooses between sentences of one code, e.g. `short` for the paired drop test. */
  readonly variant: string | null;
  readonly owner: Owner;
}

export interface Note {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number | null>>;
}

/** One rule's reckoning, for `pilot explain`: every rule, fired or not. */
export interface RuleTrace {
  readonly code: SignalCode;
  readonly fired: boolean;
  readonly off: boolean;
  readonly observed: Readonly<Record<string, string | number | null>>;
  readonly threshold: Readonly<Record<string, string | number | null>>;
  /** A key for words: why the rule did not speak (too early, no telemetry, snoozed …). */
  readonly silentBecause: string | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  /** From the contact's own entry (Contact.Pronouns); nothing is guessed from a name. */
  readonly pronoun?: 'her' | 'him' | null;
  /** Hash of the contact's e-mail address, as `UserFacts.addressHash`; what ties a contact to a user. */
  readonly addressHash?: string | null;
}

export interface CriterionInput {
  readonly id: string;
  readonly name: string;
  readonly kind: 'Business outcome' | 'Adoption' | 'Technical' | null;
  readonly isMustHave: boolean;
  readonly metric: string | null;
  readonly window: 'Whole pilot' | 'Last 7 days' | 'Last 28 days' | 'Per week' | null;
  readonly direction: 'At least' | 'At most' | null;
  readonly unit: string | null;
  readonly baseline: number | null;
  readonly target: number | null;
  readonly actual: number | null;
  readonly measuredOn: Day | null;
  readonly metOn: Day | null;
}

export interface TermInput {
  readonly id: string;
  readonly status: 'Draft' | 'Proposed' | 'Agreed' | 'Invoked' | 'Withdrawn' | null;
  readonly annualAmount: number | null;
  readonly oneTimeAmount: number | null;
  readonly agreedOn: Day | null;
  readonly priceValidTo: Day | null;
}

export interface CheckInInput {
  readonly heldOn: Day;
  readonly sponsorAttended: boolean;
}

export interface CommitmentInput {
  readonly id: string;
  readonly name: string;
  readonly party: 'Vendor' | 'Customer' | null;
  readonly dueOn: Day | null;
  readonly isDone: boolean;
}

/** A pilot as the org holds it, together with the deal it hangs on. */
export interface PilotInput {
  readonly id: string;
  readonly name: string;
  /** For sentences such as "SSO access by Acme was due"; without it "the customer" is said. */
  readonly accountName?: string | null;
  readonly status: 'Draft' | 'Qualified' | 'Active' | 'In Review' | 'Closed';
  readonly type: 'POC' | 'Pilot' | 'Trial' | null;
  readonly usageSource: 'Linked' | 'None by agreement' | null;
  readonly startDate: Day | null;
  readonly endDate: Day | null;
  readonly originalEndDate: Day | null;
  readonly readoutDate: Day | null;
  readonly decisionDate: Day | null;
  readonly decidedOn: Day | null;
  readonly extensionCount: number;
  readonly nextCheckIn: Day | null;
  readonly timeZone: string | null;
  readonly holidayRegion: string | null;
  readonly rhythm: 'Daily' | 'Weekly' | 'Month-end' | null;
  readonly plannedUsers: number | null;
  readonly licensedUsers: number | null;
  readonly plannedDepartments: number | null;
  readonly restriction: 'Users' | 'Features' | 'Both' | 'None' | null;
  readonly closedDays: readonly { readonly from: Day; readonly to: Day; readonly reason: string }[];
  readonly customerSponsor: Person | null;
  readonly champion: Person | null;
  readonly sponsorLeftOn: Day | null;
  /** Day on which mail to the sponsor came back; null also where the org does not show it. */
  readonly sponsorBouncedOn: Day | null;
  readonly snoozedUntil: Day | null;
  readonly criteriaSignedOn: Day | null;
  readonly dealIsClosed: boolean;
  readonly dealCloseDate: Day | null;
  /** Contacts of the pilot and the deal; SINGLE_THREADED counts them. */
  readonly contactCount: number;
  /** Latest meeting in the org's activities; null when there is none or activities are not read. */
  readonly lastMeetingOn: Day | null;
  readonly readsActivities: boolean;
  readonly criteria: readonly CriterionInput[];
  readonly terms: readonly TermInput[];
  readonly checkIns: readonly CheckInInput[];
  readonly commitments: readonly CommitmentInput[];
  /** What the last evaluation stored; only for dates that must not move (stalled since, clear since). */
  readonly stored: {
    readonly health: Health | null;
    readonly stalledSince: Day | null;
    readonly signals: string | null;
  };
}

export interface EvaluationInput {
  readonly pilot: PilotInput;
  /** Null when the pilot has no usable link. */
  readonly facts: PilotFacts | null;
  /** Set by the sync, which alone sees all pilots. */
  readonly dataProblem: {
    readonly code: (typeof DATA_SIGNALS)[number];
    readonly values: Readonly<Record<string, string | number | null>>;
  } | null;
  readonly policy: Policy;
  /** The day of the run in the pilot's time zone. */
  readonly today: Day;
}

export type Pace = 'Met' | 'On pace' | 'Behind' | 'Unlikely' | 'Unknown';

/** What the sync writes on a criterion; `isMeasured` is false where a person enters the actual value. */
export interface CriterionScore {
  readonly isMeasured: boolean;
  readonly actual: number | null;
  readonly measuredOn: Day | null;
  readonly metOn: Day | null;
  readonly projected: number | null;
  readonly projectedLow: number | null;
  readonly projectedHigh: number | null;
  readonly pace: Pace;
}

/** How likely it is that use dies, and what makes it so. */
export interface Risk {
  /** 0 to 100, one decimal: what the org stores. */
  readonly percent: number;
  /** The contributions' sum. */
  readonly logit: number;
  readonly contributions: readonly Contribution[];
}

/** One summand of the logit with what it was made of; more of it is more risk. */
export interface Contribution {
  readonly key: 'base' | 'people' | 'volume' | 'breadth';
  readonly value: number;
  /** A business day's user-days or events, recent and usual; or the people seen lately (usual is null). */
  readonly recent: number | null;
  readonly usual: number | null;
}

export interface Evaluation {
  readonly health: Health;
  readonly isStalled: boolean;
  readonly stalledSince: Day | null;
  readonly clearSince: Day | null;
  /** Strongest first; health-bearing signals only. */
  readonly signals: readonly Signal[];
  /** Paperwork: listed, never beyond Watch. */
  readonly toTidy: readonly Signal[];
  /** What to say where no signal speaks, or beside one (`snoozed`); words for `key` are labels `Pilot_Note_<key>`. */
  readonly note: Note | null;
  readonly usage: UsageSummary;
  /** How likely usage ends; null where it cannot be told, or not yet. */
  readonly risk: Risk | null;
  /** People a week that the pilot should reach; null where there is no number to fall short of. */
  readonly adoptionTarget: number | null;
  readonly priceLockEnds: Day | null;
  readonly traces: readonly RuleTrace[];
  /** What the sync writes on each criterion, in the order of the input. */
  readonly criteria: readonly { readonly id: string; readonly score: CriterionScore }[];
}

/** Numbers of the pilot's usage group as of the data's last complete day; null = not known, never "none". */
export interface UsageSummary {
  readonly activeUsers7d: number | null;
  readonly activeUsers28d: number | null;
  readonly events7d: number | null;
  readonly activeDepartments: number | null;
  readonly usageChangePercent: number | null;
  readonly lastUsageOn: Day | null;
  readonly firstValueOn: Day | null;
}
