import PilotForm from 'c/pilotForm';
import type { FormSpec } from 'c/pilotForm';
import type { SaveFailure } from 'c/pilotSave';
import { find, holdClock, settle, show, texts } from '../../pilotRecord/__tests__/showComponent';
import type { Shown } from '../../pilotRecord/__tests__/showComponent';

type Control = Shown & { name: string; value: unknown; setCustomValidity: jest.Mock };

const SPEC: FormSpec = {
  heading: 'Snooze this pilot',
  lines: ['Nobody is alerted.', ''],
  fields: [
    { name: 'Snooze_Reason__c', label: 'Reason', kind: 'text', value: null, isRequired: true },
    { name: 'Snoozed_Until__c', label: 'Until', kind: 'date', value: '2026-11-24' },
    { name: 'notes', label: 'Notes', kind: 'lines', value: null },
    { name: 'mood', label: 'Mood', kind: 'taps', value: null, options: [{ label: 'Good', value: 'good' }] },
    { name: 'who', label: 'Who', kind: 'choice', value: null, options: [{ label: 'Ann', value: 'ann' }] },
    { name: 'sure', label: 'Sure', kind: 'check', value: false },
  ],
  submit: 'Save',
  save: () => Promise.resolve(null),
};
const failed: SaveFailure = { kind: 'refused', text: 'Not saved.', detail: 'Say why.', byField: {} };

function open(changes: Partial<FormSpec> = {}): { form: Shown; closed: jest.Mock } {
  const form = show('c-pilot-form', PilotForm, { spec: { ...SPEC, ...changes } });
  const closed = jest.fn();
  form.addEventListener('close', (event) => closed((event as CustomEvent).detail));
  return { form, closed };
}
const control = (form: Shown, name: string): Control =>
  [...form.shadowRoot.querySelectorAll<Control>('[data-field]')].find((one) => one.name === name)!;
function type(form: Shown, name: string, detail: object): void {
  control(form, name).dispatchEvent(new CustomEvent('change', { detail }));
}
async function submit(form: Shown): Promise<void> {
  find(form, 'submit')!.click();
  await settle();
}

holdClock();

describe('c-pilot-form', () => {
  it('shows what is known and asks for the rest', async () => {
    const { form } = open();
    expect(texts(form, 'line')).toEqual(['Nobody is alerted.']);
    expect(control(form, 'Snoozed_Until__c').value).toBe('2026-11-24');
    await expect(form).toBeAccessible();
  });

  it('sends nothing while something required is blank, and says so at the field', async () => {
    const save = jest.fn().mockResolvedValue(null);
    const { form, closed } = open({ save });
    const say = jest.spyOn(control(form, 'Snooze_Reason__c'), 'setCustomValidity');
    await submit(form);
    expect(save).not.toHaveBeenCalled();
    expect(closed).not.toHaveBeenCalled();
    expect(say).toHaveBeenCalledWith('Fill this in.');
    expect(texts(form, 'failure')[0]).toContain('Something is still missing.');
    await expect(form).toBeAccessible();
  });

  it('saves the draft and closes', async () => {
    const save = jest.fn().mockResolvedValue(null);
    const { form, closed } = open({ save });
    type(form, 'Snooze_Reason__c', { value: 'Fair' });
    type(form, 'sure', { value: true });
    type(form, 'who', { value: 'ann' });
    await submit(form);
    expect(save).toHaveBeenCalledWith({
      Snooze_Reason__c: 'Fair',
      Snoozed_Until__c: '2026-11-24',
      notes: null,
      mood: null,
      who: 'ann',
      sure: true,
    });
    expect(closed).toHaveBeenCalledWith(true);
  });

  it('keeps the draft after a failure and says in words what happened', async () => {
    const save = jest.fn().mockResolvedValueOnce(failed).mockResolvedValueOnce(null);
    const { form, closed } = open({ save });
    type(form, 'Snooze_Reason__c', { value: 'Fair' });
    await submit(form);
    expect(texts(form, 'failure')).toEqual(['Not saved.Say why.']);
    expect(control(form, 'Snooze_Reason__c').value).toBe('Fair');
    expect(closed).not.toHaveBeenCalled();
    await expect(form).toBeAccessible();
    await submit(form);
    expect(closed).toHaveBeenCalledWith(true);
  });

  it('puts a message at its field, and above what belongs to no field of the form', async () => {
    const byField = { Snoozed_Until__c: 'Too late.', Status__c: 'Wrong status.' };
    const { form } = open({ save: () => Promise.resolve({ ...failed, byField }) });
    type(form, 'Snooze_Reason__c', { value: 'Fair' });
    await settle();
    const say = jest.spyOn(control(form, 'Snoozed_Until__c'), 'setCustomValidity');
    await submit(form);
    expect(say).toHaveBeenCalledWith('Too late.');
    expect(texts(form, 'detail')).toEqual(['Say why. Wrong status.']);
    type(form, 'Snoozed_Until__c', { value: '2026-11-25' });
    expect(say).toHaveBeenLastCalledWith('');
  });

  it('sends once however often it is pressed, and cannot be left meanwhile', async () => {
    let done = (_saved: null): void => undefined;
    const save = jest.fn(() => new Promise<null>((resolve) => (done = resolve)));
    const { form } = open({ save });
    type(form, 'Snooze_Reason__c', { value: 'Fair' });
    await submit(form);
    await submit(form);
    expect(save).toHaveBeenCalledTimes(1);
    expect((find(form, 'submit') as unknown as { label: string; disabled: boolean }).disabled).toBe(true);
    done(null);
  });

  it('says what saving will do while it is typed', async () => {
    const { form } = open({ outlook: ({ notes }) => `Notes: ${notes ?? 'none'}` });
    expect(texts(form, 'outlook')).toEqual(['Notes: none']);
    type(form, 'notes', { value: 'three' });
    await settle();
    expect(texts(form, 'outlook')).toEqual(['Notes: three']);
  });
});
