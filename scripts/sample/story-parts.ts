import type {
  CheckInStory,
  CommitmentStory,
  Contact,
  CriterionStory,
  Phase,
  TermStory,
  UsageStory,
} from './story.ts';

/** First and last names for people of the fictional customers. */
export function person(name: string, title: string): Contact {
  const [first = '', last = ''] = name.split(' ');
  return { first, last, title };
}

/** The four criteria of a well-made pilot; `saves` and `minutes` are the targets of the measured ones. */
export function measuredCriteria(users: number, saves: number, minutes: number): CriterionStory[] {
  return [
    {
      name: 'Faster first reply to a customer',
      kind: 'Business outcome',
      mustHave: true,
      metric: 'reply_minutes',
      window: 'Last 28 days',
      direction: 'At most',
      unit: 'minutes',
      baseline: 180,
      target: minutes,
    },
    {
      name: 'People active in a week',
      kind: 'Adoption',
      mustHave: true,
      metric: 'active_users',
      window: 'Last 7 days',
      direction: 'At least',
      unit: 'people',
      baseline: 0,
      target: users,
    },
    {
      name: 'Documents saved in the pilot',
      kind: 'Adoption',
      metric: 'documents_saved',
      window: 'Whole pilot',
      direction: 'At least',
      unit: 'documents',
      baseline: 0,
      target: saves,
    },
    { ...byHand('Single sign-on works for all pilot users', 'Technical', 1), actual: 1 },
  ];
}

export function byHand(name: string, kind: CriterionStory['kind'], target: number): CriterionStory {
  return { name, kind, direction: 'At least', unit: 'yes = 1', baseline: 0, target };
}

export function agreedTerms(yearly: number, oneTime: number, validTo: number): TermStory[] {
  return [
    {
      name: 'Yearly subscription',
      kind: 'Subscription',
      amount: yearly,
      billing: 'Annual',
      status: 'Agreed',
      validTo,
    },
    {
      name: 'Implementation',
      kind: 'Implementation',
      amount: oneTime,
      billing: 'One-time',
      status: 'Agreed',
      validTo,
    },
  ];
}

export function proposedTerms(yearly: number): TermStory[] {
  return [
    {
      name: 'Yearly subscription',
      kind: 'Subscription',
      amount: yearly,
      billing: 'Annual',
      status: 'Proposed',
    },
  ];
}

/** A check-in every five business days from `from` to `to`. */
export function weeklyCheckIns(from: number, to: number, sponsorAttended = true): CheckInStory[] {
  const checkIns = [];
  for (let held = from; held <= to; held += 5)
    checkIns.push({
      held,
      sponsorAttended,
      issues: 'None that blocks.',
      nextWeek: 'Invite the next group of people.',
    });
  return checkIns;
}

export function kickOffCommitments(start: number): CommitmentStory[] {
  return [
    { name: 'Access for all pilot users', party: 'Customer', kind: 'Access', due: start, isDone: true },
    { name: 'Two training sessions', party: 'Vendor', kind: 'Training', due: start + 5, isDone: true },
    {
      name: 'Configuration and data import',
      party: 'Vendor',
      kind: 'Hours',
      due: start + 5,
      isDone: true,
      owner: 'salesEngineer',
      hours: { promised: 16, spent: 18 },
    },
    {
      name: 'Support through the pilot',
      party: 'Vendor',
      kind: 'Hours',
      isDone: false,
      owner: 'successManager',
      // An hour every two business days so far.
      hours: { promised: 20, spent: Math.min(20, Math.max(0, Math.round(-start / 2))) },
    },
  ];
}

export const TEAMS = ['Customer care', 'Sales', 'Operations', 'Research, Development'] as const;

export function productUsage(
  key: string,
  phases: readonly Phase[],
  departments: readonly string[] = TEAMS,
): UsageStory {
  return { source: 'product', key, departments, phases, hours: [7, 15] };
}
