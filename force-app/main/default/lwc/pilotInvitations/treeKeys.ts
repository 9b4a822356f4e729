// What a key does in a tree, as the ARIA pattern has it: https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
import type { TreeRow } from './treeView';

export interface TreeMove {
  /** Place to be focused. */
  readonly focused: number;
  /** Place to open or close; null where nothing opens or closes. */
  readonly toggled: number | null;
}

/** Null for a key that is not the tree's. `rows` are those that are shown. */
export function treeMove(key: string, focused: number, rows: readonly TreeRow[]): TreeMove | null {
  const index = rows.findIndex(({ place }) => place === focused);
  const row = rows[index];
  if (!row) return null;
  const to = (target: TreeRow | undefined): TreeMove => ({ focused: (target ?? row).place, toggled: null });
  const toggle = (isToggled: boolean): TreeMove => ({ focused, toggled: isToggled ? focused : null });
  switch (key) {
    case 'ArrowDown':
      return to(rows[index + 1]);
    case 'ArrowUp':
      return to(rows[index - 1]);
    case 'Home':
      return to(rows[0]);
    case 'End':
      return to(rows.at(-1));
    case 'ArrowRight':
      return row.expanded === 'true' ? to(rows[index + 1]) : toggle(row.expanded === 'false');
    case 'ArrowLeft':
      return row.expanded === 'true' ? toggle(true) : to(parentOf(index, rows));
    case 'Enter':
    case ' ':
      return toggle(row.expanded !== null);
    default:
      return null;
  }
}

function parentOf(index: number, rows: readonly TreeRow[]): TreeRow | undefined {
  const { level } = rows[index]!;
  return rows.slice(0, index).findLast((row) => row.level < level);
}
