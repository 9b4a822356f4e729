import PilotRowForm from 'c/pilotRowForm';
import type { FormSpec } from 'c/pilotForm';
import type { SaveFailure } from 'c/pilotSave';
import { find, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

type Control = Shown & { name: string; value: unknown; setCustomValidity: jest.Mock };

const SPEC: FormSpec = {
  heading: 'Reply time',
  lines: [],
  fields: [
    { name: 'Baseline__c', label: 'Baseline', kind: 'number', value: 4 },
    { name: 'Target__c', label: 'Target', kind: 'number', value: 1, isRequired: true },
  ],
  submit: 'Save',
  save: () => Promise.resolve(null),
};

function open(save: FormSpec['save'] = SPEC.save): { form: Shown; heard: jest.Mock } {
  const form = show('c-pilot-row-form', PilotRowForm, { spec: { ...SPEC, save } });
  const heard = jest.fn();
  for (const type of ['close', 'saved']) form.addEventListener(type, () => heard(type));
  return { form, heard };
}
const control = (form: Shown, name: string): Control =>
  [...form.shadowRoot.querySelectorAll<Control>('[data-field]')].find((one) => one.name === name)!;
function type(form: Shown, name: string, value: string): void {
  control(form, name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
}
async function press(form: Shown, key: string): Promise<void> {
  control(form, 'Target__c').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  await settle();
}

beforeEach(() => {
  for (const method of ['setCustomValidity', 'reportValidity', 'focus'])
    (HTMLElement.prototype as unknown as Record<string, unknown>)[method] ??= jest.fn();
});
afterEach(() => document.body.replaceChildren());

describe('c-pilot-row-form', () => {
  it('shows the values and saves what was typed with Enter', async () => {
    const save = jest.fn().mockResolvedValue(null);
    const { form, heard } = open(save);
    expect(control(form, 'Baseline__c').value).toBe(4);
    await expect(form).toBeAccessible();
    type(form, 'Target__c', '0.8');
    await press(form, 'Enter');
    expect(save).toHaveBeenCalledWith({ Baseline__c: 4, Target__c: '0.8' });
    expect(heard.mock.calls).toEqual([['saved'], ['close']]);
  });

  it('leaves with Escape and writes nothing', async () => {
    const save = jest.fn();
    const { form, heard } = open(save);
    await press(form, 'Escape');
    expect(save).not.toHaveBeenCalled();
    expect(heard.mock.calls).toEqual([['close']]);
  });

  it('keeps what was typed when the org refuses it, and says why', async () => {
    const refused: SaveFailure = {
      kind: 'refused',
      text: 'Not saved.',
      detail: '',
      byField: { Other__c: 'Too high.' },
    };
    const { form, heard } = open(() => Promise.resolve(refused));
    type(form, 'Target__c', '99');
    find(form, 'submit')!.click();
    await settle();
    expect(texts(form, 'failure')).toEqual(['Not saved. Too high.']);
    expect(control(form, 'Target__c').value).toBe('99');
    expect(heard).not.toHaveBeenCalled();
    await expect(form).toBeAccessible();
  });

  it('asks for what is missing before it asks the org', async () => {
    const save = jest.fn();
    const { form } = open(save);
    type(form, 'Target__c', '');
    await press(form, 'Enter');
    expect(save).not.toHaveBeenCalled();
    expect(texts(form, 'failure')[0]).toContain('Something is still missing.');
  });
});
