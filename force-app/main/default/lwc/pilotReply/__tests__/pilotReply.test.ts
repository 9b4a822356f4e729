import PilotReply from 'c/pilotReply';
import { find, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';

function allowCopying(writeText: (text: string) => Promise<void>): void {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
}

const shown = () =>
  show('c-pilot-reply', PilotReply, { heading: 'What you could tell the customer', text: 'One.\n\nTwo.' });

afterEach(() => document.body.replaceChildren());

describe('c-pilot-reply', () => {
  it('shows the text as it is copied', async () => {
    const copied: string[] = [];
    allowCopying(async (text) => void copied.push(text));
    const element = shown();
    expect(find(element, 'reply')!.textContent).toBe('One.\n\nTwo.');
    find(element, 'copy')!.click();
    await settle();
    expect(copied).toEqual(['One.\n\nTwo.']);
    expect(texts(element, 'copied')).toEqual(['Copied.']);
    await expect(element).toBeAccessible();
  });

  it('does not say that it copied what the browser refused', async () => {
    allowCopying(() => Promise.reject(new DOMException('Denied', 'NotAllowedError')));
    const element = shown();
    find(element, 'copy')!.click();
    await settle();
    expect(texts(element, 'copied')[0]).toMatch(/^Not copied/);
    await expect(element).toBeAccessible();
  });
});
