import { createElement } from 'lwc';
import PilotSignals from 'c/pilotSignals';
import { readPilots } from 'c/pilotRecord';
import { SIGNALS, answerOf, pilotNode } from '../../pilotRecord/__tests__/pilotAnswer';

type Shown = HTMLElement & { shadowRoot: ShadowRoot };

function show(stored: unknown): Shown {
  const element = createElement('c-pilot-signals', { is: PilotSignals });
  const [pilot] = readPilots(answerOf(pilotNode({ Signals__c: JSON.stringify(stored) })))!;
  Object.assign(element, { signals: pilot!.signals });
  document.body.appendChild(element);
  return element as Shown;
}
const texts = (element: Shown, id: string) =>
  [...element.shadowRoot.querySelectorAll(`[data-id="${id}"]`)].map((node) =>
    node.textContent!.replace(/\s+/g, ' ').trim(),
  );

beforeEach(() =>
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'queueMicrotask'],
    now: new Date('2026-11-17T12:00:00Z'),
  }),
);
afterEach(() => {
  jest.useRealTimers();
  document.body.replaceChildren();
});

describe('c-pilot-signals', () => {
  it('lists every reason with since, numbers, next step and owner, paperwork apart', async () => {
    const element = show(SIGNALS);
    expect(texts(element, 'reason')).toEqual([
      'Stalled since 3 Nov: None of 25 users active since Mon 19 Oct. Ask Priya Shah (champion) what changed.',
      'At risk since 3 Nov: Price still proposed, pilot ends 4 Dec. Get $575 K agreed.',
    ]);
    expect(texts(element, 'tidy')).toEqual([
      'No check-in since 28 Oct and none booked. Book the next check-in.',
      'SSO access by Acme was due 2 Nov. Settle a new date.',
    ]);
    expect(texts(element, 'owner')).toEqual(['Sales rep', 'Sales rep', 'Sales rep', 'Sales rep']);
    await expect(element).toBeAccessible();
  });

  it('says that nothing stands out', async () => {
    const element = show({ version: 1, signals: [], toTidy: [] });
    expect(texts(element, 'none')).toEqual(['Nothing stands out.']);
    await expect(element).toBeAccessible();
  });

  it('writes names as text, never as markup', () => {
    const hostile = {
      ...SIGNALS.signals[0]!,
      values: { users: 2, last: '2026-10-19', champion: '<img src=x>{users}' },
    };
    const element = show({ version: 1, signals: [hostile], toTidy: [] });
    expect(element.shadowRoot.querySelector('img')).toBeNull();
    expect(texts(element, 'reason')[0]).toContain('<img src=x>{users} (champion)');
  });
});
