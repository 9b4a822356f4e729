import { LightningElement, api } from 'lwc';

export interface Toggle {
  readonly id: string;
  readonly text: string;
  /** `true` or `false`, as aria-pressed wants it. */
  readonly pressed: string;
}

/** A named group of buttons of which some are pressed. Fires `choose` with the id of one. */
export default class PilotToggles extends LightningElement {
  /** What the group chooses, for those who do not see it. */
  @api label = '';
  @api toggles: readonly Toggle[] = [];

  choose(event: Event): void {
    const id = (event.currentTarget as HTMLElement).dataset['id'];
    this.dispatchEvent(new CustomEvent('choose', { detail: { id } }));
  }
}
