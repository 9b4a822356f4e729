import { LightningElement, api } from 'lwc';
import type { ChartTable } from 'c/pilotChartFrame';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo } from 'c/pilotReader';
import type { Network } from 'c/pilotSpread';
import { treeMove } from './treeKeys';
import { openAtFirst, personTable, treeView } from './treeView';
import type { Names, TreeView } from './treeView';

export { nameOf } from './treeView';
export type { Names } from './treeView';

const NOBODY: Names = new Map();

/** Who brought in whom: a tree that opens and closes, and the same as a table. */
export default class PilotInvitations extends LightningElement {
  /** Names of people by hash, where a Contact is known. */
  @api names: Names = NOBODY;

  readonly labels = LABELS;
  focused = 0;
  open: ReadonlySet<number> = new Set();
  isFocusDue = false;
  shown: Network | undefined;

  @api get network(): Network | undefined {
    return this.shown;
  }
  set network(network: Network | undefined) {
    this.shown = network;
    this.open = openAtFirst(network?.tree.nodes ?? []);
    this.focused = 0;
  }

  override renderedCallback(): void {
    if (!this.isFocusDue) return;
    this.isFocusDue = false;
    this.template?.querySelector<SVGElement>(`[data-place="${this.focused}"]`)?.focus();
  }

  get hasTree(): boolean {
    return (this.shown?.tree.nodes.length ?? 0) > 0;
  }

  get view(): TreeView | undefined {
    const { shown, open, focused, names } = this;
    return shown && treeView(shown, { open, focused, names }, readerAt(new Date()));
  }

  get table(): (() => ChartTable) | undefined {
    const { shown, names } = this;
    return shown && (() => personTable(shown, names, readerAt(new Date())));
  }

  get more(): string {
    const count = this.shown?.tree.more ?? 0;
    return count > 0 ? sayTo(readerAt(new Date()))('Pilot_Network_tree_more', { count }) : '';
  }

  press(event: KeyboardEvent): void {
    const isChord = event.ctrlKey || event.altKey || event.metaKey;
    const move = isChord ? null : treeMove(event.key, this.focused, this.view?.rows ?? []);
    if (move === null) return;
    event.preventDefault();
    this.moveTo(move.focused);
    if (move.toggled !== null) this.turn(move.toggled);
  }

  tap(event: Event): void {
    const place = Number((event.currentTarget as SVGElement).dataset['place']);
    this.moveTo(place);
    this.turn(place);
  }

  private moveTo(place: number): void {
    this.focused = place;
    this.isFocusDue = true;
  }

  private turn(place: number): void {
    const open = new Set(this.open);
    if (!open.delete(place)) open.add(place);
    this.open = open;
  }
}
