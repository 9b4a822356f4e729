import PilotSteps from 'c/pilotSteps';
import { openWizard } from 'c/pilotWizard';
import { keepUndo } from '../../pilotDecision/decisionData';
import { aPilot, find, settle, show } from '../../pilotRecord/__tests__/showComponent';

jest.mock('c/pilotWizard', () => ({ openWizard: jest.fn() }));
const wizard = openWizard as unknown as jest.Mock;

afterEach(() => {
  document.body.replaceChildren();
  window.sessionStorage.clear();
});

describe('c-pilot-steps', () => {
  it('offers to plan the first pilot of a deal, and nothing else', async () => {
    const element = show('c-pilot-steps', PilotSteps, { dealId: '006' });
    expect(find(element, 'decide')).toBeNull();
    expect((find(element, 'plan') as unknown as { label: string }).label).toBe('Plan a pilot');
    await expect(element).toBeAccessible();
  });

  it('offers no decision of a closed pilot, but what was decided in this tab can be taken back', () => {
    const pilot = aPilot({ Status__c: 'Closed', Outcome__c: 'Converted' });
    const closed = show('c-pilot-steps', PilotSteps, { dealId: '006', pilot });
    expect(find(closed, 'decide')).toBeNull();
    expect(find(closed, 'agree')).not.toBeNull();
    keepUndo(window.sessionStorage, pilot.id, { changes: [], stamps: {} });
    const undoable = show('c-pilot-steps', PilotSteps, { dealId: '006', pilot });
    const button = find(undoable, 'decide') as unknown as { label: string };
    expect(button.label).toBe('Undo the decision…');
  });

  it('keeps the decision of a pilot whose deal closed before it', () => {
    const pilot = aPilot({ Is_Live__c: false, Opportunity__r: { IsClosed: true, IsWon: true } });
    const element = show('c-pilot-steps', PilotSteps, { dealId: '006', pilot });
    const button = find(element, 'decide') as unknown as { label: string };
    expect(button.label).toBe('Readout and decision…');
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
