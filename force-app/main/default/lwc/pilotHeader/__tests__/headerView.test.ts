import { LABELS } from 'c/pilotLabels';
import { readPilots } from 'c/pilotRecord';
import type { Pilot } from 'c/pilotRecord';
import { answerOf, criterionNode, pilotNode } from '../../pilotRecord/__tests__/pilotAnswer';
import { headerView } from '../headerView';

const pilot = (values = {}, criteria: Parameters<typeof pilotNode>[1] = []): Pilot =>
  readPilots(answerOf(pilotNode(values, criteria)))![0]!;
const view = (one: Pilot, now = '2026-11-17T12:00:00Z', timeZone = 'UTC') =>
  headerView(one, { words: LABELS, locale: 'en-US', timeZone, currency: 'USD', now: new Date(now) });

describe('headerView', () => {
  it('writes the header of the stalled pilot word for word', () => {
    const pace = (Pace__c: string) => criterionNode({ Pace__c });
    const four = [pace('Met'), pace('On pace'), pace('On pace'), pace('Behind')];
    expect(view(pilot({}, four))).toEqual({
      icon: 'utility:stop',
      tone: 'error',
      headline: 'Stalled since 3 Nov',
      about: 'Pilot · Sales Ops · day 37 of 54',
      data: 'Usage to Tue 17 Nov · synced 06:10',
      evidence: 'None of 25 users active since Mon 19 Oct.',
      more: '+1 more · 2 to tidy',
      next: 'Next: ask Priya Shah (champion) what changed.',
      facts:
        'Active a week 0 of 25 (target 20) · Criteria 1 of 4 met, 2 on pace · Decision 18 Dec · $575 K agreed to 3 Jan',
    });
  });

  it('says how far it has spread where everybody may use it, instead of a share of a number', () => {
    const open = { Restriction__c: 'Features', Active_Users_7d__c: 31, Active_Departments__c: 4 };
    expect(view(pilot({ ...open, Planned_Departments__c: 6 })).facts).toMatch(
      /^Active a week 31, departments in use 4 \(planned 6\) · /,
    );
    expect(view(pilot(open)).facts).toMatch(/^Active a week 31, departments in use 4 · /);
    expect(view(pilot({ ...open, Active_Departments__c: undefined })).facts).toMatch(/^Active a week 31 · /);
  });

  it('says the role where no champion is named', () => {
    const text = JSON.stringify({
      version: 1,
      signals: [
        {
          code: 'NO_USAGE',
          state: 'Stalled',
          since: '2026-11-03',
          values: { users: 25, last: '2026-10-19', champion: null },
          variant: null,
          owner: 'rep',
        },
      ],
      toTidy: [],
    });
    expect(view(pilot({ Signals__c: text })).next).toBe('Next: ask the champion what changed.');
  });

  it('becomes Unknown once the data are too old, and tells nothing of the old reasons', () => {
    const stale = view(pilot({ Health_Now__c: 'Unknown' }), '2026-11-25T12:00:00Z');
    expect(stale.headline).toBe('Unknown since 19 Nov');
    expect(stale.evidence).toBe('Usage data ends 17 Nov.');
    expect(stale.next).toBe('Next: nothing to do; operations was told.');
    expect(stale.more).toBe('');
    expect(stale.icon).toBe('utility:help');
    expect(stale.facts).not.toContain('Active a week');
  });

  it('is not judged before the first sync, rather than on track', () => {
    const fresh = view(
      pilot({
        Health__c: null,
        Health_Now__c: 'Unknown',
        Signals__c: null,
        Usage_Complete_To__c: null,
        Synced_At__c: null,
      }),
    );
    expect(fresh.headline).toBe('Unknown');
    expect(fresh.evidence).toBe('Not judged yet: the sync has not read this pilot.');
    expect(fresh.data).toBe('No usage data yet');
  });

  it.each(['Health__c', 'Signals__c'])(
    'calls a verdict hidden, not unjudged or damaged, without %s',
    (field) => {
      const hidden = view(pilot({ [field]: undefined }));
      expect(hidden.evidence).toBe('The reasons are hidden from you.');
      expect(hidden.headline).toBe('Stalled');
    },
  );

  it('says that it cannot read damaged reasons', () => {
    expect(view(pilot({ Signals__c: '{"version":1' })).evidence).toBe('The reasons could not be read.');
  });

  it('never takes a hidden number for none', () => {
    const hidden = {
      Active_Users_7d__c: undefined,
      Criteria_Met__c: undefined,
      Annual_Value__c: undefined,
      One_Time_Value__c: undefined,
      Decision_Date__c: undefined,
    };
    expect(view(pilot(hidden)).facts).toBe('');
  });

  it('tells an unremarkable pilot by its numbers', () => {
    const note = { key: 'active', values: { active: 17, users: 25 } };
    const quiet = pilot({
      Health__c: 'On track',
      Health_Now__c: 'On track',
      Active_Users_7d__c: 17,
      Signals__c: JSON.stringify({ version: 1, signals: [], toTidy: [], note }),
    });
    expect(view(quiet)).toMatchObject({
      headline: 'On track',
      evidence: '17 of 25 active a week.',
      next: '',
      more: '',
    });
  });

  it.each([
    [
      'tooEarly',
      { active: 10, users: 10, starts: '2026-11-09', needs: 20, has: 9 },
      '10 of 10 active. Trend test starts 9 Nov (needs 20 business days, has 9).',
    ],
    ['noTelemetry', {}, 'No usage data, by agreement.'],
    ['of_a_newer_sync', {}, 'Nothing stands out.'],
  ])('says the note %s of the sync', (key, values, evidence) => {
    const Signals__c = JSON.stringify({ version: 1, signals: [], toTidy: [], note: { key, values } });
    const quiet = { Health__c: 'On track', Health_Now__c: 'On track', Signals__c };
    expect(view(pilot(quiet)).evidence).toBe(evidence);
    // A draft does not run either, and nothing of it is closed.
    expect(view(pilot({ ...quiet, Status__c: 'Draft', Is_Live__c: false })).evidence).toBe(evidence);
  });

  const closed = {
    Status__c: 'Closed',
    Is_Live__c: false,
    Outcome__c: 'Converted',
    Decided_On__c: '2026-11-12',
  };
  const neverSynced = { Health__c: null, Health_Now__c: 'Unknown', Signals__c: null, Synced_At__c: null };

  it.each([
    ['before the next sync', {}],
    ['never synced', neverSynced],
    ['with data too old to believe', { Health_Now__c: 'Unknown' }],
    ['to a reader who may not see how it stood', { Health__c: undefined, Signals__c: undefined }],
  ])('tells how a closed pilot ended, and when, %s', (_, values) => {
    const ended = view(pilot({ ...closed, ...values }));
    expect(ended).toMatchObject({
      icon: 'utility:lock',
      headline: 'Converted on 12 Nov',
      about: 'Pilot · Sales Ops',
      evidence: 'This pilot is decided.',
      more: '',
      next: '',
    });
    expect(ended.facts).toMatch(/\$575 K agreed$/);
    expect(ended.facts).not.toContain('Decision');
  });

  it('promises no usage data of a closed pilot that has none', () => {
    const none = { ...neverSynced, Usage_Complete_To__c: null };
    expect(view(pilot(none)).data).toBe('No usage data yet');
    expect(view(pilot({ ...closed, ...none })).data).toBe('');
  });

  it.each([
    ['Not converted', { Outcome__c: 'Not converted', Decided_On__c: undefined }],
    ['Not converted on 12 Dec 2025', { Outcome__c: 'Not converted', Decided_On__c: '2025-12-12' }],
    ['Closed · no outcome recorded', { Outcome__c: null }],
    ['Closed · you may not see how it ended', { Outcome__c: undefined }],
  ])('heads a closed pilot “%s”, as far as that is known', (headline, values) => {
    expect(view(pilot({ ...closed, ...values })).headline).toBe(headline);
  });

  it.each([
    [true, 'Closed Won on 12 Nov: record the pilot as converted?'],
    [false, 'Closed Lost on 12 Nov: record the pilot as not converted?'],
  ])('asks what became of the pilot once its deal is closed (won: %s), whatever was synced', (IsWon, ask) => {
    const values = { Is_Live__c: false, Opportunity__r: { IsClosed: true, IsWon, CloseDate: '2026-11-12' } };
    const asked = { headline: 'Deal closed', evidence: ask, next: '', more: '' };
    expect(view(pilot(values))).toMatchObject(asked);
    expect(view(pilot({ ...values, ...neverSynced }))).toMatchObject(asked);
    expect(view({ ...pilot(values), mayChange: false }).evidence).toBe('');
    expect(view(pilot({ ...values, ...closed })).headline).toBe('Converted on 12 Nov');
  });

  it('shows a snooze with its last day', () => {
    expect(view(pilot({ Snoozed_Until__c: '2026-11-30' })).headline).toBe('Stalled, snoozed until 30 Nov');
    expect(view(pilot({ Snoozed_Until__c: '2026-11-16' })).headline).toBe('Stalled since 3 Nov');
  });

  it.each([
    ['2026-10-11T23:30:00Z', 'UTC', 'Pilot · Sales Ops · starts 12 Oct'],
    ['2026-10-11T23:30:00Z', 'Asia/Tokyo', 'Pilot · Sales Ops · day 1 of 54'],
    ['2026-12-05T00:30:00Z', 'UTC', 'Pilot · Sales Ops · ended 4 Dec'],
    ['2026-12-05T00:30:00Z', 'America/New_York', 'Pilot · Sales Ops · day 54 of 54'],
  ])('counts the days of the reader at %s in %s', (now, timeZone, about) => {
    expect(view(pilot(), now, timeZone).about).toBe(about);
  });

  it('adds the day to a sync of another day', () => {
    expect(view(pilot(), '2026-11-18T09:00:00Z').data).toBe('Usage to Tue 17 Nov · synced 17 Nov 06:10');
  });
});
