import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';

/** A text for the customer, to be read and copied. */
export default class PilotReply extends LightningElement {
  @api heading = '';
  @api text = '';

  readonly labels = LABELS;
  status = '';

  async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.status = LABELS.Pilot_No_copied;
    } catch {
      // A browser may forbid it, or the page may not be a secure one.
      this.status = LABELS.Pilot_No_not_copied;
    }
  }
}
