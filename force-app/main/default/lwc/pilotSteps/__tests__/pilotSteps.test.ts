import PilotSteps from 'c/pilotSteps';
import { openWizard } from 'c/pilotWizard';
import { aPilot, find, settle, show } from '../../pilotRecord/__tests__/showComponent';

jest.mock('c/pilotWizard', () => ({ openWizard: jest.fn() }));
const wizard = openWizard as unknown as jest.Mock;

afterEach(() => document.body.replaceChildren());

describe('c-pilot-steps', () => {
  it('offers to plan the first pilot of a deal, and nothing else', async () => {
    const element = show('c-pilot-steps', PilotSteps, { dealId: '006' });
    expect(find(element, 'decide')).toBeNull();
    expect((find(element, 'plan') as unknown as { label: string }).label).toBe('Plan a pilot');
    await expect(element).toBeAccessible();
  });

  it('tells the panel when a pilot was made, and not when the dialog was left', async () => {
    const element = show('c-pilot-steps', PilotSteps, { dealId: '006', pilot: aPilot() });
    const heard = jest.fn();
    element.addEventListener('saved', heard);
    wizard.mockResolvedValueOnce(false);
    find(element, 'plan')!.click();
    await settle();
    expect(heard).not.toHaveBeenCalled();
    wizard.mockResolvedValueOnce(true);
    find(element, 'plan')!.click();
    await settle();
    expect(heard).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });
});
