import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { reduceErrors } from 'c/pilotErrors';
import type { PilotError } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import { readEndedPilots } from './learningData';
import { ENDED_PILOTS, MOST_PILOTS } from './learningQuery';
import { learningView } from './learningView';
import type { LearningView } from './learningView';

const NO_ACCESS: PilotError = { kind: 'no-access', messages: [], byField: {} };

/** Which pilots converted in this org, by what they have in common: counts, rates and how sure these are. */
export default class PilotLearning extends LightningElement {
  readonly labels = LABELS;
  readonly query = ENDED_PILOTS;
  // Rows beyond the page are counted up to this bound: without it Salesforce stops at 4,000.
  readonly variables = { first: MOST_PILOTS, upperBound: 20_000 };
  /** Null when no pilot has ended, undefined until the org has answered. */
  view: LearningView | null | undefined;
  error: PilotError | undefined;
  refresh: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    if (errors) {
      this.error = reduceErrors(errors);
      return;
    }
    if (!data) return;
    const ended = readEndedPilots(data);
    this.error = ended === null ? NO_ACCESS : undefined;
    this.view = ended === null ? undefined : learningView(ended, readerAt(new Date()));
  }

  get isLoading(): boolean {
    return this.view === undefined && !this.error;
  }

  get isEmpty(): boolean {
    return this.view === null && !this.error;
  }

  get shown(): LearningView | null {
    return this.error ? null : (this.view ?? null);
  }

  readAgain(): void {
    this.error = undefined;
    void this.refresh?.();
  }
}
