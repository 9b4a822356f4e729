import PilotErrorPanel from 'c/pilotErrorPanel';
import type { ErrorKind } from 'c/pilotErrors';
import { find, settle, show } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const MESSAGES = ['Field Secret__c is hidden.'];
const panel = (kind: ErrorKind): Shown =>
  show('c-pilot-error-panel', PilotErrorPanel, {
    error: { kind, messages: MESSAGES, byField: {} },
    otherwise: 'The pilots could not be read.',
  });

afterEach(() => document.body.replaceChildren());

describe('c-pilot-error-panel', () => {
  it.each([
    ['offline', 'No connection. Nothing is lost; try again once you are online.'],
    ['busy', 'Salesforce is busy. Try again in a minute.'],
    ['refused', 'The pilots could not be read.'],
  ] as const)(
    'says what to do when %s, with the platform’s words, and offers to try again',
    async (kind, text) => {
      const element = panel(kind);
      const retried = jest.fn();
      element.addEventListener('retry', retried);
      expect(find(element, 'error')!.textContent).toContain(text);
      expect(find(element, 'error')!.textContent).toContain(MESSAGES[0]);
      find(element, 'retry')!.click();
      await settle();
      expect(retried).toHaveBeenCalledTimes(1);
      await expect(element).toBeAccessible();
    },
  );

  it('says who can help where Salesforce refuses a field, and only there', () => {
    expect(find(panel('refused'), 'error')!.textContent).toContain('permission set Pilot Rep');
    expect(find(panel('busy'), 'error')!.textContent).not.toContain('permission set');
  });

  it('names the missing permission alone, and offers nothing that would fail again', async () => {
    const element = panel('no-access');
    expect(find(element, 'error')!.textContent).toContain('permission set Pilot Rep');
    expect(find(element, 'error')!.textContent).not.toContain('Secret__c');
    expect(find(element, 'retry')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('is nothing without an error', () => {
    expect(find(show('c-pilot-error-panel', PilotErrorPanel, {}), 'error')).toBeNull();
  });
});
