import { graphql } from 'lightning/graphql';
import { updateRecord } from 'lightning/uiRecordApi';
import PilotBusinessCase from 'c/pilotBusinessCase';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const wire = graphql as unknown as { emit(data: unknown): void; emitErrors(errors: unknown): void };
const update = updateRecord as unknown as jest.Mock;
const valued = (fields: Record<string, unknown>): object =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]));
const listOf = (...rows: Record<string, unknown>[]): object => ({
  edges: rows.map((row) => ({ node: { Id: 'r', ...valued(row) } })),
});
const SAVED = {
  Name: 'Acme',
  LastModifiedDate: '2026-11-16T10:00:00.000Z',
  Licensed_Users__c: 25,
  Enterprise_Users__c: 500,
  Hours_Saved_Per_User_Week__c: 0.4,
  Loaded_Hourly_Cost__c: 50,
  Weeks_Per_Year__c: 52,
  Enterprise_Hours__c: 10400,
  Enterprise_Value__c: 520000,
  Return_On_Investment__c: -10,
  Payback_Months__c: 13.3,
  Annual_Value__c: 500000,
  One_Time_Value__c: 75000,
  Access_Ends_On__c: '2026-11-30',
  Active_Users_7d__c: 41,
  Active_Departments__c: 5,
  Usage_Complete_To__c: '2026-11-16',
};
const HOURS = {
  Name: 'Hours saved',
  Kind__c: 'Business outcome',
  Must_Have__c: true,
  Direction__c: 'At least',
  Metric__c: 'hours_saved',
  Window__c: 'Last 7 days',
  Unit__c: 'hours',
  Actual__c: 10,
  Measured_On__c: '2026-11-16',
};
const weeks = [8, 9, 10, 11, 12].map((hours) => ({
  Metrics__c: JSON.stringify({ version: 1, metrics: { hours_saved: hours } }),
}));
const answer = (fields: object = {}, criteria = [HOURS], usage = weeks): unknown => ({
  uiapi: {
    query: {
      Pilot__c: {
        edges: [
          {
            node: {
              Id: 'p',
              ...valued({ ...SAVED, ...fields }),
              Success_Criteria__r: listOf(...criteria),
              Usage__r: listOf(...usage),
            },
          },
        ],
      },
    },
  },
});

type Input = HTMLElement & { value: unknown; options: { value: string; label: string }[] };
const field = (element: Shown, entry: string): Input | null =>
  element.shadowRoot.querySelector<Input>(`[data-entry="${entry}"]`);
const paperText = (element: Shown): string =>
  find<Shown>(element, 'paper')!.shadowRoot.textContent!.replace(/\s+/g, ' ');
const fill = (element: Shown, entry: string, value: string): void => {
  field(element, entry)!.dispatchEvent(new CustomEvent('change', { detail: { value } }));
};
const openCase = async (data: unknown, mayChange = true): Promise<Shown> => {
  const element = show('c-pilot-business-case', PilotBusinessCase, { pilotId: 'p', mayChange });
  await settle();
  wire.emit(data);
  await settle();
  return element;
};

