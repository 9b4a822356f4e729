// What the usage sources tell the rules. Days are calendar days in the pilot's time zone, `YYYY-MM-DD`.

export type Day = string;

/** One workspace key that belongs to one pilot, with the window and filter under which it does. */
export interface UsageLink {
  readonly pilotId: string;
  /** Name of a configured source. */
  readonly source: string;
  /** Matched exactly, case-sensitively. */
  readonly key: string;
  /** With `stamp` the key is the id (15 characters) that onboarding wrote into the data, not a workspace. */
  readonly by?: 'stamp';
  /** Inclusive; null is open. */
  readonly from: Day | null;
  readonly to: Day | null;
  readonly filter: { readonly column: string; readonly value: string } | null;
  /** IANA zone in which an instant becomes a day. */
  readonly timeZone: string;
}

export interface DayFacts {
  readonly day: Day;
  readonly events: number;
  readonly activeUsers: number;
  readonly newUsers: number;
  readonly activeDepartments: number;
}

export interface UserFacts {
  /** Keyed hash of the source's user id, never the raw id. */
  readonly user: string;
  /** The same hash of the e-mail address in lower case, where the source knows one; absent otherwise. */
  readonly addressHash?: string;
  /** The latest known. */
  readonly department: string | null;
  /** Days of use in departments before it, where there were any; absent for almost everybody. */
  readonly formerDepartments?: readonly FormerDepartment[];
  readonly events: number;
  /** Ascending, no repeats. */
  readonly activeDays: readonly Day[];
  /** Hash of whom the first invitation names; of several inviters the others do not count. */
  readonly invitedBy: string | null;
}

export interface FormerDepartment {
  readonly department: string;
  /** Ascending, no repeats. */
  readonly activeDays: readonly Day[];
}

/** Facts of one pilot over all its keys, users united by id; only days with activity are listed. */
export interface PilotFacts {
  readonly pilotId: string;
  readonly grain: 'event' | 'user-day' | 'account-day';
  readonly days: readonly DayFacts[];
  /** Empty for the account-day grain. */
  readonly users: readonly UserFacts[];
  /** Last day that every source of this pilot completely covers; null when unknown. */
  readonly completeThrough: Day | null;
  /** Same as an instant, ISO 8601 UTC. */
  readonly completeThroughInstant: string | null;
  /** Days that are under-counted at the source and must not be exposure. */
  readonly incompleteDays: readonly Day[];
  /** Value per configured metric, by criterion window evaluated in the engine; see the metric definitions. */
  readonly metrics: readonly MetricFacts[];
}

/** One metric over the days of one pilot, ready to be read for any criterion window. */
export interface MetricFacts {
  readonly metric: string;
  readonly window: 'Whole pilot' | 'Last 7 days' | 'Last 28 days' | 'Per week';
  readonly value: number | null;
  /** Number of observations behind the value (events, or users for rates). */
  readonly count: number;
  /** What no value of this metric can leave, by what it counts; absent where nothing is known. */
  readonly bounds?: { readonly low: number; readonly high: number | null };
  /** Value as it stood at the end of each complete week, for pace; oldest first. */
  readonly weekly: readonly { readonly weekEnd: Day; readonly value: number | null }[];
  /** Set where an event that the metric counts has stopped coming for everybody: the value is not to be believed. */
  readonly held?: MissingEvent;
}

/** An event named by a metric that no key of the source sends any more (renamed?), or none ever sent: null. */
export interface MissingEvent {
  readonly event: string;
  readonly lastSeen: Day | null;
}

/** A key seen in a source and linked to no pilot, as a rep needs it to choose. */
export interface UnlinkedKey {
  readonly source: string;
  readonly key: string;
  readonly users: number;
  readonly events: number;
  readonly eventsLastWeek: number;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Most common e-mail domain and the share of users who have it, 0..1; null where no addresses are known. */
  readonly domain: { readonly name: string; readonly share: number } | null;
}

/** A usage row that could not be read, with its place as an editor shows it. */
export interface RejectedRow {
  readonly file: string;
  /** 1-based physical line. */
  readonly line: number;
  readonly reason: string;
}

/** What a source did in one read; `read = accepted + rejected + excluded` always holds. */
export interface ReadSummary {
  readonly source: string;
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Our own people, bots, heartbeats: by rule name. */
  readonly excluded: Readonly<Record<string, number>>;
  /** ISO 8601 UTC instant through which the source is complete. */
  readonly completeThrough: string | null;
  readonly unlinked: readonly UnlinkedKey[];
  /** Linked keys that occur in no readable row: mistyped, or nobody there yet. Stamps are not among them. */
  readonly unseenKeys: readonly string[];
  /** Days (in the source's zone) whose total is implausibly small against the last four same weekdays. */
  readonly incompleteDays: readonly { readonly day: Day; readonly events: number; readonly median: number }[];
  readonly missingEvents: readonly MissingEvent[];
  /** Links that could not be applied; their pilots are not yielded and must become Unknown, never idle. */
  readonly unreadableLinks: readonly {
    readonly pilotId: string;
    readonly key: string;
    readonly reason: string;
  }[];
  readonly rejectedSample: readonly RejectedRow[];
  /** File holding every rejected row (source, line, reason); null when there is none. */
  readonly rejectFile: string | null;
}
