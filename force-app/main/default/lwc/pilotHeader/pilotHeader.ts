import { LightningElement, api } from 'lwc';
import currency from '@salesforce/i18n/currency';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { LABELS } from 'c/pilotLabels';
import type { Pilot } from 'c/pilotRecord';
import { headerView } from './headerView';
import type { HeaderView } from './headerView';

/** The first lines of the panel: health, since when, why, what next, and the numbers that matter. */
export default class PilotHeader extends LightningElement {
  @api pilot: Pilot | undefined;

  get view(): HeaderView | undefined {
    return this.pilot && headerView(this.pilot, { words: LABELS, locale, timeZone, currency, now: new Date() });
  }
}
