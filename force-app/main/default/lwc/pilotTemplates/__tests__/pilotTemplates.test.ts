import { executeMutation } from 'lightning/graphql';
import PilotTemplates from 'c/pilotTemplates';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import { STARTER_TEMPLATES } from '../starterTemplates';

jest.mock('lightning/graphql', () => ({
  ...jest.requireActual<object>('lightning/graphql'),
  executeMutation: jest.fn(),
}));
const mutate = executeMutation as unknown as jest.Mock;
const NAMES = STARTER_TEMPLATES.map(({ template }) => template.Name);

holdClock();
beforeEach(() => mutate.mockReset());

describe('c-pilot-templates', () => {
  it('offers nothing where all six are there, or where the viewer may not create them', async () => {
    const complete = show('c-pilot-templates', PilotTemplates, { names: NAMES, canLoad: true });
    expect(texts(complete, 'summary')[0]).toContain('All 6 are there.');
    expect(find(complete, 'load')).toBeNull();
    const reader = show('c-pilot-templates', PilotTemplates, { names: [], canLoad: false });
    expect(find(reader, 'load')).toBeNull();
    await expect(reader).toBeAccessible();
  });

  it('loads only what is missing, one mutation a template', async () => {
    mutate.mockResolvedValue({ data: {} });
    const element = show('c-pilot-templates', PilotTemplates, { names: NAMES.slice(2), canLoad: true });
    const saved = jest.fn();
    element.addEventListener('saved', saved);
    find(element, 'load')!.click();
    for (let turn = 0; turn < 6; turn += 1) await settle();
    expect(mutate.mock.calls.map(([{ variables }]) => variables.template.PilotTemplate__c.Name)).toEqual(
      NAMES.slice(0, 2),
    );
    expect(texts(element, 'done')[0]).toBe('2 loaded with all their items.');
    expect(saved).toHaveBeenCalledTimes(1);
    await expect(element).toBeAccessible();
  });

  it('stops at the first refusal, says why, and reports what was loaded before it', async () => {
    mutate.mockResolvedValueOnce({ data: {} }).mockResolvedValueOnce({
      errors: [{ message: 'A rule of ours', extensions: { ErrorType: 'DataFetchingException' } }],
    });
    const element = show('c-pilot-templates', PilotTemplates, { names: [], canLoad: true });
    find(element, 'load')!.click();
    for (let turn = 0; turn < 6; turn += 1) await settle();
    expect(mutate).toHaveBeenCalledTimes(2);
    expect(texts(element, 'failure')[0]).toContain('A rule of ours');
    expect(texts(element, 'done')[0]).toBe('1 loaded with all their items.');
    await expect(element).toBeAccessible();
  });
});
