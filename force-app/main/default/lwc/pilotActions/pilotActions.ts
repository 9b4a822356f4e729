// What a reader can do to a pilot: each action is a form as data, opened here, and the page learns that it was saved.
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { openForm } from 'c/pilotForm';
import type { FormSpec } from 'c/pilotForm';
import { LABELS } from 'c/pilotLabels';

export { checkInForm } from './checkInForm';
export { closedForm } from './closedForm';
export { commitmentForm, keepCommitment } from './commitmentForms';
export { amendForm, editCriterionForm, enterValueForm, signForm } from './criteriaForms';
export { linkWorkspace } from './linkWorkspace';
export { snoozeForm } from './snoozeForm';
export { sponsorForm } from './sponsorForm';
export { invokeForm } from './termForm';

/** Opens a form; once it is saved, `element` says so to the page around it. */
export async function act(element: EventTarget, spec: FormSpec): Promise<void> {
  if (await openForm(spec)) announce(element);
}

/** Tells the page that something was saved: the panel hears `saved` and reads again. */
export function announce(element: EventTarget): void {
  element.dispatchEvent(new CustomEvent('saved', { bubbles: true, composed: true }));
  element.dispatchEvent(new ShowToastEvent({ title: LABELS.Pilot_Save_Done, variant: 'success' }));
}
