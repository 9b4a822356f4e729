import { executeMutation } from 'lightning/graphql';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import {
  amendForm,
  checkInForm,
  closedForm,
  editCriterionForm,
  invokeForm,
  linkWorkspace,
  snoozeForm,
  signForm,
  sponsorForm,
} from 'c/pilotActions';
import type { FormSpec } from 'c/pilotForm';
import { criterionNode } from '../../pilotRecord/__tests__/pilotAnswer';
import { aPilot, READER, someDetails } from '../../pilotRecord/__tests__/showComponent';

jest.mock('lightning/graphql', () => ({ gql: (text: unknown) => text, executeMutation: jest.fn() }));

const update = updateRecord as unknown as jest.Mock;
const create = createRecord as unknown as jest.Mock;
const mutate = executeMutation as unknown as jest.Mock;
const draft = ({ fields }: FormSpec, typed = {}) => ({
  ...Object.fromEntries(fields.map(({ name, value }) => [name, value])),
  ...typed,
});
const written = (): Record<string, unknown> => update.mock.calls.at(-1)![0].fields;

beforeEach(() => {
  update.mockReset().mockResolvedValue({});
  create.mockReset().mockResolvedValue({});
  mutate.mockReset().mockResolvedValue({ data: {} });
});

describe('a check-in', () => {
  it('asks for two taps and two texts; everything else is filled in', () => {
    const { fields } = checkInForm(aPilot(), someDetails(), READER);
    const blank = fields.filter(({ value }) => value === null || value === false);
    expect(blank.map(({ kind }) => kind)).toEqual(['taps', 'check']);
    expect(fields.filter(({ kind }) => kind === 'lines').map(({ value }) => value)).toEqual([
      'SSO is not open yet.',
      'First session with Finance.',
    ]);
  });

  it('books the next one in the same save, or leaves the pilot alone where it is booked', async () => {
    const form = checkInForm(aPilot(), someDetails(), READER);
    await form.save(draft(form, { Sentiment__c: 'Positive' }));
    expect(mutate.mock.calls[0]![0].variables.pilot).toEqual({
      Id: 'a01000000000001AAA',
      Pilot__c: { Next_Check_In__c: '2026-11-24' },
    });
    const booked = checkInForm(aPilot({ Next_Check_In__c: '2026-11-20' }), someDetails(), READER);
    await booked.save(draft(booked, { Sentiment__c: 'Positive' }));
    expect(create.mock.calls[0]![0].fields).toMatchObject({
      Sentiment__c: 'Positive',
      Held_On__c: '2026-11-17',
    });
  });
});

describe('days on which the customer is closed', () => {
  const close = async (typed: object, details = someDetails(), values = {}) => {
    const form = closedForm(aPilot(values), details, READER);
    return { form, failure: await form.save(draft(form, { reason: 'Holiday', ...typed })) };
  };

  it.each([
    ['over a weekend', '2026-11-26', '2026-11-30', '2026-12-09'],
    ['on a weekend alone', '2026-11-28', '2026-11-29', undefined],
    ['half before the start', '2026-10-08', '2026-10-13', '2026-12-08'],
    ['half after the end', '2026-12-03', '2026-12-11', '2026-12-08'],
    ['after the end', '2026-12-07', '2026-12-11', undefined],
  ])('%s move the end by the business days they take from the pilot', async (_name, from, to, end) => {
    await close({ from, to, move: true });
    expect(written()['End_Date__c']).toBe(end);
    if (end) expect(written()['Extension_Reason__c']).toContain('2026');
  });

  it('count a day once that an earlier period took already', async () => {
    const days = [{ from: '2026-11-26', to: '2026-11-27', reason: 'Freeze' }];
    const details = someDetails({ Closed_Days__c: JSON.stringify({ version: 1, days }) });
    await close({ from: '2026-11-26', to: '2026-11-30', move: true }, details);
    expect(written()['End_Date__c']).toBe('2026-12-07');
    expect(JSON.parse(String(written()['Closed_Days__c'])).days).toHaveLength(2);
  });

  it('leave out the public holidays of the region, and say so where they are not known', async () => {
    const outlookOf = (region: string | null): string => {
      const details = someDetails({ Holiday_Region__c: region });
      const form = closedForm(aPilot({ End_Date__c: '2026-12-24' }), details, READER);
      return form.outlook!({ ...draft(form), from: '2026-11-26', to: '2026-11-26', move: true });
    };
    expect(outlookOf('US')).toContain('No business day of the pilot');
    expect(outlookOf('DE')).toMatch(/to 28 Dec/);
    expect(outlookOf('DE')).not.toContain('Monday to Friday');
    expect(outlookOf('Atlantis')).toMatch(/to 25 Dec.*the public holidays of Atlantis are not known/);
    expect(outlookOf(null)).toMatch(/to 25 Dec.*without a holiday region/);
  });

  it('leave the dates alone unless asked', async () => {
    await close({ from: '2026-11-26', to: '2026-11-30' });
    expect(Object.keys(written())).toEqual(['Id', 'Closed_Days__c']);
  });

  it('are refused the wrong way round, and where the earlier ones cannot be read', async () => {
    expect((await close({ from: '2026-11-30', to: '2026-11-26' })).failure!.byField).toEqual({
      to: 'The last day is before the first.',
    });
    const damaged = someDetails({ Closed_Days__c: '[' });
    expect((await close({ from: '2026-11-26', to: '2026-11-26' }, damaged)).failure!.text).toContain(
      'cannot be read',
    );
    expect(update).not.toHaveBeenCalled();
  });
});

