import { LightningElement, api } from 'lwc';
import type { PilotError } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import { errorWords } from 'c/pilotReader';

/** What could not be read and what to do about it. Fires `retry`. */
export default class PilotErrorPanel extends LightningElement {
  @api error: PilotError | undefined;
  /** What could not be read, where nothing better is known. */
  @api otherwise = '';

  readonly labels = LABELS;

  get text(): string {
    return this.error ? errorWords(this.error.kind, this.otherwise) : '';
  }

  /** The platform's own words; of what one may not see they name objects and fields that help nobody. */
  get detail(): string {
    return this.canRetry ? (this.error?.messages.join(' ') ?? '') : '';
  }

  /** A hidden field that the query filters by: it cannot be left out like one that is only read. */
  get isRefused(): boolean {
    return this.error?.kind === 'refused';
  }

  get canRetry(): boolean {
    return this.error !== undefined && this.error.kind !== 'no-access';
  }

  retry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
