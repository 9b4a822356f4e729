import { api } from 'lwc';
import LightningModal from 'lightning/modal';
import { LABELS } from 'c/pilotLabels';
import type { SaveFailure } from 'c/pilotSave';
import { draftOf, missing } from './formSpec';
import type { Draft, FormField, FormSpec } from './formSpec';

export { isChecked, numberOf, textOf } from './formSpec';
export type { Draft, FormField, FormOption, FormSpec } from './formSpec';

interface FieldView extends FormField {
  readonly isLines: boolean;
  readonly isTaps: boolean;
  readonly isChoice: boolean;
  readonly isCheck: boolean;
  readonly isInput: boolean;
  /** `type` of lightning-input. */
  readonly type: string;
}

interface Control extends HTMLElement {
  name: string;
  setCustomValidity(message: string): void;
  reportValidity(): boolean;
  focus(): void;
}

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

  get fields(): FieldView[] {
    const { draft } = this;
    return (this.spec?.fields ?? []).map((field) => {
      const [isLines, isTaps, isChoice, isCheck] = ['lines', 'taps', 'choice', 'check'].map(
        (kind) => kind === field.kind,
      ) as [boolean, boolean, boolean, boolean];
      const isInput = !isLines && !isTaps && !isChoice && !isCheck;
      const value = draft[field.name] ?? null;
      return { ...field, value, isLines, isTaps, isChoice, isCheck, isInput, type: field.kind };
    });
  }

  get outlook(): string {
    return this.spec?.outlook?.(this.draft) ?? '';
  }

  get submitLabel(): string {
    return this.isSaving ? LABELS.Pilot_Form_Saving : (this.spec?.submit ?? '');
  }

  change(event: Event): void {
    const control = event.target as Control;
    const { value, checked } = (event as CustomEvent<{ value?: string; checked?: boolean }>).detail;
    this.typed = { ...this.typed, [control.name]: checked ?? value ?? null };
    this.say(control, '');
  }

  async submit(): Promise<void> {
    const { spec, draft } = this;
    if (!spec || this.isSaving) return;
    const blank = missing(spec.fields, draft);
    const failure = blank.length > 0 ? this.toFill(blank) : await this.send(spec, draft);
    this.failure = failure;
    if (failure === null) this.close(true);
    else this.point(failure);
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

  private toFill(names: readonly string[]): SaveFailure {
    const byField = Object.fromEntries(names.map((name) => [name, LABELS.Pilot_Form_Fill]));
    return { kind: 'refused', text: LABELS.Pilot_Form_Missing, detail: '', byField };
  }

  /** Puts each message at its field and the cursor into the first; what belongs to no field of the form is told above. */
  private point({ detail, byField, ...failure }: SaveFailure): void {
    const controls = [...(this.template?.querySelectorAll<Control>('[data-field]') ?? [])];
    const named = new Map(controls.map((control) => [control.name, control]));
    const elsewhere = Object.entries(byField).flatMap(([name, text]) => (named.has(name) ? [] : [text]));
    this.failure = { ...failure, byField, detail: [detail, ...elsewhere].filter(Boolean).join(' ') };
    const wrong = controls.filter(({ name }) => byField[name] !== undefined);
    for (const control of wrong) this.say(control, byField[control.name] ?? '');
    wrong[0]?.focus();
  }

  private say(control: Control, message: string): void {
    control.setCustomValidity(message);
    control.reportValidity();
  }
}
