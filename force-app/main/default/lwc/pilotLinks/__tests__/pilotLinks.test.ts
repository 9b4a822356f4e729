import { createRecord } from 'lightning/uiRecordApi';
import PilotLinks from 'c/pilotLinks';
import { aPilot, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const VALUES = {
  key: 'acme-eu',
  source: 'product',
  people: 14,
  domain: 'acme.com',
  since: '2026-10-03',
  events: 212,
  key2: 'acme-lab',
  source2: 'product',
  people2: null,
  domain2: null,
  since2: '2026-11-01',
  events2: 3,
};
function showLinks(values: object): Shown {
  const signal = {
    code: 'NOT_LINKED',
    state: 'Unknown',
    since: '2026-11-10',
    values,
    variant: 'candidate',
    owner: 'rep',
  };
  const Signals__c = JSON.stringify({ version: 1, signals: [signal], toTidy: [], note: null });
  return show('c-pilot-links', PilotLinks, { pilot: aPilot({ Signals__c }) });
}
const buttons = (element: Shown) => [...element.shadowRoot.querySelectorAll<HTMLElement>('[data-key]')];
const create = createRecord as unknown as jest.Mock;

holdClock();

describe('c-pilot-links', () => {
  it('describes each candidate by what is known of it', async () => {
    const element = showLinks(VALUES);
    expect(texts(element, 'candidate')).toEqual([
      'acme-eu · 14 people at acme.com · since 3 Oct · 212 events last week',
      'acme-lab · since 1 Nov · 3 events last week',
    ]);
    await expect(element).toBeAccessible();
  });

  it('links with one tap, says when it will count, and offers that one no more', async () => {
    create.mockReset().mockResolvedValueOnce({});
    const element = showLinks(VALUES);
    const saved = jest.fn();
    element.addEventListener('saved', saved);
    buttons(element)[1]!.click();
    await settle();
    expect(create.mock.calls[0]![0].fields).toMatchObject({ Key__c: 'acme-lab', Source__c: 'product' });
    expect(texts(element, 'done')[0]).toContain('Linked: acme-lab. Its usage shows after the next sync');
    expect(texts(element, 'candidate')).toHaveLength(1);
    expect(saved).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('keeps the candidate after a failure and says why', async () => {
    create.mockReset().mockRejectedValueOnce({ status: 0, body: { message: 'Failed to fetch' } });
    const element = showLinks(VALUES);
    buttons(element)[0]!.click();
    await settle();
    expect(texts(element, 'failure')[0]).toContain('No connection.');
    expect(texts(element, 'candidate')).toHaveLength(2);
    await expect(element).toBeAccessible();
  });

  it('says nothing where nothing is likely, and never guesses a source', () => {
    expect(texts(showLinks({}), 'candidate')).toEqual([]);
    expect(texts(showLinks({ key: 'acme-eu' }), 'candidate')).toEqual([]);
  });
});
