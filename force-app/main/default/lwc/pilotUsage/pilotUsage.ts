import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { Details, Pilot } from 'c/pilotRecord';
import { chartView } from './chartView';
import type { ChartView, DayView } from './chartView';

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -7,
  PageUp: 7,
  Home: -Infinity,
  End: Infinity,
};

/** Use a day as a chart, read with the pointer or the arrow keys, and the same as a table. */
export default class PilotUsage extends LightningElement {
  @api pilot: Pilot | undefined;
  /** Undefined while they are read. */
  @api details: Details | undefined;

  readonly labels = LABELS;
  chosen: number | undefined;
  isTable = false;
  // Working out hundreds of days once per answer, not once per pointer move.
  private drawn: { readonly details: Details; readonly pilot: Pilot; readonly view: ChartView } | undefined;

  get view(): ChartView | undefined {
    const { pilot, details } = this;
    if (!pilot || !details?.series) return undefined;
    if (this.drawn?.details !== details || this.drawn.pilot !== pilot) {
      this.drawn = { details, pilot, view: chartView(details.series, pilot, readerAt(new Date())) };
    }
    return this.drawn.view;
  }

  get isWaiting(): boolean {
    return this.details === undefined;
  }

  get emptyText(): string {
    if (this.pilot?.hasNoTelemetry) return LABELS.Pilot_Usage_by_agreement;
    return this.details?.isSeriesHidden ? LABELS.Pilot_Usage_hidden : LABELS.Pilot_Usage_empty;
  }

  get last(): number {
    return (this.view?.dayCount ?? 1) - 1;
  }

  get index(): number {
    return Math.min(this.chosen ?? this.last, this.last);
  }

  get day(): DayView | undefined {
    return this.view?.dayAt(this.index);
  }

  get cursorX(): number {
    return this.index + 0.5;
  }

  get toggleLabel(): string {
    return this.isTable ? LABELS.Pilot_Usage_as_chart : LABELS.Pilot_Usage_as_table;
  }

  /** Newest first: what happened lately is what one looks for. */
  get rows(): readonly DayView[] {
    const { view, last } = this;
    return view ? Array.from({ length: view.dayCount }, (_, index) => view.dayAt(last - index)) : [];
  }

  get hasLicensed(): boolean {
    return (this.view?.licensedY ?? null) !== null;
  }

  get hasTarget(): boolean {
    return (this.view?.targetY ?? null) !== null;
  }

  get hasBaseline(): boolean {
    return (this.view?.baselineWidth ?? null) !== null;
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
