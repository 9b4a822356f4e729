import { LightningElement, api } from 'lwc';
import type { Control, FormField } from 'c/pilotForm';
import { LABELS } from 'c/pilotLabels';

type Kind = FormField['kind'];
type Typed = CustomEvent<{ value?: string; checked?: boolean }>;

/** One question of a form, whatever its kind. Fires `change` with the `value` entered: a checkbox's is true or false. */
export default class PilotField extends LightningElement {
  @api field: FormField | undefined;

  readonly labels = LABELS;

  @api
  get name(): string {
    return this.field?.name ?? '';
  }

  @api
  get value(): FormField['value'] {
    return this.field?.value ?? null;
  }

  /** A message shown at the next `reportValidity`; an empty one takes the last away. */
  @api
  setCustomValidity(message: string): void {
    this.control?.setCustomValidity(message);
  }

  @api
  reportValidity(): boolean {
    return this.control?.reportValidity() ?? true;
  }

  @api
  focus(): void {
    this.control?.focus();
  }

  get isLines(): boolean {
    return this.is('lines');
  }

  get isTaps(): boolean {
    return this.is('taps');
  }

  get isChoice(): boolean {
    return this.is('choice');
  }

  get isCheck(): boolean {
    return this.is('check');
  }

  get step(): string {
    return this.field?.step ?? 'any';
  }

  change(event: Event): void {
    // The base component's own event would reach the form as well.
    event.stopPropagation();
    const { value, checked } = (event as Typed).detail;
    this.dispatchEvent(new CustomEvent('change', { detail: { value: checked ?? value ?? null } }));
  }

  private get control(): Control | null {
    return this.template?.querySelector<Control>('[data-control]') ?? null;
  }

  private is(kind: Kind): boolean {
    return this.field?.kind === kind;
  }
}
