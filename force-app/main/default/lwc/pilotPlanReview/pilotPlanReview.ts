import { LightningElement, api } from 'lwc';
import type { Control, FormField } from 'c/pilotForm';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo } from 'c/pilotReader';
import { planGroups } from './planRows';
import type { PlanGroup, PlannedRecord } from './planRows';

/** A field that the org requires; one of kind `elsewhere` cannot be entered in a form. */
export interface ExtraField extends Omit<FormField, 'kind'> {
  readonly kind: FormField['kind'] | 'elsewhere';
}

type ExtraView = ExtraField & { readonly isElsewhere: boolean; readonly hint: string };
type Entered = CustomEvent<{ value: FormField['value'] }>;

/** What only the rep knows, and everything that follows from it. Fires `ask`, `extra` and `edit`. */
export default class PilotPlanReview extends LightningElement {
  @api asked: readonly FormField[] = [];
  @api workspaceHint = '';
  @api sponsorHint = '';
  @api extraFields: readonly ExtraField[] = [];
  @api records: readonly PlannedRecord[] = [];
  /** Why the org refused a record, by its alias. */
  @api messages: Readonly<Record<string, string>> = {};
  /** What the org's past says of a target, by the alias of its criterion. */
  @api hints: Readonly<Record<string, string>> = {};
  @api warning = '';
  /** What the reader should know of the derived dates. */
  @api note = '';

  readonly labels = LABELS;
  isChanging = false;
  private told: Readonly<Record<string, string>> = {};

  /** A refused record may stand far below what the reader sees. */
  override renderedCallback(): void {
    if (this.messages === this.told) return;
    this.told = this.messages;
    this.template?.querySelector<HTMLElement>('[data-id="message"]')?.focus();
  }

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
    return planGroups(this.records, this.messages, sayTo(readerAt(new Date())), this.hints);
  }

  get isOpen(): boolean {
    return this.isChanging || Object.keys(this.messages).length > 0;
  }

  get extras(): ExtraView[] {
    const say = sayTo(readerAt(new Date()));
    return this.extraFields.map((field) => ({
      ...field,
      isElsewhere: field.kind === 'elsewhere',
      hint: say('Pilot_Wizard_elsewhere', { field: field.label }),
    }));
  }

  ask(event: Entered): void {
    this.tell('ask', event, event.detail.value);
  }

  extra(event: Entered): void {
    this.tell('extra', event, event.detail.value);
  }

  edit(event: Entered): void {
    const { dataset, field } = event.target as HTMLElement & { readonly field: FormField };
    const typed = event.detail.value;
    const value = typed === '' ? null : field.kind === 'number' ? Number(typed) : typed;
    const { alias, field: name } = dataset;
    this.dispatchEvent(new CustomEvent('edit', { detail: { alias, field: name, value } }));
  }

  toggle(): void {
    this.isChanging = !this.isChanging;
  }

  private tell(type: 'ask' | 'extra', event: Event, value: FormField['value']): void {
    const control = event.target as Control;
    control.setCustomValidity('');
    control.reportValidity();
    this.dispatchEvent(new CustomEvent(type, { detail: { name: control.dataset['entry'], value } }));
  }
}
