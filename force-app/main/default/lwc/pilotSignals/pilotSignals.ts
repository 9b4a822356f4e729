import { LightningElement, api } from 'lwc';
import { act, sponsorForm } from 'c/pilotActions';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { Details, Pilot } from 'c/pilotRecord';
import { historyView, signalsView } from './signalsView';
import type { ChangeView, SignalsView } from './signalsView';

/** Every reason with its numbers, since when, the next step, whose it is and what would clear it; paperwork apart. */
export default class PilotSignals extends LightningElement {
  @api pilot: Pilot | undefined;
  /** Undefined while they are read. */
  @api details: Details | undefined;

  readonly labels = LABELS;
  isOpen = false;

  /** Reasons of data too old to believe are not told, nor those of a pilot that is over. */
  get view(): SignalsView | null {
    const { pilot } = this;
    if (!pilot?.signals || pilot.health !== pilot.healthStored) return null;
    if (pilot.ending || pilot.closedDeal) return null;
    return signalsView(pilot.signals, readerAt(new Date()));
  }

  get hasReasons(): boolean {
    return (this.view?.reasons.length ?? 0) > 0;
  }

  get hasTidy(): boolean {
    return (this.view?.toTidy.length ?? 0) > 0;
  }

  get isEmpty(): boolean {
    return this.view !== null && !this.hasReasons && !this.hasTidy;
  }

  get isStalled(): boolean {
    return this.pilot?.health === 'Stalled';
  }

  get history(): ChangeView[] {
    return historyView(this.details?.healthLog ?? [], readerAt(new Date()));
  }

  get hasHistory(): boolean {
    return this.history.length > 0;
  }

  get isHistoryOpen(): string {
    return String(this.isOpen);
  }

  get shownHistory(): ChangeView[] | null {
    return this.isOpen && this.hasHistory ? this.history : null;
  }

  get isHistoryDamaged(): boolean {
    return this.details?.healthLog === null;
  }

  get canReplaceSponsor(): boolean {
    const { pilot } = this;
    return pilot?.isLive === true && pilot.mayChange && pilot.sponsor !== null;
  }

  get isWaiting(): boolean {
    return this.details === undefined;
  }

  toggleHistory(): void {
    this.isOpen = !this.isOpen;
  }

  sponsorLeft(): void {
    if (this.pilot && this.details)
      void act(this, sponsorForm(this.pilot, this.details, readerAt(new Date())));
  }
}
