import { LightningElement, api } from 'lwc';
import { readerAt } from 'c/pilotReader';
import type { Pilot } from 'c/pilotRecord';
import { headerView } from './headerView';
import type { HeaderView } from './headerView';

/** The first lines of the panel: health, since when, why, what next, and the numbers that matter. */
export default class PilotHeader extends LightningElement {
  @api pilot: Pilot | undefined;

  get view(): HeaderView | undefined {
    return this.pilot && headerView(this.pilot, readerAt(new Date()));
  }
}
