import { LightningElement, api } from 'lwc';
import { act, checkInForm, closedForm, snoozeForm } from 'c/pilotActions';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { Details, Pilot } from 'c/pilotRecord';
import { headerView } from './headerView';
import type { HeaderView } from './headerView';

/** The first lines of the panel: health, since when, why, what next, and the numbers that matter. */
export default class PilotHeader extends LightningElement {
  @api pilot: Pilot | undefined;
  /** Undefined while they are read: the forms fill in what they hold. */
  @api details: Details | undefined;

  readonly labels = LABELS;

  get view(): HeaderView | undefined {
    return this.pilot && headerView(this.pilot, readerAt(new Date()));
  }

  get canAct(): boolean {
    return this.pilot?.isLive === true && this.pilot.mayChange;
  }

  get isWaiting(): boolean {
    return this.details === undefined;
  }

  logCheckIn(): void {
    if (this.pilot && this.details)
      void act(this, checkInForm(this.pilot, this.details, readerAt(new Date())));
  }

  customerClosed(): void {
    if (this.pilot && this.details)
      void act(this, closedForm(this.pilot, this.details, readerAt(new Date())));
  }

  snooze(): void {
    if (this.pilot) void act(this, snoozeForm(this.pilot, readerAt(new Date())));
  }
}
