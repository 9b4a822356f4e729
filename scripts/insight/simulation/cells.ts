// The cells: which pilots are drawn, what happens to them, and what the shipped defaults must keep.

export type Change = 'none' | 'stop' | 'halving' | 'decay' | 'shutdown';

export interface Cell {
  readonly name: string;
  readonly users: number;
  /** Planned length; the pilot is watched to its end, a changed one for three weeks after the change, six where it is slow. */
  readonly weeks: number;
  readonly change: Change;
  readonly rhythm: 'Daily' | 'Weekly' | 'Month-end';
  readonly hasKickOff: boolean;
  /** Region whose holidays nobody works on; the pilot starts so that one lies in its fourth week. */
  readonly region: string | null;
  readonly paperwork: 'in order' | 'ordinary';
  readonly limits: readonly Limit[];
}

/** What is counted over the pilots of a cell. */
export const MEASURES = {
  everStalled: 'ever Stalled',
  everFlagged: 'ever At risk or Stalled',
  stalledByPaperwork: 'Stalled by paperwork',
  flaggedIn10: 'flagged in 10 business days',
  stalledIn10: 'Stalled in 10 business days',
  noticedIn15: 'at least Watch in 3 weeks',
  dropSeenIn15: 'drop told in 3 weeks',
  noticedIn30: 'at least Watch in 6 weeks',
  dropSeenIn30: 'drop told in 6 weeks',
} as const;
export type Measure = keyof typeof MEASURES;

/** Share of pilots in percent; the 95 % bound must keep it, an `atMost` of 0 means not a single pilot. */
export interface Limit {
  readonly measure: Measure;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const SIZES = [5, 10, 20, 50] as const;
const FALSE_STALL: Readonly<Record<number, number>> = { 5: 7, 10: 5, 20: 5, 50: 1 };
const HALVING: Readonly<Record<number, number>> = { 10: 60, 20: 90 };

const PLAIN = {
  users: 10,
  weeks: 6,
  change: 'none',
  rhythm: 'Daily',
  hasKickOff: false,
  region: null,
  paperwork: 'in order',
  limits: [],
} as const;

const HEALTHY = {
  ...PLAIN,
  limits: [{ measure: 'everStalled', atMost: FALSE_STALL[PLAIN.users]! }],
} as const;
const HALVED = {
  ...PLAIN,
  users: 20,
  weeks: 12,
  change: 'halving',
  limits: [{ measure: 'noticedIn15', atLeast: HALVING[20]! }],
} as const;

export const CELLS: readonly Cell[] = [
  ...SIZES.map((users): Cell => ({
    ...PLAIN,
    name: `healthy, ${users} users`,
    users,
    limits: [{ measure: 'everStalled', atMost: FALSE_STALL[users]! }],
  })),
  ...SIZES.map((users): Cell => ({
    ...PLAIN,
    name: `true stop, ${users} users`,
    users,
    weeks: 10,
    change: 'stop',
    limits: [{ measure: 'flaggedIn10', atLeast: 95 }],
  })),
  ...SIZES.map((users): Cell => ({
    ...PLAIN,
    name: `true halving, ${users} users`,
    users,
    weeks: 12,
    change: 'halving',
    limits: HALVING[users] ? [{ measure: 'noticedIn15', atLeast: HALVING[users] }] : [],
  })),
  ...SIZES.map((users): Cell => ({
    ...PLAIN,
    name: `healthy, ordinary CRM, ${users} users`,
    users,
    paperwork: 'ordinary',
    limits: [
      { measure: 'stalledByPaperwork', atMost: 0 },
      { measure: 'everStalled', atMost: FALSE_STALL[users]! },
    ],
  })),
  ...SIZES.map((users): Cell => ({
    ...PLAIN,
    name: `slow decay, ${users} users`,
    users,
    weeks: 12,
    change: 'decay',
  })),
  // The limit is for six weeks; a longer pilot has more nights on which to be called stalled.
  ...[3, 4, 5, 8, 10, 12].map((weeks): Cell => ({
    ...PLAIN,
    name: `healthy, ${weeks} weeks`,
    weeks,
    limits: weeks <= PLAIN.weeks ? HEALTHY.limits : [],
  })),
  { ...HEALTHY, name: 'healthy, kick-off spike', hasKickOff: true },
  { ...HEALTHY, name: 'healthy, used weekly', rhythm: 'Weekly' },
  { ...HEALTHY, name: 'healthy, used at month-end', weeks: 12, rhythm: 'Month-end' },
  { ...PLAIN, name: 'true stop, used weekly', weeks: 10, rhythm: 'Weekly', change: 'stop' },
  { ...HEALTHY, name: 'healthy, holidays listed', region: 'US' },
  { ...HEALTHY, name: 'healthy, unlisted shutdown', change: 'shutdown' },
  { ...HALVED, name: 'halving after a kick-off spike', hasKickOff: true },
  { ...HALVED, name: 'halving after a holiday', region: 'US' },
];
