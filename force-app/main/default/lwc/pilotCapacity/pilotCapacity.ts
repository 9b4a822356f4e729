import { LightningElement, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { reduceErrors } from 'c/pilotErrors';
import type { PilotError } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import { readCapacity } from './capacityData';
import type { Capacity } from './capacityData';
import { CAPACITY } from './capacityQuery';
import { capacityView } from './capacityView';
import type { CapacityView } from './capacityView';

/** Live pilots and hours per person against the policy, and who can take the next one. */
export default class PilotCapacity extends LightningElement {
  readonly labels = LABELS;
  readonly query = CAPACITY;
  capacity: Capacity | undefined;
  error: PilotError | undefined;
  refresh: (() => Promise<void>) | undefined;

  @wire(graphql, { query: '$query' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    if (errors) this.error = reduceErrors(errors);
    else if (data) {
      const capacity = readCapacity(data);
      this.error = capacity === null ? { kind: 'no-access', messages: [], byField: {} } : undefined;
      this.capacity = capacity ?? undefined;
    }
    if (this.error?.kind === 'no-access') this.capacity = undefined;
  }

  get isLoading(): boolean {
    return !this.capacity && !this.error;
  }

  get view(): CapacityView | undefined {
    return this.capacity && capacityView(this.capacity, readerAt(new Date()));
  }

  get hasPeople(): boolean {
    return (this.capacity?.people.length ?? 0) > 0;
  }

  readAgain(): void {
    this.error = undefined;
    void this.refresh?.();
  }
}
