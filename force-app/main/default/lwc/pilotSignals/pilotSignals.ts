import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { StoredSignals } from 'c/pilotRecord';
import { signalsView } from './signalsView';
import type { SignalsView } from './signalsView';

/** Every reason with its numbers, since when, the next step and whose it is; paperwork apart. */
export default class PilotSignals extends LightningElement {
  /** Null when the sync has stored none that can be read. */
  @api signals: StoredSignals | null = null;

  readonly labels = LABELS;

  get view(): SignalsView | null {
    return this.signals && signalsView(this.signals, readerAt(new Date()));
  }

  get hasReasons(): boolean {
    return (this.view?.reasons.length ?? 0) > 0;
  }

  get hasTidy(): boolean {
    return (this.view?.toTidy.length ?? 0) > 0;
  }

  get isEmpty(): boolean {
    return !this.hasReasons && !this.hasTidy;
  }
}
