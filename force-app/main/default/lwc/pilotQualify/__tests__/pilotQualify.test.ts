import PilotQualify, { qualify } from 'c/pilotQualify';
import { find, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';

const YES = { budget: 'yes', decisionMaker: 'yes', driver: 'yes', failure: 'yes' } as const;
const FINE = { doubts: [], isScopeNarrow: true, hasResources: true };

afterEach(() => document.body.replaceChildren());

describe('qualify', () => {
  it.each([
    ['all yes', YES, FINE, 'Go', []],
    ['something still open', { ...YES, failure: 'no' }, FINE, 'Fix first', ['failure']],
    ['not yet', { ...YES, budget: 'not-yet' }, FINE, 'Fix first', ['budget']],
    ['a plain no to the budget', { ...YES, budget: 'no' }, FINE, 'Decline', ['budget']],
    ['a poor fit', YES, { ...FINE, doubts: ['Poor fit'] }, 'Decline', []],
    ['a favoured rival alone', YES, { ...FINE, doubts: ['Rival favoured'] }, 'Fix first', []],
    ['a broad scope', YES, { ...FINE, isScopeNarrow: false }, 'Fix first', []],
    ['no capacity', YES, { ...FINE, hasResources: false }, 'Fix first', []],
  ] as const)('%s', (_name, answers, circumstances, verdict, open) => {
    expect(qualify(answers, circumstances)).toEqual({ verdict, open });
  });

  it('says nothing before all four are answered', () => {
    expect(qualify({ budget: 'no' }, FINE)).toBeNull();
  });
});

describe('c-pilot-qualify', () => {
  it('asks four questions and says what the org knows', async () => {
    const element = show('c-pilot-qualify', PilotQualify, {
      earlierPilots: 2,
      convertedPilots: 0,
      livePilots: 3,
    });
    expect(element.shadowRoot.querySelectorAll('[data-asked="tap"]')).toHaveLength(4);
    expect(texts(element, 'facts')).toEqual([
      "Earlier pilots with this account: 2, converted: 0. Live pilots of this deal's owner: 3.",
    ]);
    expect(texts(element, 'verdict')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('tells the answer, what it means, and what could be said', async () => {
    const qualification = { verdict: 'Decline', open: ['budget', 'driver'] };
    const element = show('c-pilot-qualify', PilotQualify, {
      answers: YES,
      qualification,
      reply: 'Thank you. Next step: a call.',
    });
    const heard = jest.fn();
    element.addEventListener('answer', (event) => heard((event as CustomEvent).detail));
    const group = element.shadowRoot.querySelector('[data-question="driver"]')!;
    group.dispatchEvent(new CustomEvent('change', { detail: { value: 'no' } }));
    expect(heard).toHaveBeenCalledWith({ key: 'driver', value: 'no' });
    expect(texts(element, 'verdict')).toEqual(['Decline: a pilot cannot change this.']);
    expect(find<HTMLElement & { text: string }>(element, 'no')!.text).toBe('Thank you. Next step: a call.');
    await expect(element).toBeAccessible();
  });

  it('says what became of earlier pilots and requests', () => {
    const earlierLines = ['The last one, Acme, ended on 3 Mar: Not converted (Price).'];
    const element = show('c-pilot-qualify', PilotQualify, { earlierPilots: 1, earlierLines });
    expect(texts(element, 'facts')[0]).toContain(`converted: 0. ${earlierLines[0]} Live pilots`);
  });

  it('asks why no pilot is needed only when that is to be said, and offers words for it', async () => {
    const element = show('c-pilot-qualify', PilotQualify, {});
    const heard = jest.fn();
    element.addEventListener('notneeded', (event) => heard((event as CustomEvent).detail));
    expect(find(element, 'why')).toBeNull();
    expect(find(element, 'no')).toBeNull();
    find(element, 'ask-why')!.click();
    await settle();
    find(element, 'why')!.dispatchEvent(new CustomEvent('change', { detail: { value: 'trial' } }));
    expect(heard).toHaveBeenCalledWith('trial');
    Object.assign(element, { notNeeded: 'trial', notNeededReply: 'Two weeks are enough.' });
    await settle();
    expect(find<HTMLElement & { text: string }>(element, 'not-needed-reply')!.text).toBe(
      'Two weeks are enough.',
    );
    await expect(element).toBeAccessible();
  });

  it('asks for doubts only when one is to be added', async () => {
    const element = show('c-pilot-qualify', PilotQualify, {});
    expect(element.shadowRoot.querySelector('lightning-checkbox-group')).toBeNull();
    element.shadowRoot.querySelector<HTMLElement>('lightning-button')!.click();
    await settle();
    expect(element.shadowRoot.querySelector('lightning-checkbox-group')).not.toBeNull();
    await expect(element).toBeAccessible();
  });
});
