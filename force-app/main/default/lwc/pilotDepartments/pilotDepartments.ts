import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { Network } from 'c/pilotSpread';
import { departmentsView } from './departmentsView';
import type { DepartmentsView } from './departmentsView';

/** How many people of each department were active, week by week. */
export default class PilotDepartments extends LightningElement {
  @api network: Network | undefined;

  readonly labels = LABELS;
  chosen = Infinity;

  get view(): DepartmentsView | null {
    return this.network ? departmentsView(this.network, readerAt(new Date())) : null;
  }

  get index(): number {
    return Math.min(this.chosen, (this.view?.axis.count ?? 1) - 1);
  }

  choose({ detail }: CustomEvent<number>): void {
    this.chosen = detail;
  }
}
