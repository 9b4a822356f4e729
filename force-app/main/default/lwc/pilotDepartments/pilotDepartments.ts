import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { Network } from 'c/pilotSpread';
import { departmentsView } from './departmentsView';
import type { DepartmentsView } from './departmentsView';

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -4,
  PageUp: 4,
  Home: -Infinity,
  End: Infinity,
};

/** How many people of each department were active, week by week; read with the pointer or the arrow keys, or as a table. */
export default class PilotDepartments extends LightningElement {
  @api network: Network | undefined;

  readonly labels = LABELS;
  chosen: number | undefined;
  isTable = false;

  get view(): DepartmentsView | null {
    return this.network ? departmentsView(this.network, readerAt(new Date())) : null;
  }

  get last(): number {
    return (this.view?.weekCount ?? 1) - 1;
  }

  get index(): number {
    return Math.min(this.chosen ?? this.last, this.last);
  }

  get week(): string {
    return this.view?.weekAt(this.index) ?? '';
  }

  get toggleLabel(): string {
    return this.isTable ? LABELS.Pilot_Network_as_chart : LABELS.Pilot_Network_as_table;
  }

  point(event: PointerEvent): void {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    if (width > 0) this.choose(Math.floor(((event.clientX - left) / width) * (this.last + 1)));
  }

  press(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.choose(this.index + step);
  }

  toggle(): void {
    this.isTable = !this.isTable;
  }

  private choose(index: number): void {
    this.chosen = Math.min(this.last, Math.max(0, index));
  }
}
