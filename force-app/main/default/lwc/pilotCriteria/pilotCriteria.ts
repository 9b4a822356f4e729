import { LightningElement, api } from 'lwc';
import mayAmend from '@salesforce/customPermission/Pilot_Amend_Signed_Criteria';
import userId from '@salesforce/user/Id';
import { act, amendForm, editCriterionForm, enterValueForm, signForm } from 'c/pilotActions';
import type { FormSpec } from 'c/pilotForm';
import { LABELS } from 'c/pilotLabels';
import { emptyWords, readerAt, sayTo } from 'c/pilotReader';
import type { Reader } from 'c/pilotReader';
import type { Criterion, Details, Pilot } from 'c/pilotRecord';
import { amendmentsOf, criterionView, signatureText } from './criteriaView';
import type { CriterionView } from './criteriaView';

interface Row extends CriterionView {
  /** Open in this row; null in all others. */
  readonly form: FormSpec | null;
  readonly canEdit: boolean;
  readonly canEnter: boolean;
  readonly canAmend: boolean;
  readonly amendments: readonly { readonly key: number; readonly line: string }[];
}

/** Success criteria, must-haves first: where it began, where it is, where it has to be; signed ones are locked. */
export default class PilotCriteria extends LightningElement {
  @api pilot: Pilot | undefined;
  /** Undefined while they are read. */
  @api details: Details | undefined;

  readonly labels = LABELS;
  editing: { readonly id: string; readonly form: FormSpec } | undefined;
  private returnTo: string | undefined;

  /** The cursor goes back to the button that opened the row's form. */
  override renderedCallback(): void {
    const id = this.returnTo;
    this.returnTo = undefined;
    const buttons = [...(this.template?.querySelectorAll<HTMLElement>('[data-id="edit"]') ?? [])];
    buttons.find(({ dataset }) => id !== undefined && dataset['criterion'] === id)?.focus();
  }

  get reader(): Reader {
    return readerAt(new Date());
  }

  get criteria(): readonly Criterion[] {
    return this.pilot?.criteria ?? [];
  }

  get isSigned(): boolean {
    return (this.pilot?.criteriaSignedOn ?? null) !== null;
  }

  get mayChange(): boolean {
    return this.pilot?.mayChange === true;
  }

  get rows(): Row[] {
    const say = sayTo(this.reader);
    const { isSigned, mayChange } = this;
    const isLive = this.pilot?.isLive === true;
    return this.criteria.map((criterion) => ({
      ...criterionView(criterion, say),
      form: this.editing?.id === criterion.id && !isSigned ? this.editing.form : null,
      canEdit: mayChange && !isSigned && this.editing?.id !== criterion.id,
      canEnter: mayChange && isSigned && isLive && !criterion.isMeasured,
      canAmend: mayChange && isSigned && mayAmend === true && this.details !== undefined,
      amendments: amendmentsOf(criterion, this.details?.amendments ?? [], say),
    }));
  }

  get hasRows(): boolean {
    return this.criteria.length > 0;
  }

  get emptyText(): string {
    const words = { hidden: LABELS.Pilot_Criteria_Hidden, empty: LABELS.Pilot_Criteria_Empty };
    return emptyWords(this.pilot?.criteria, this.pilot, words);
  }

  get signature(): string {
    return this.pilot && this.hasRows
      ? signatureText(this.pilot, this.details?.amendments ?? [], sayTo(this.reader))
      : '';
  }

  /** Why nothing can be changed, for those who may not amend. */
  get lockText(): string {
    if (!this.isSigned || !this.hasRows || !this.mayChange) return '';
    return mayAmend === true ? LABELS.Pilot_Criteria_locked_amend : LABELS.Pilot_Criteria_locked;
  }

  get canSign(): boolean {
    return this.mayChange && !this.isSigned && this.hasRows && this.details !== undefined;
  }

  edit(event: Event): void {
    const criterion = this.chosen(event);
    if (criterion) this.editing = { id: criterion.id, form: editCriterionForm(criterion, this.reader) };
  }

  endEdit(): void {
    this.returnTo = this.editing?.id;
    this.editing = undefined;
  }

  enter(event: Event): void {
    this.with(event, (criterion) => enterValueForm(criterion, this.reader));
  }

  amend(event: Event): void {
    const { pilot, details } = this;
    if (pilot && details) this.with(event, (criterion) => amendForm(criterion, pilot, details, this.reader));
  }

  sign(): void {
    if (this.pilot && this.details) void act(this, signForm(this.pilot, this.details, userId, this.reader));
  }

  private with(event: Event, form: (criterion: Criterion) => FormSpec): void {
    const chosen = this.chosen(event);
    if (chosen) void act(this, form(chosen));
  }

  private chosen(event: Event): Criterion | undefined {
    return this.criteria.find(({ id }) => id === (event.target as HTMLElement).dataset['criterion']);
  }
}
