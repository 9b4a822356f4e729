// Why a rule did not speak, in words for the person who asked. Keys are those of the rules in scripts/domain.
const SILENCES: Readonly<Record<string, string>> = {
  agreed: 'the terms are agreed',
  allMeasured: 'every criterion is measured',
  allMet: 'every criterion is met',
  booked: 'the next check-in is booked',
  dataProblem: 'the usage data cannot be believed',
  decided: 'the decision was made',
  hasSponsor: 'a sponsor is named',
  hasUsage: 'it has been used since the start',
  inOrder: "the deal's close date is not before the decision",
  inReview: 'the pilot is in review; usage is no longer judged',
  monthlyRhythm: 'the work comes once a month, so weeks cannot be compared',
  needsUsers: 'the data counts accounts, not people',
  noActivities: 'the org shows no meetings to the sync',
  noCriteria: 'the pilot has no criteria',
  noData: 'there is no usage data',
  noDate: 'a date that it compares is not entered',
  noDates: 'start or end is not entered',
  noDrop: 'use did not fall by as much, or chance could explain it',
  noLicences: 'no number of licensed users is entered',
  noLock: 'no agreed price has a last day',
  noProblem: 'no such problem',
  noSponsor: 'no sponsor is named',
  noStartDate: 'the start date is not entered',
  noTelemetry: 'there is no usage data, by agreement',
  noUserCap: 'the pilot restricts features, not users, and somebody new came within four weeks',
  noUsers: 'nobody has used it yet',
  notDue: 'the day has not come',
  notLive: 'the pilot or its deal is closed',
  notRunning: 'the pilot is not running',
  notStarted: 'the pilot has not started',
  nothingOverdue: 'no commitment is overdue',
  off: 'switched off by policy',
  onPace: 'the criteria are on pace',
  reached: 'the target is reached, or chance could explain the gap',
  recentCheckIn: 'the last check-in is recent',
  recentUsage: 'it was used recently',
  severalContacts: 'more than one contact is known',
  sponsorGone: 'the sponsor has left, which is said already',
  sponsorSeen: 'the sponsor was seen recently',
  sponsorStays: 'the sponsor has not left',
  tooEarly: 'too early to tell',
  tooFewCheckIns: 'too few check-ins to tell',
  tooFewDays: 'too few days of use to know a rhythm',
  wide: 'use is spread over people and departments',
};

/** "saidBy:NO_USAGE" names the stronger signal that already says it. */
const SAID_BY = /^saidBy:(\w+)$/;

/** A sentence's worth; a key that no word exists for comes back as it is. */
export function silenceInWords(key: string): string {
  const said = SAID_BY.exec(key);
  return said ? `${said[1]} already says it` : (SILENCES[key] ?? key);
}
