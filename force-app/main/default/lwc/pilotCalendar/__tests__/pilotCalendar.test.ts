import PilotCalendar from 'c/pilotCalendar';
import { calendarView } from '../../pilotPortfolio/calendarView';
import { readPortfolioPage } from '../../pilotPortfolio/portfolioPage';
import { listedNode, pageAnswer, pilotId } from '../../pilotPortfolio/__tests__/portfolioAnswer';
import { find, holdClock, READER, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';

const month = (nodes: Parameters<typeof pageAnswer>[0], of: string) =>
  calendarView(readPortfolioPage(pageAnswer(nodes))!.pilots, of, READER);

holdClock();

describe('c-pilot-calendar', () => {
  it('says that nothing is due', async () => {
    const element = show('c-pilot-calendar', PilotCalendar, { view: month([listedNode()], '2026-11') });
    expect(texts(element, 'empty')).toEqual(['Nothing is due in this month.']);
    await expect(element).toBeAccessible();
  });

  it('lists readout, decision and price lock on their days, linked to the deal', async () => {
    const view = month([listedNode()], '2026-12');
    const urls = { '006000000000001AAA': '/deal' };
    const element = show('c-pilot-calendar', PilotCalendar, { view, urls });
    expect(texts(element, 'day')).toEqual([
      'Wed 9 DecReadout:Acme: SaaS adoption',
      'Fri 18 DecDecision:Acme: SaaS adoption',
    ]);
    expect(element.shadowRoot.querySelector('a')!.getAttribute('href')).toBe('/deal');
    await expect(element).toBeAccessible();
    expect(month([listedNode()], '2027-01').days.map(({ id }) => id)).toEqual(['2027-01-03']);
  });

  it('counts a day with more than it names, over the turn of the year', async () => {
    const many = Array.from({ length: 30 }, (_, index) => listedNode({ Id: pilotId(index) }));
    const element = show('c-pilot-calendar', PilotCalendar, { view: month(many, '2026-12') });
    expect(texts(element, 'counts')[0]).toBe('Readout 30. The first 20 are named here.');
    expect(texts(element, 'event')).toHaveLength(40);
    const asked: string[] = [];
    element.addEventListener('month', (event) =>
      asked.push((event as CustomEvent<{ month: string }>).detail.month),
    );
    find(element, 'next')!.click();
    find(element, 'previous')!.click();
    await settle();
    expect(asked).toEqual(['2027-01', '2026-11']);
  });
});
