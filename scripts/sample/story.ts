/**
 * One fictional opportunity with its pilot. Days are business days relative to today: -30 is six weeks ago.
 * A story says what people did and agreed; what the sync makes of it is nowhere in here.
 */
export interface Story {
  readonly account: string;
  readonly domain: string;
  readonly country: string;
  readonly region: string;
  readonly timeZone: string;
  readonly deal: { readonly name: string; readonly amount: number; readonly closes: number };
  readonly pilot: PilotStory;
  /** First and last name and title. */
  readonly sponsor: Contact | null;
  readonly champion: Contact;
  readonly lead: Contact | null;
  readonly criteria: readonly CriterionStory[];
  readonly terms: readonly TermStory[];
  readonly checkIns: readonly CheckInStory[];
  readonly commitments: readonly CommitmentStory[];
  readonly links: readonly LinkStory[];
  /** Null where the customer's use is not in any file. */
  readonly usage: UsageStory | null;
}

export interface Contact {
  readonly first: string;
  readonly last: string;
  readonly title: string;
}

export interface PilotStory {
  readonly name: string;
  readonly type: 'POC' | 'Pilot' | 'Trial';
  readonly purpose: string;
  readonly department: string;
  readonly start: number;
  readonly end: number;
  /** Set when the end was moved: the end first agreed. */
  readonly firstEnd?: number;
  readonly readout: number;
  readonly decision: number;
  readonly nextCheckIn?: number;
  readonly users: number;
  readonly departments: number;
  /** Users unless it says otherwise. */
  readonly restriction?: 'Features';
  readonly status: 'Active' | 'In Review';
  readonly source: 'Linked' | 'None by agreement';
  readonly sponsorLeft?: number;
  readonly isSigned?: false;
  readonly template?: string;
  /** Collaborative unless it says otherwise. */
  readonly commitment?: 'Funded';
  /** How it ended; such a pilot is closed. */
  readonly ended?: EndedStory;
}

export interface EndedStory {
  readonly outcome: 'Converted' | 'Converted on other terms' | 'Not converted' | 'No decision';
  readonly reason: string;
  readonly decided: number;
}

export interface CriterionStory {
  readonly name: string;
  readonly kind: 'Business outcome' | 'Adoption' | 'Technical';
  readonly mustHave?: true;
  readonly metric?: string;
  readonly window?: 'Whole pilot' | 'Last 7 days' | 'Last 28 days' | 'Per week';
  readonly direction: 'At least' | 'At most';
  readonly unit: string;
  readonly baseline: number | null;
  readonly target: number;
  /** Entered by hand; only for criteria without a metric. */
  readonly actual?: number;
}

export interface TermStory {
  readonly name: string;
  readonly kind: 'Subscription' | 'Implementation';
  readonly amount: number;
  readonly billing: 'Annual' | 'One-time';
  readonly status: 'Draft' | 'Proposed' | 'Agreed';
  /** Last day of the agreed price. */
  readonly validTo?: number;
}

export interface CheckInStory {
  readonly held: number;
  readonly sponsorAttended: boolean;
  readonly issues: string;
  readonly nextWeek: string;
}

export interface CommitmentStory {
  readonly name: string;
  readonly party: 'Vendor' | 'Customer';
  readonly kind: string;
  /** Undefined: it goes on as long as the pilot does. */
  readonly due?: number;
  readonly isDone: boolean;
  /** Who of us does it, for how many hours. */
  readonly owner?: 'successManager' | 'salesEngineer';
  readonly hours?: { readonly promised: number; readonly spent: number };
}

export interface LinkStory {
  readonly source: 'product' | 'on_prem' | 'mobile';
  readonly key: string;
}

export interface UsageStory {
  readonly source: 'product' | 'on_prem';
  readonly key: string;
  readonly departments: readonly string[];
  /** People of one department in the order they come; without it every department is there from the first day. */
  readonly departmentSize?: number;
  /** Events by which people invite others, or try what the pilot keeps closed: chance per person and day. */
  readonly sometimes?: Readonly<Record<string, number>>;
  /** Business days of first and last use; people come to work Monday to Friday. */
  readonly phases: readonly Phase[];
  /** UTC hours of the working day. */
  readonly hours: readonly [number, number];
}

export interface Phase {
  readonly from: number;
  readonly to: number;
  readonly users: number;
  /** Probability that a user of the phase is active on a day. */
  readonly rhythm: number;
  /** Mean events per active user and day. */
  readonly events: number;
  /** Share of all events that the first user makes, 0 for none in particular. */
  readonly firstUserShare?: number;
  /** The first user stays away. */
  readonly firstUserAway?: true;
  /** Minutes to a reply: mean of the phase. */
  readonly replyMinutes?: number;
}
