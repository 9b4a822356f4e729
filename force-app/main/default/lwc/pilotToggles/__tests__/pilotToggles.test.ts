import PilotToggles from 'c/pilotToggles';
import { find, settle, show } from '../../pilotRecord/__tests__/showComponent';

it('names its group, tells which button is pressed, and fires the id of the chosen one', async () => {
  const toggles = [
    { id: 'list', text: 'List', pressed: 'true' },
    { id: 'calendar', text: 'Calendar', pressed: 'false' },
  ];
  const element = show('c-pilot-toggles', PilotToggles, { label: 'View', toggles });
  await settle();
  const chosen: unknown[] = [];
  element.addEventListener('choose', (event) => chosen.push((event as CustomEvent).detail));
  find(element, 'calendar')!.click();
  expect(chosen).toEqual([{ id: 'calendar' }]);
  expect(find(element, 'list')!.getAttribute('aria-pressed')).toBe('true');
  expect(element.shadowRoot.querySelector('[role="group"]')!.getAttribute('aria-label')).toBe('View');
  await expect(element).toBeAccessible();
});
