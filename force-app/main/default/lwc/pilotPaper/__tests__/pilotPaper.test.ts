import PilotPaper from 'c/pilotPaper';
import { PaperWriter, chartPlan, escapeHtml, paperCsv, paperHtml, plainCell } from '../paper';
import type { PaperSection } from '../paper';
import { settle, show } from '../../pilotRecord/__tests__/showComponent';

const SECTION: PaperSection = {
  heading: 'Criteria <1>',
  lines: ['Said "so", they did'],
  table: { head: ['Name', 'Value'], rows: [['=1+1', '−$5']] },
  chart: {
    title: 'Weekly users',
    bars: [
      { label: '2 Nov', value: 10, text: '10' },
      { label: '9 Nov', value: 5, text: '5' },
    ],
  },
};

afterEach(() => document.body.replaceChildren());

describe('a paper', () => {
  it('escapes markup and never begins a cell with a formula', () => {
    const html = paperHtml('Acme <b>', [SECTION], 'en');
    expect(html).toContain('Acme &lt;b&gt;');
    expect(html).toContain('<td>&#39;=1+1</td>');
    expect(html).not.toMatch(/<td>\s*[=+\-@]/);
    expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
  });

  it.each(['=1', '+1', '-1', '@x', ' \t=1'])('makes %j plain', (text) =>
    expect(plainCell(text)).toBe(`'${text}`),
  );

  it('writes values for a spreadsheet with quotes, commas and formulas made harmless', () => {
    expect(paperCsv('=Acme', [SECTION])).toBe(
      '\ufeff\'=Acme\r\n\r\nCriteria <1>\r\n"Said ""so"", they did"\r\nName,Value\r\n\'=1+1,−$5\r\n',
    );
  });

  it('draws bars to scale, and none longer than nothing where all are zero', () => {
    expect(chartPlan(SECTION.chart!).bars.map(({ width }) => width)).toEqual([360, 180]);
    const nothing = { title: '', bars: [{ label: 'a', value: 0, text: '0' }] };
    expect(chartPlan(nothing).bars[0]!.width).toBe(0);
  });

  it('writes numbers, money and days in its language', () => {
    const texts = { en: { open: 'open' }, es: { open: 'por acordar' } };
    const spanish = new PaperWriter(texts, 'es', 'EUR');
    expect(spanish.number(10400.5)).toBe('10.400,5');
    expect(spanish.day('2026-11-30')).toBe('lun, 30 de noviembre de 2026');
    expect(spanish.day(null)).toBe('por acordar');
    const english = new PaperWriter(texts, 'en', 'USD');
    expect([english.money(520000), english.money(47.5), english.money(-5000)]).toEqual([
      '$520,000',
      '$47.50',
      '−$5,000',
    ]);
  });
});

describe('c-pilot-paper', () => {
  it('shows what the document holds, chart included', async () => {
    const element = show('c-pilot-paper', PilotPaper, {
      paperTitle: 'Readout: Acme',
      language: 'en',
      sections: [SECTION],
    });
    await settle();
    const text = element.shadowRoot.textContent!;
    for (const part of ['Readout: Acme', 'Criteria <1>', 'Weekly users', '9 Nov'])
      expect(text).toContain(part);
    expect(element.shadowRoot.querySelectorAll('rect')).toHaveLength(2);
    await expect(element).toBeAccessible();
  });

  it('shows nothing of a paper without sections', async () => {
    const element = show('c-pilot-paper', PilotPaper, {});
    await settle();
    expect(element.shadowRoot.querySelectorAll('section')).toHaveLength(0);
    await expect(element).toBeAccessible();
  });
});
