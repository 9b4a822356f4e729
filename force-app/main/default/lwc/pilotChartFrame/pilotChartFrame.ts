import { LightningElement, api } from 'lwc';

/** What a chart is read along with the pointer or the arrow keys, from left to right. */
export interface ChartAxis {
  /** Days or weeks. */
  readonly count: number;
  /** How many of them Page Up and Page Down pass. */
  readonly page: number;
  readonly first: string;
  readonly last: string;
  /** What one of them says. */
  readonly lineAt: (index: number) => string;
}

/** The first cell of a row names it. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Cell {
  readonly key: number;
  readonly text: string;
}

interface TableView {
  readonly head: readonly Cell[];
  readonly rows: readonly { readonly key: number; readonly name: string; readonly cells: readonly Cell[] }[];
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };
const PAGES: Readonly<Record<string, number>> = { PageDown: -1, PageUp: 1, Home: -Infinity, End: Infinity };

/**
 * Heading, chart and its twin, a table. Slot `plot` is read along the axis and fires `choose` with an index; `scale`
 * stands at its left, all else below. Without an axis there is only what stands below.
 */
export default class PilotChartFrame extends LightningElement {
  @api heading = '';
  @api chartLabel = '';
  @api tableLabel = '';
  @api axis: ChartAxis | undefined;
  @api index = 0;
  /** Made when it is looked at; undefined where there is nothing to show yet. */
  @api table: (() => ChartTable) | undefined;

  isTable = false;

  get line(): string {
    return this.axis?.lineAt(this.index) ?? '';
  }

  get last(): number {
    return (this.axis?.count ?? 1) - 1;
  }

  get toggleLabel(): string {
    return this.isTable ? this.chartLabel : this.tableLabel;
  }

  get twin(): TableView | undefined {
    const table = this.isTable ? this.table?.() : undefined;
    return (
      table && {
        head: keyed(table.head),
        rows: table.rows.map(([name = '', ...cells], key) => ({ key, name, cells: keyed(cells) })),
      }
    );
  }

  point(event: PointerEvent): void {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    if (width > 0) this.choose(Math.floor(((event.clientX - left) / width) * (this.last + 1)));
  }

  press(event: KeyboardEvent): void {
    const step = STEPS[event.key] ?? (PAGES[event.key] ?? 0) * (this.axis?.page ?? 0);
    if (step === 0) return;
    event.preventDefault();
    this.choose(this.index + step);
  }

  toggle(): void {
    this.isTable = !this.isTable;
  }

  private choose(index: number): void {
    const detail = Math.min(this.last, Math.max(0, index));
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }
}

function keyed(texts: readonly string[]): Cell[] {
  return texts.map((text, key) => ({ key, text }));
}
