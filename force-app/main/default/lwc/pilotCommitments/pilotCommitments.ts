import { LightningElement, api } from 'lwc';
import { act, announce, commitmentForm, keepCommitment } from 'c/pilotActions';
import { LABELS } from 'c/pilotLabels';
import { emptyWords, readerAt } from 'c/pilotReader';
import type { Details, Pilot } from 'c/pilotRecord';
import type { Saved } from 'c/pilotSave';
import { commitmentsView } from './commitmentsView';
import type { CommitmentView } from './commitmentsView';

interface Row extends CommitmentView {
  readonly canKeep: boolean;
}

/** What both sides promised, overdue first; one tap says that it was kept. */
export default class PilotCommitments extends LightningElement {
  @api pilot: Pilot | undefined;
  /** Undefined while they are read. */
  @api details: Details | undefined;

  readonly labels = LABELS;
  failure: Saved = null;

  get mayChange(): boolean {
    return this.pilot?.mayChange === true;
  }

  get rows(): Row[] {
    const customer = this.pilot?.accountName ?? null;
    const views = commitmentsView(this.details?.commitments ?? [], customer, readerAt(new Date()));
    return views.map((view) => ({ ...view, canKeep: !view.isDone && this.mayChange }));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get isWaiting(): boolean {
    return this.details === undefined;
  }

  get canAdd(): boolean {
    return this.pilot?.isLive === true && this.mayChange && Array.isArray(this.details?.commitments);
  }

  get emptyText(): string {
    const words = { hidden: LABELS.Pilot_Promise_hidden, empty: LABELS.Pilot_Promise_empty };
    return emptyWords(this.details?.commitments, this.pilot, words);
  }

  add(): void {
    if (this.pilot) void act(this, commitmentForm(this.pilot, readerAt(new Date())));
  }

  async keep(event: Event): Promise<void> {
    const id = (event.target as HTMLElement).dataset['commitment'];
    const commitment = this.details?.commitments?.find((one) => one.id === id);
    if (!commitment) return;
    this.failure = await keepCommitment(commitment, readerAt(new Date()));
    if (!this.failure) announce(this);
  }
}
