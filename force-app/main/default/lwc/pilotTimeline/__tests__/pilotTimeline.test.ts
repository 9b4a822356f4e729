import PilotTimeline from 'c/pilotTimeline';
import { aPilot, holdClock, READER, show, texts } from '../../pilotRecord/__tests__/showComponent';
import { timelineView } from '../timelineView';

holdClock();

describe('c-pilot-timeline', () => {
  it('puts today among the milestones, in order', async () => {
    const element = show('c-pilot-timeline', PilotTimeline, { pilot: aPilot() });
    expect(texts(element, 'milestone')).toEqual([
      'StartMon 12 Oct',
      'TodayTue 17 Nov',
      'EndFri 4 Dec',
      'ReadoutWed 9 Dec',
      'DecisionFri 18 Dec',
      'Price holds untilSun 3 Jan 2027',
    ]);
    await expect(element).toBeAccessible();
  });

  it('tells the end first agreed only once it was moved', () => {
    const keys = (values: object) => timelineView(aPilot(values), READER).milestones.map(({ key }) => key);
    expect(keys({ Original_End_Date__c: '2026-12-04' })).not.toContain('first_end');
    expect(keys({ Original_End_Date__c: '2026-11-27' })).toContain('first_end');
  });

  it.each([
    ['2026-11-12', 'start decision today price'],
    ['2026-12-08', 'start today end decision price'],
    // Not known, so no planned day may stand for it.
    [undefined, 'start today price'],
  ])('of a pilot decided on %s it tells that day, and no plan of later', (Decided_On__c, keys) => {
    const closed = aPilot({ Status__c: 'Closed', Is_Live__c: false, Decided_On__c });
    const { milestones } = timelineView(closed, READER);
    expect(milestones.map(({ key }) => key).join(' ')).toBe(keys);
    const [decision] = milestones.filter(({ key }) => key === 'decision');
    expect(decision?.day).toBe(
      { '2026-11-12': 'Thu 12 Nov', '2026-12-08': 'Tue 8 Dec' }[Decided_On__c ?? ''],
    );
  });

  it.each([
    ['2026-10-12', '2026-12-04', 67],
    ['2026-11-30', '2026-12-04', 0],
    ['2026-09-01', '2026-10-01', 100],
    ['2026-12-04', '2026-10-12', null],
    [null, '2026-12-04', null],
  ])('from %s to %s, %p percent of the time has gone', (Start_Date__c, End_Date__c, percent) => {
    expect(timelineView(aPilot({ Start_Date__c, End_Date__c }), READER).percent).toBe(percent);
  });

  it('is not there for a pilot without dates', async () => {
    const none = { Start_Date__c: null, End_Date__c: null, Readout_Date__c: null, Decision_Date__c: null };
    const element = show('c-pilot-timeline', PilotTimeline, {
      pilot: aPilot({ ...none, Price_Lock_Ends__c: null }),
    });
    expect(texts(element, 'milestone')).toEqual([]);
    await expect(element).toBeAccessible();
  });
});
