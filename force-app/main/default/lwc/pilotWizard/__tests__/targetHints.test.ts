import type { TemplateItem } from '../pilotPlan';
import { targetHint } from '../targetHints';
import type { PastResult } from '../targetHints';

const ITEM: TemplateItem = {
  name: 'Active users a week',
  item: 'Criterion',
  kind: 'Adoption',
  isMustHave: true,
  direction: 'At least',
  target: 80,
  unit: '% of licensed users',
  metric: 'active_users',
  window: 'Last 7 days',
  party: null,
  dueDay: null,
  amount: null,
  billing: null,
  months: null,
  days: null,
};
const PAST: PastResult = {
  template: 'SaaS adoption',
  name: 'Active users a week',
  kind: 'Adoption',
  metric: 'active_users',
  window: 'Last 7 days',
  direction: 'At least',
  unit: 'users',
  actual: 0,
  licensedUsers: 20,
};
const past = (actuals: readonly number[], more: Partial<PastResult> = {}): PastResult[] =>
  actuals.map((actual) => ({ ...PAST, actual, ...more }));
const hintOf = (results: readonly PastResult[], item: Partial<TemplateItem> = {}) =>
  targetHint('SaaS adoption', { ...ITEM, ...item }, results);

describe('targetHint', () => {
  it('says nothing from four pilots, and speaks from five', () => {
    expect(hintOf(past([5, 6, 7, 8]))).toBeNull();
    expect(hintOf(past([5, 6, 7, 8, 9]))).not.toBeNull();
  });

  it('turns people into shares; the safe promise is what three of four reached', () => {
    // Of 20 licences: 35, 40, 30, 50, 60, 45, 25 and 90 %. Six of eight reached 35 %; the middle is (40 + 45) / 2.
    expect(hintOf(past([7, 8, 6, 10, 12, 9, 5, 18]))).toEqual({
      pilots: 8,
      usual: 42.5,
      safe: 35,
      reached: 6,
      isShare: true,
    });
  });

  it('turns around where less is better, and counts ties', () => {
    const minutes = { direction: 'At most', unit: 'minutes', metric: 'reply_minutes' } as const;
    const results = past([30, 45, 45, 45, 200], minutes);
    const hint = hintOf(results, minutes);
    expect(hint).toEqual({ pilots: 5, usual: 45, safe: 45, reached: 4, isShare: false });
  });

  it.each([
    ['another template', { template: 'Technical POC' }],
    ['another metric', { metric: 'documents_saved' }],
    ['another window of the metric', { window: 'Last 28 days' }],
    ['another kind', { kind: 'Technical' }],
    ['the other direction', { direction: 'At most' }],
    ['a unit that is no share of users', { unit: 'documents' }],
    ['no known licences', { licensedUsers: null }],
    ['a name that differs where no metric says it is the same', { metric: null, name: 'Logins' }],
  ] as const)('does not compare with %s', (_name, more) => {
    expect(hintOf(past([5, 6, 7, 8, 9], more))).toBeNull();
  });

  it('takes a result entered by hand under the same name', () => {
    const byHand = { metric: null, window: null, unit: '% of licensed users' };
    expect(hintOf(past([40, 50, 60, 70, 80], byHand))).toMatchObject({ pilots: 5, usual: 60, safe: 50 });
  });

  it('has nothing to say about what is only met or not', () => {
    const yes = { unit: 'yes = 1', metric: null };
    expect(hintOf(past([1, 1, 1, 0, 1, 1], yes), yes)).toBeNull();
  });
});
