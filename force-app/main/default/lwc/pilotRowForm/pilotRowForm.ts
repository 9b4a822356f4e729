import { LightningElement, api } from 'lwc';
import { announce } from 'c/pilotActions';
import { blankFields, draftOf, filledIn, pointAt, say, typedIn } from 'c/pilotForm';
import type { Control, Draft, FormField, FormSpec } from 'c/pilotForm';
import { LABELS } from 'c/pilotLabels';
import type { SaveFailure } from 'c/pilotSave';

/**
 * A form of text, number and date fields in the row that it changes: Enter saves, Escape leaves. Fires `close` when it
 * is done, and `saved` when something was written; what was typed stays through every failure.
 */
export default class PilotRowForm extends LightningElement {
  @api spec: FormSpec | undefined;

  readonly labels = LABELS;
  typed: Draft = {};
  failure: SaveFailure | null = null;
  isSaving = false;
  private hasCursor = false;

  override renderedCallback(): void {
    if (this.hasCursor) return;
    this.hasCursor = true;
    this.controls[0]?.focus();
  }

  get controls(): Control[] {
    return [...(this.template?.querySelectorAll<Control>('[data-field]') ?? [])];
  }

  get draft(): Draft {
    return { ...draftOf(this.spec?.fields ?? []), ...this.typed };
  }

  get fields(): FormField[] {
    return filledIn(this.spec?.fields ?? [], this.draft);
  }

  get submitLabel(): string {
    return this.isSaving ? LABELS.Pilot_Form_Saving : (this.spec?.submit ?? '');
  }

  change(event: Event): void {
    this.typed = { ...this.typed, ...typedIn(event) };
    say(event.target as Control, '');
  }

  press(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.leave();
    // Enter on a button presses that button.
    if (event.key === 'Enter' && (event.target as HTMLElement).dataset['field'] !== undefined)
      void this.submit();
  }

  async submit(): Promise<void> {
    const { spec, draft } = this;
    if (!spec || this.isSaving) return;
    this.isSaving = true;
    const failure = blankFields(spec.fields, draft) ?? (await spec.save(draft));
    this.isSaving = false;
    this.failure = failure && pointAt(this.controls, failure);
    if (failure !== null) return;
    announce(this);
    this.leave();
  }

  leave(): void {
    if (!this.isSaving) this.dispatchEvent(new CustomEvent('close'));
  }
}
