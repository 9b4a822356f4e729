import { LightningElement, api } from 'lwc';
import { act, checkInForm } from 'c/pilotActions';
import { LABELS } from 'c/pilotLabels';
import { emptyWords, readerAt } from 'c/pilotReader';
import type { CheckIn, Details, Pilot } from 'c/pilotRecord';
import { checkInView } from './checkInsView';
import type { CheckInView } from './checkInsView';

const SHOWN_AT_FIRST = 3;

/** The weekly meetings, newest first. */
export default class PilotCheckIns extends LightningElement {
  @api pilot: Pilot | undefined;
  /** Undefined while they are read. */
  @api details: Details | undefined;

  readonly labels = LABELS;
  showsAll = false;

  get checkIns(): readonly CheckIn[] {
    return this.details?.checkIns ?? [];
  }

  get rows(): CheckInView[] {
    const shown = this.showsAll ? this.checkIns : this.checkIns.slice(0, SHOWN_AT_FIRST);
    return shown.map((checkIn) => checkInView(checkIn, readerAt(new Date())));
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get hasMore(): boolean {
    return !this.showsAll && this.checkIns.length > SHOWN_AT_FIRST;
  }

  get isWaiting(): boolean {
    return this.details === undefined;
  }

  get canLog(): boolean {
    const { pilot, details } = this;
    return pilot?.isLive === true && pilot.mayChange && Array.isArray(details?.checkIns);
  }

  get emptyText(): string {
    const words = { hidden: LABELS.Pilot_Check_in_hidden, empty: LABELS.Pilot_Check_in_empty };
    return emptyWords(this.details?.checkIns, this.pilot, words);
  }

  log(): void {
    if (this.pilot && this.details)
      void act(this, checkInForm(this.pilot, this.details, readerAt(new Date())));
  }

  showAll(): void {
    this.showsAll = true;
  }
}
