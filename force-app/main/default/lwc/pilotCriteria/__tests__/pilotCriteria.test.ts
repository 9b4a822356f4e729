import { createElement } from 'lwc';
import PilotCriteria from 'c/pilotCriteria';
import { readPilots } from 'c/pilotRecord';
import { answerOf, criterionNode, pilotNode } from '../../pilotRecord/__tests__/pilotAnswer';

function show(
  criteria: Parameters<typeof pilotNode>[1],
  signedOn: string | null = null,
): HTMLElement & { shadowRoot: ShadowRoot } {
  const element = createElement('c-pilot-criteria', { is: PilotCriteria });
  Object.assign(element, { criteria: readPilots(answerOf(pilotNode({}, criteria)))![0]!.criteria, signedOn });
  document.body.appendChild(element);
  return element as HTMLElement & { shadowRoot: ShadowRoot };
}
const texts = (element: { shadowRoot: ShadowRoot }, id: string) =>
  [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map((node) => node.textContent!.trim());

afterEach(() => document.body.replaceChildren());

describe('c-pilot-criteria', () => {
  it('lists criteria with numbers, units and pace in words', async () => {
    const element = show(
      [
        criterionNode({ Id: '1' }),
        criterionNode({
          Id: '2',
          Name: 'Reply time',
          Must_Have__c: true,
          Direction__c: 'At most',
          Unit__c: 'h',
          Baseline__c: 4,
          Target__c: 1,
          Actual__c: 3.1,
          Pace__c: 'Unlikely',
        }),
      ],
      '2026-10-09',
    );
    expect(texts(element, 'name')).toEqual(['Reply time', 'Weekly active users']);
    expect(texts(element, 'actual')).toEqual(['3.1 h', '11 users']);
    expect(texts(element, 'pace')).toEqual(['Unlikely', 'Behind']);
    expect([...element.shadowRoot.querySelectorAll('dd')].map((node) => node.textContent)).toContain(
      'at most 1 h',
    );
    expect(texts(element, 'signature')).toEqual(['Signed 9 Oct']);
    await expect(element).toBeAccessible();
  });

  it('shows a hidden or missing measurement as a dash, never as zero', async () => {
    const element = show([
      criterionNode({ Actual__c: null }),
      criterionNode({ Id: '2', Actual__c: undefined, Met__c: undefined }),
    ]);
    expect(texts(element, 'actual')).toEqual(['–', '–']);
    await expect(element).toBeAccessible();
  });

  it('is met when the org says so, whatever the pace was', () => {
    expect(texts(show([criterionNode({ Met__c: true, Pace__c: 'Behind' })]), 'pace')).toEqual(['Met']);
  });

  it('says that there are none', async () => {
    const element = show([]);
    expect(texts(element, 'none')).toEqual(['No success criteria yet. Add what both sides will measure.']);
    await expect(element).toBeAccessible();
  });

  it('says that they are hidden', async () => {
    const element = show(null);
    expect(texts(element, 'none')).toEqual(['You do not have access to the success criteria.']);
    await expect(element).toBeAccessible();
  });

  it('writes names as text, never as markup', () => {
    const element = show([criterionNode({ Name: '<img src=x onerror=alert(1)>' })]);
    expect(element.shadowRoot.querySelector('img')).toBeNull();
    expect(texts(element, 'name')).toEqual(['<img src=x onerror=alert(1)>']);
  });
});
