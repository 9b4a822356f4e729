// What simulated pilots are like: the one table to review. People are drawn from it, nothing is tuned to a cell.

export const POPULATION = {
  /** A user's chance to be active in a week, mean over users. */
  weeklyActivity: 0.6,
  /** Users differ: their chances are Beta distributed, mean · k and (1 − mean) · k. Small k: keen and idle ones. */
  userConcentration: 6,
  /** Chance of each business day in a week in which a user is active; at least one day is drawn. */
  dayInActiveWeek: 0.45,
  /** Good and bad weeks that a team shares: standard deviation of the logarithm of a week's factor. */
  sharedWeekSd: 0.15,
  /** Monday to Friday, relative. */
  weekdays: [1, 1.1, 1.1, 1, 0.8],
  /** In the kick-off week everybody is this much more likely to come, where the cell says so. */
  kickOffFactor: 1.5,
  /** A slow decay leaves this much of each week to the next: half after six and a half weeks. */
  decayFactor: 0.9,
  /** Events of a user on a day: 1 + geometric with this mean; users differ by the same mean again. */
  eventsPerDay: 6,
  /** A pilot used weekly: the chance that a user comes on his own weekday. */
  weeklyRhythmChance: 0.75,
  /** Ordinary CRM hygiene: pilots without a sponsor role, weeks without a logged check-in. */
  noSponsorShare: 0.45,
  noCheckInShare: 0.3,
} as const;
