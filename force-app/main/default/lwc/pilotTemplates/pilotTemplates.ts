import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo } from 'c/pilotReader';
import { createAll, saveAll } from 'c/pilotSave';
import type { Saved } from 'c/pilotSave';
import { STARTER_TEMPLATES } from './starterTemplates';
import type { StarterTemplate } from './starterTemplates';
import { templateOperations } from './templateOperations';

/** Which starter templates the org lacks, and the button that loads them. */
export default class PilotTemplates extends LightningElement {
  /** Names of the templates there are. */
  @api names: readonly string[] = [];
  /** The viewer may create templates. */
  @api canLoad = false;

  readonly labels = LABELS;
  isBusy = false;
  failure: Saved = null;
  loaded = 0;

  get missing(): readonly StarterTemplate[] {
    return STARTER_TEMPLATES.filter(({ template }) => !this.names.includes(template.Name));
  }

  get summary(): string {
    const say = sayTo(readerAt(new Date()));
    const all = STARTER_TEMPLATES.length;
    if (this.missing.length === 0) return say('Pilot_Templates_complete', { all });
    return say('Pilot_Templates_missing', {
      missing: this.missing.map(({ template }) => template.Name).join(', '),
    });
  }

  get done(): string {
    return this.loaded === 0
      ? ''
      : sayTo(readerAt(new Date()))('Pilot_Templates_done', { count: this.loaded });
  }

  get offersLoading(): boolean {
    return this.canLoad && this.missing.length > 0;
  }

  /** One mutation a template, so that it is there with all its items or not at all. */
  async load(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.failure = null;
    this.loaded = 0;
    for (const starter of this.missing) {
      this.failure = await saveAll(createAll('LoadTemplate', templateOperations(starter)));
      if (this.failure !== null) break;
      this.loaded += 1;
    }
    this.isBusy = false;
    if (this.loaded > 0) this.dispatchEvent(new CustomEvent('saved', { bubbles: true, composed: true }));
  }
}
