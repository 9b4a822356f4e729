import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { Pilot } from 'c/pilotRecord';
import { timelineView } from './timelineView';
import type { TimelineView } from './timelineView';

/** The days that matter, gone and ahead, and how much of the time is used up. */
export default class PilotTimeline extends LightningElement {
  @api pilot: Pilot | undefined;

  readonly labels = LABELS;

  get view(): TimelineView | undefined {
    const view = this.pilot && timelineView(this.pilot, readerAt(new Date()));
    return view && view.milestones.length > 0 ? view : undefined;
  }

  get barStyle(): string {
    return `width: ${this.view?.percent ?? 0}%`;
  }

  get hasBar(): boolean {
    return (this.view?.percent ?? null) !== null;
  }
}