describe('a sponsor who left', () => {
  it('keeps the day where nobody takes over yet', async () => {
    const form = sponsorForm(aPilot(), someDetails(), READER);
    await form.save(draft(form));
    expect(written()).toEqual({ Id: 'a01000000000001AAA', Sponsor_Left_On__c: '2026-11-17' });
  });

  it('is named among the former ones, and the new one is no longer gone', async () => {
    const form = sponsorForm(aPilot({ Former_Sponsors__c: 'Ann (until 1 May 2026)' }), someDetails(), READER);
    await form.save(
      draft(form, { Customer_Sponsor__c: '003000000000002AAA', Sponsor_Left_On__c: '2026-11-10' }),
    );
    expect(written()).toMatchObject({
      Customer_Sponsor__c: '003000000000002AAA',
      Former_Sponsors__c: 'Ann (until 1 May 2026); Dana Ortiz (until 10 Nov 2026)',
      Sponsor_Left_On__c: null,
    });
  });

  it('is refused where the list of former ones is full, rather than cut off', async () => {
    const form = sponsorForm(aPilot({ Former_Sponsors__c: 'x'.repeat(250) }), someDetails(), READER);
    const failure = await form.save(draft(form, { Customer_Sponsor__c: '003000000000002AAA' }));
    expect(failure!.text).toContain('The list of former sponsors is full.');
    expect(update).not.toHaveBeenCalled();
  });

  it('says why nobody can be picked where contacts are hidden', () => {
    const details = { ...someDetails(), contacts: null };
    for (const form of [sponsorForm(aPilot(), details, READER), signForm(aPilot(), details, '005', READER)])
      expect(form.lines.join()).toContain('You may not read contacts');
    expect(sponsorForm(aPilot(), someDetails(), READER).lines.join()).not.toContain('contacts');
  });

  it('says that the signature stays', () => {
    const signed = { Criteria_Signed_On__c: '2026-10-09', Signed_By_Customer__c: '003000000000001AAA' };
    expect(sponsorForm(aPilot(signed), someDetails(), READER).lines[1]).toContain(
      'keep the signature of Dana Ortiz',
    );
    expect(sponsorForm(aPilot(), someDetails(), READER).lines[1]).toBe('');
  });
});

describe('an amendment', () => {
  const signed = aPilot({ Criteria_Signed_On__c: '2026-10-09' }, [criterionNode()]);
  const amend = (details = someDetails()): FormSpec =>
    amendForm(signed.criteria![0]!, signed, details, READER);

  it('writes the new target and keeps the old one with day and reason, newest first, in one mutation', async () => {
    const earlier = { on: '2026-10-20', criterionId: 'x', name: 'x', from: '1', to: '2', reason: 'r' };
    const form = amend(someDetails({ Amendments__c: JSON.stringify({ version: 1, amendments: [earlier] }) }));
    await form.save(draft(form, { Target__c: '15', reason: 'Half the team left' }));
    const { criterion, pilot } = mutate.mock.calls[0]![0].variables;
    expect(criterion).toEqual({ Id: 'a02000000000001AAA', SuccessCriterion__c: { Target__c: 15 } });
    expect(JSON.parse(pilot.Pilot__c.Amendments__c).amendments).toEqual([
      {
        on: '2026-11-17',
        criterionId: 'a02000000000001AAA',
        name: 'Weekly active users',
        from: '20 users',
        to: '15 users',
        reason: 'Half the team left',
      },
      earlier,
    ]);
  });

  it('is none while the target stays, and none over amendments that cannot be read', async () => {
    const form = amend();
    expect((await form.save(draft(form, { reason: 'x' })))!.byField).toEqual({
      Target__c: 'This is the target already.',
    });
    const damaged = amend(someDetails({ Amendments__c: '{' }));
    expect((await damaged.save(draft(damaged, { Target__c: '15', reason: 'x' })))!.text).toContain(
      'cannot be read',
    );
    expect(mutate).not.toHaveBeenCalled();
  });
});

describe('small changes', () => {
  it('empties a running snooze when both are emptied', async () => {
    const snoozed = { Snoozed_Until__c: '2026-11-30', Snooze_Reason__c: 'Fair' };
    const form = snoozeForm(aPilot(snoozed), READER);
    expect(form.fields.some(({ isRequired }) => isRequired)).toBe(false);
    await form.save(draft(form, { Snoozed_Until__c: null, Snooze_Reason__c: '' }));
    expect(written()).toMatchObject({ Snoozed_Until__c: null, Snooze_Reason__c: null });
  });

  it('writes numbers as numbers and a blank one as none', async () => {
    const form = editCriterionForm(aPilot({}, [criterionNode()]).criteria![0]!, READER);
    await form.save(draft(form, { Baseline__c: '', Target__c: '0.8', Actual__c: '3' }));
    expect(written()).toMatchObject({ Baseline__c: null, Target__c: 0.8, Actual__c: 3 });
  });

  it('invokes a term on a day and compares with what was read', async () => {
    const form = invokeForm(someDetails().terms![0]!, READER);
    await form.save(draft(form));
    expect(update).toHaveBeenCalledWith(
      { fields: { Id: 'a05000000000001AAA', Status__c: 'Invoked', Invoked_On__c: '2026-11-17' } },
      { ifUnmodifiedSince: '2026-11-01T00:00:00.000Z' },
    );
  });

  it('links a workspace with who confirmed it', async () => {
    await linkWorkspace(aPilot(), { source: 'product', key: 'acme-eu' }, '005000000000001AAA');
    expect(create.mock.calls[0]![0]).toEqual({
      apiName: 'PilotUsageKey__c',
      fields: {
        Pilot__c: 'a01000000000001AAA',
        Source__c: 'product',
        Key__c: 'acme-eu',
        Matched_By__c: 'Domain',
        Confirmed_By__c: '005000000000001AAA',
      },
    });
  });
});