describe('c-pilot-business-case', () => {
  holdClock();
  afterEach(() => update.mockReset());

  it('waits, then shows the saved figures of the org with range, sources and what would be lost', async () => {
    const element = show('c-pilot-business-case', PilotBusinessCase, { pilotId: 'p', mayChange: true });
    await expect(element).toBeAccessible();
    wire.emit(answer());
    await settle();
    const text = paperText(element);
    for (const part of [
      'Hours saved: 10 hours a week together, 0.4 hours per user and week (25 users).',
      '10,400 hours a year; at $50 an hour $520,000 a year.',
      '$416,000',
      '$624,000',
      '95% interval of the mean of 5 measured weeks',
      'If access ends on Mon, November 30, 2026, 41 weekly users in 5 departments lose it.',
      'Measured in the pilot: Hours saved',
      '−10%',
      '13.3 months',
    ])
      expect(text).toContain(part);
    await expect(element).toBeAccessible();
  });

  it('shows the value of the formula where it differs from its own sum', async () => {
    const element = await openCase(answer({ Enterprise_Value__c: 520001 }));
    expect(paperText(element)).toContain('$520,001 a year.');
    fill(element, 'enterpriseUsers', '1000');
    await settle();
    expect(paperText(element)).toContain('$1,040,000 a year.');
  });

  it('says per user, and 10 hours of each user make $13.0 M', async () => {
    const element = await openCase(answer());
    expect(element.shadowRoot.textContent).toContain(
      '25 users who save 10 hours together save 0.4 hours each',
    );
    const sense = find<Input>(element, 'sense')!;
    expect(sense.options.map(({ label }) => label)).toEqual(['Of all 25 users together', 'Of each user']);
    expect(sense.value).toBe('together');
    sense.dispatchEvent(new CustomEvent('change', { detail: { value: 'each' } }));
    await settle();
    expect(field(element, 'hoursPerUserWeek')!.value).toBe(10);
    expect(paperText(element)).toContain('$13,000,000 a year.');
    expect(texts(element, 'unsaved')).toHaveLength(1);
  });

  it('saves only what was changed, unless somebody else changed the pilot', async () => {
    const element = await openCase(answer());
    fill(element, 'hourlyCost', '60');
    fill(element, 'weeksPerYear', '52');
    await settle();
    find(element, 'save-case')!.click();
    await settle();
    expect(update).toHaveBeenCalledWith(
      { fields: { Id: 'p', Loaded_Hourly_Cost__c: 60 } },
      { ifUnmodifiedSince: SAVED.LastModifiedDate },
    );
    expect(texts(element, 'notice')[0]).not.toBe('');
  });

  it('keeps the edit and says why when it cannot be saved', async () => {
    const element = await openCase(answer());
    for (const wrong of ['-1', 'x', '169']) {
      fill(element, 'hoursPerUserWeek', wrong);
      find(element, 'save-case')!.click();
      await settle();
      expect(texts(element, 'failure')[0]).toContain('168 hours');
    }
    expect(update).not.toHaveBeenCalled();
    update.mockRejectedValue({ status: 0 });
    fill(element, 'hoursPerUserWeek', '1');
    find(element, 'save-case')!.click();
    await settle();
    expect(texts(element, 'failure')).toHaveLength(1);
    expect(field(element, 'hoursPerUserWeek')!.value).toBe(1);
    await expect(element).toBeAccessible();
  });

  it('names what is missing, and claims no measurement where there is none', async () => {
    const none = { Enterprise_Users__c: null, Enterprise_Value__c: null, Active_Users_7d__c: null };
    const element = await openCase(answer(none, []));
    const text = paperText(element);
    expect(text).toContain('Missing: users after the rollout.');
    expect(text).toContain('No criterion of the pilot measures the hours saved');
    expect(text).not.toContain('lose it');
    expect(find(element, 'sense')).toBeNull();
  });

  it('computes, prints and gives away nothing of an impossible number', async () => {
    const element = await openCase(answer());
    fill(element, 'enterpriseUsers', '-3');
    await settle();
    expect(paperText(element)).toContain('Missing: users after the rollout.');
    expect(paperText(element)).not.toContain('-3');
    expect(field(element, 'enterpriseUsers')!.value).toBe(-3);
  });

  it('gives one figure and no range after two weeks', async () => {
    const element = await openCase(answer({}, [HOURS], weeks.slice(0, 2)));
    expect(paperText(element)).toContain('One figure and no range: fewer than three weeks');
    expect(paperText(element)).not.toContain('$416,000');
  });

  it('shows a reader the paper without the form', async () => {
    const element = await openCase(answer(), false);
    expect(field(element, 'hourlyCost')).toBeNull();
    expect(paperText(element)).toContain('$520,000');
    await expect(element).toBeAccessible();
  });

  it('makes no case of which a part may not be seen, and says that it cannot be read', async () => {
    const hidden = { uiapi: { query: { Pilot__c: { edges: [{ node: { Id: 'p', ...valued(SAVED) } }] } } } };
    const element = await openCase(hidden);
    expect(texts(element, 'load-error')[0]).toContain('permission set');
    const other = show('c-pilot-business-case', PilotBusinessCase, { pilotId: 'p' });
    wire.emitErrors([{ status: 0 }]);
    await settle();
    expect(texts(other, 'load-error')).toHaveLength(1);
    await expect(other).toBeAccessible();
  });
});
