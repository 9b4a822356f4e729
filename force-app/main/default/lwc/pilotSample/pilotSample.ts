import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo, todayOf } from 'c/pilotReader';
import { createAll, deleteAll, failureOf, saveAll } from 'c/pilotSave';
import type { Saved } from 'c/pilotSave';
import { sampleOperations } from './sampleDeal';
import { SAMPLE_MARK } from './sampleMark';
import { SAMPLE_ROWS } from './sampleQuery';
import { readSample } from './sampleRows';
import type { SampleRows } from './sampleRows';

/** Salesforce names no limit for one mutation; this stays at the size of the wizard's. */
const AT_ONCE = 25;

/** Sample data in and out. */
export default class PilotSample extends LightningElement {
  /** The viewer may create pilots. */
  @api canAdd = false;

  readonly labels = LABELS;
  readonly query = SAMPLE_ROWS;
  readonly variables = { mark: SAMPLE_MARK };
  rows: SampleRows | null | undefined;
  refresh: (() => Promise<void>) | undefined;
  failure: Saved = null;
  isBusy = false;
  isAsked = false;

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    if (errors) this.failure = failureOf(errors);
    if (data) this.rows = readSample(data);
  }

  get isThere(): boolean {
    return (this.rows?.ids.at(-1)?.[1].length ?? 0) > 0;
  }

  get summary(): string {
    const say = sayTo(readerAt(new Date()));
    if (!this.rows) return this.failure ? '' : say('Pilot_Sample_loading');
    const { deals, foreign } = this.rows;
    if (!this.isThere) return say('Pilot_Sample_about');
    if (foreign.length > 0) return say('Pilot_Sample_foreign', { names: foreign.join(', ') });
    return say('Pilot_Sample_there', { count: deals.length, names: deals.slice(0, 5).join(', ') });
  }

  get offersAdding(): boolean {
    return this.canAdd && this.rows !== undefined && this.rows !== null && !this.isThere;
  }

  get offersRemoval(): boolean {
    return this.isThere && this.rows?.foreign.length === 0 && !this.isAsked;
  }

  async add(): Promise<void> {
    const operations = sampleOperations(todayOf(readerAt(new Date())));
    await this.write(() => saveAll(createAll('AddSample', operations)));
  }

  ask(): void {
    this.isAsked = true;
  }

  keep(): void {
    this.isAsked = false;
  }

  /** Deals take their pilots and everything on them along. */
  async remove(): Promise<void> {
    this.isAsked = false;
    await this.write(async () => {
      for (const [object, ids] of this.rows?.ids ?? [])
        for (let at = 0; at < ids.length; at += AT_ONCE) {
          const failure = await saveAll(deleteAll('RemoveSample', object, ids.slice(at, at + AT_ONCE)));
          if (failure !== null) return failure;
        }
      return null;
    });
  }

  private async write(save: () => Promise<Saved>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.failure = await save();
    // Also after a failure: what was removed before it is gone.
    await this.refresh?.();
    this.isBusy = false;
  }
}
