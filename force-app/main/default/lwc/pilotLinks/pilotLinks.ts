import { LightningElement, api } from 'lwc';
import userId from '@salesforce/user/Id';
import { announce, linkWorkspace } from 'c/pilotActions';
import { LABELS } from 'c/pilotLabels';
import { candidatesOf, readerAt, sayTo } from 'c/pilotReader';
import type { Candidate } from 'c/pilotReader';
import type { Pilot } from 'c/pilotRecord';
import type { Saved } from 'c/pilotSave';

/** Workspaces that look like this pilot's: one tap links one. */
export default class PilotLinks extends LightningElement {
  @api pilot: Pilot | undefined;

  readonly labels = LABELS;
  failure: Saved = null;
  linked: readonly string[] = [];

  get candidates(): readonly Candidate[] {
    const all = this.pilot ? candidatesOf(this.pilot.signals, sayTo(readerAt(new Date()))) : [];
    return all.filter(({ key }) => !this.linked.includes(key));
  }

  get hasCandidates(): boolean {
    return this.candidates.length > 0;
  }

  /** Until the next run the pilot still says that it is not linked. */
  get done(): string {
    const say = sayTo(readerAt(new Date()));
    return this.linked.length === 0 ? '' : say('Pilot_Link_done', { key: this.linked.join(', ') });
  }

  async link(event: Event): Promise<void> {
    const chosen = this.candidates.find(({ key }) => key === (event.target as HTMLElement).dataset['key']);
    if (!this.pilot || !chosen) return;
    this.failure = await linkWorkspace(this.pilot, chosen, userId);
    if (this.failure) return;
    this.linked = [...this.linked, chosen.key];
    announce(this);
  }
}
