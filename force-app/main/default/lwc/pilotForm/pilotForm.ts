import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { LABELS } from 'c/pilotLabels';
import type { SaveFailure } from 'c/pilotSave';
import { blankFields, pointAt, say, typedIn } from './controls';
import type { Control } from './controls';
import { draftOf, filledIn } from './formSpec';
import type { Draft, FormField, FormSpec } from './formSpec';

export { blankFields, pointAt, say, typedIn } from './controls';
export type { Control } from './controls';
export { draftOf, filledIn, isChecked, numberOf, textOf } from './formSpec';
export type { Draft, FormField, FormOption, FormSpec } from './formSpec';

/** Opens a form; true when it was saved, false when it was left. */
export async function openForm(spec: FormSpec): Promise<boolean> {
  return (await PilotForm.open({ size: 'small', label: spec.heading, spec })) === true;
}

/** A small form in a dialog. What was typed stays through every failure until it is saved or left. */
export default class PilotForm extends LightningModal {
  @api spec: FormSpec | undefined;

  readonly labels = LABELS;
  typed: Draft = {};
  failure: SaveFailure | null = null;
  isSaving = false;

  get draft(): Draft {
    return { ...draftOf(this.spec?.fields ?? []), ...this.typed };
  }

  get lines(): { key: number; text: string }[] {
    return (this.spec?.lines ?? []).filter(Boolean).map((text, key) => ({ key, text }));
  }

  get fields(): FormField[] {
    return filledIn(this.spec?.fields ?? [], this.draft);
  }

  get outlook(): string {
    return this.spec?.outlook?.(this.draft) ?? '';
  }

  get submitLabel(): string {
    return this.isSaving ? LABELS.Pilot_Form_Saving : (this.spec?.submit ?? '');
  }

  change(event: Event): void {
    this.typed = { ...this.typed, ...typedIn(event) };
    say(event.target as Control, '');
  }

  async submit(): Promise<void> {
    const { spec, draft } = this;
    if (!spec || this.isSaving) return;
    const failure = blankFields(spec.fields, draft) ?? (await this.send(spec, draft));
    this.failure =
      failure && pointAt([...(this.template?.querySelectorAll<Control>('[data-field]') ?? [])], failure);
    if (failure === null) this.close(true);
  }

  leave(): void {
    this.close(false);
  }

  private async send(spec: FormSpec, draft: Draft): Promise<SaveFailure | null> {
    this.isSaving = true;
    this.disableClose = true;
    try {
      return await spec.save(draft);
    } finally {
      this.isSaving = false;
      this.disableClose = false;
    }
  }
}
