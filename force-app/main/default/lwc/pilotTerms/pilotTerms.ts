import { LightningElement, api } from 'lwc';
import { act, invokeForm } from 'c/pilotActions';
import { LABELS } from 'c/pilotLabels';
import { emptyWords, readerAt, sayTo } from 'c/pilotReader';
import type { Details, Pilot } from 'c/pilotRecord';
import { termView, totalsOf } from './termsView';
import type { TermView } from './termsView';

/** What is agreed for the time after the pilot, until when the price holds, and the tap that invokes it. */
export default class PilotTerms extends LightningElement {
  @api pilot: Pilot | undefined;
  /** Undefined while they are read. */
  @api details: Details | undefined;

  readonly labels = LABELS;

  get rows(): TermView[] {
    const { pilot, details } = this;
    if (!pilot) return [];
    return (details?.terms ?? []).map((term) => termView(term, pilot, readerAt(new Date())));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get totals(): string {
    return this.pilot && this.hasRows ? totalsOf(this.pilot, sayTo(readerAt(new Date()))) : '';
  }

  get isWaiting(): boolean {
    return this.details === undefined;
  }

  get emptyText(): string {
    const words = { hidden: LABELS.Pilot_Terms_hidden, empty: LABELS.Pilot_Terms_empty };
    return emptyWords(this.details?.terms, this.pilot, words);
  }

  invoke(event: Event): void {
    const id = (event.target as HTMLElement).dataset['term'];
    const term = this.details?.terms?.find((one) => one.id === id);
    if (term) void act(this, invokeForm(term, readerAt(new Date())));
  }
}
