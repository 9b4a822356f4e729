import { LightningElement, api } from 'lwc';
import type { ChartAxis, ChartTable } from 'c/pilotChartFrame';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { Details, Pilot } from 'c/pilotRecord';
import { chartView } from './chartView';
import type { ChartView } from './chartView';

/** Use a day by day. */
export default class PilotUsage extends LightningElement {
  @api pilot: Pilot | undefined;
  /** Undefined while they are read. */
  @api details: Details | undefined;

  readonly labels = LABELS;
  chosen = Infinity;
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
    if (this.details?.isSeriesHidden) return LABELS.Pilot_Usage_hidden;
    return this.pilot?.ending ? LABELS.Pilot_Usage_nothing : LABELS.Pilot_Usage_empty;
  }

  get axis(): ChartAxis | undefined {
    return this.view?.axis;
  }

  get table(): (() => ChartTable) | undefined {
    return this.view?.table;
  }

  get index(): number {
    return Math.min(this.chosen, (this.view?.axis.count ?? 1) - 1);
  }

  get cursorX(): number {
    return this.index + 0.5;
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

  choose({ detail }: CustomEvent<number>): void {
    this.chosen = detail;
  }
}
