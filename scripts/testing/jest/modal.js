// sfdx-lwc-jest has no stub of lightning/modal.
import { LightningElement, api } from 'lwc';

export default class LightningModal extends LightningElement {
  static open = jest.fn().mockResolvedValue(undefined);
  @api size;
  @api label;
  @api description;
  @api disableClose;

  close(result) {
    this.dispatchEvent(new CustomEvent('close', { detail: result }));
  }
}
