import PilotField from 'c/pilotField';
import type { FormField } from 'c/pilotForm';
import { show } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

const OPTIONS = [{ label: 'Good', value: 'good' }];
type Control = Shown & { label: string; type?: string; value: unknown; setCustomValidity: jest.Mock };

function ask(changes: Partial<FormField>): { field: Control; control: Control; heard: jest.Mock } {
  const question = { name: 'Field__c', label: 'Question', kind: 'text', value: null, ...changes };
  const field = show('c-pilot-field', PilotField, { field: question }) as Control;
  const heard = jest.fn();
  field.addEventListener('change', (event) => heard((event as CustomEvent).detail));
  return { field, control: field.shadowRoot.querySelector<Control>('[data-control]')!, heard };
}

afterEach(() => document.body.replaceChildren());

describe('c-pilot-field', () => {
  it.each([
    ['text', 'lightning-input', 'text'],
    ['number', 'lightning-input', 'number'],
    ['date', 'lightning-input', 'date'],
    ['datetime', 'lightning-input', 'datetime'],
    ['check', 'lightning-input', 'checkbox'],
    ['lines', 'lightning-textarea', undefined],
    ['choice', 'lightning-combobox', undefined],
    ['taps', 'lightning-radio-group', 'button'],
  ] as const)('asks for %s by one %s', async (kind, tag, type) => {
    const { field, control } = ask({ kind, options: OPTIONS });
    expect(control.tagName.toLowerCase()).toBe(tag);
    expect(control.label).toBe('Question');
    if (type !== undefined) expect(control.type).toBe(type);
    expect(field.shadowRoot.querySelectorAll('[data-control]')).toHaveLength(1);
    await expect(field).toBeAccessible();
  });

  it('tells once what was entered, and a checkbox as true or false', () => {
    const text = ask({ value: 'old' });
    text.control.dispatchEvent(
      new CustomEvent('change', { detail: { value: 'new' }, bubbles: true, composed: true }),
    );
    expect(text.heard.mock.calls).toEqual([[{ value: 'new' }]]);
    const check = ask({ kind: 'check' });
    check.control.dispatchEvent(new CustomEvent('change', { detail: { checked: false } }));
    expect(check.heard.mock.calls).toEqual([[{ value: false }]]);
  });

  it('passes a message and the cursor on to its control', () => {
    const { field, control } = ask({});
    control.setCustomValidity = jest.fn();
    control.focus = jest.fn();
    field.setCustomValidity('Fill this in.');
    field.focus();
    expect(control.setCustomValidity).toHaveBeenCalledWith('Fill this in.');
    expect(control.focus).toHaveBeenCalled();
  });
});
