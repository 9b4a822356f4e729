import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo } from 'c/pilotReader';
import { planGroups } from './planRows';
import type { PlanGroup, PlannedRecord } from './planRows';

export interface ReviewOption {
  readonly label: string;
  readonly value: string;
}

export interface ReviewAnswers {
  readonly workspace: string | null;
  readonly sponsorId: string | null;
  readonly users: number | null;
  readonly yearlyPrice: number | null;
  readonly startDate: string;
}

export interface ExtraField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly kind: string;
  readonly maxLength: number | undefined;
  readonly options: readonly ReviewOption[];
  readonly value: string | number | boolean | null;
}

interface Control extends HTMLElement {
  setCustomValidity(message: string): void;
  reportValidity(): boolean;
}

/** Two picks and two numbers, and everything that follows from them. Fires `ask`, `extra` and `edit`. */
export default class PilotPlanReview extends LightningElement {
  @api answers: ReviewAnswers | undefined;
  @api workspaceOptions: readonly ReviewOption[] = [];
  @api sponsorOptions: readonly ReviewOption[] = [];
  @api extraFields: readonly ExtraField[] = [];
  @api records: readonly PlannedRecord[] = [];
  /** Why the org refused a record, by its alias. */
  @api messages: Readonly<Record<string, string>> = {};
  @api warning = '';

  readonly labels = LABELS;
  isChanging = false;

  /** Shows `text` at the fields that are still blank and puts the cursor into the first of them. */
  @api
  point(names: readonly string[], text: string): void {
    const controls = [...(this.template?.querySelectorAll<Control>('[data-entry]') ?? [])];
    const blank = controls.filter(({ dataset }) => names.includes(dataset['entry'] ?? ''));
    for (const control of blank) {
      control.setCustomValidity(text);
      control.reportValidity();
    }
    blank[0]?.focus();
  }

  get groups(): PlanGroup[] {
    return planGroups(this.records, this.messages, sayTo(readerAt(new Date())));
  }

  get isOpen(): boolean {
    return this.isChanging || Object.keys(this.messages).length > 0;
  }

  get extras(): (ExtraField & {
    isChoice: boolean;
    isLines: boolean;
    isCheck: boolean;
    isElsewhere: boolean;
    hint: string;
  })[] {
    const say = sayTo(readerAt(new Date()));
    return this.extraFields.map((field) => ({
      ...field,
      isChoice: field.kind === 'choice',
      isLines: field.kind === 'lines',
      isCheck: field.kind === 'check',
      isElsewhere: field.kind === 'elsewhere',
      hint: field.kind === 'elsewhere' ? say('Pilot_Wizard_elsewhere', { field: field.label }) : '',
    }));
  }

  ask(event: CustomEvent<{ value: string }>): void {
    this.tell('ask', event, { value: event.detail.value });
  }

  extra(event: CustomEvent<{ value?: string; checked?: boolean }>): void {
    this.tell('extra', event, { value: event.detail.checked ?? event.detail.value ?? null });
  }

  edit(event: CustomEvent<{ value: string }>): void {
    const { alias, field, type } = (event.target as HTMLElement).dataset;
    const typed = event.detail.value;
    const value = typed === '' ? null : type === 'number' ? Number(typed) : typed;
    this.dispatchEvent(new CustomEvent('edit', { detail: { alias, field, value } }));
  }

  toggle(): void {
    this.isChanging = !this.isChanging;
  }

  private tell(name: string, event: Event, detail: Record<string, unknown>): void {
    const control = event.target as Control;
    control.setCustomValidity('');
    control.reportValidity();
    this.dispatchEvent(new CustomEvent(name, { detail: { ...detail, name: control.dataset['entry'] } }));
  }
}
