// What stands above the rows: columns one can sort by, views, and what went wrong.
import { LABELS } from 'c/pilotLabels';
import type { Say } from 'c/pilotReader';
import type { Toggle } from '../pilotToggles/pilotToggles';
import type { PortfolioState, PortfolioTab, SortKey } from './portfolioState';

export interface ColumnHead {
  readonly id: SortKey;
  readonly text: string;
  /** As aria-sort wants it. */
  readonly order: 'ascending' | 'descending' | 'none';
  /** Empty unless the rows are sorted by it. */
  readonly icon: string;
  readonly action: string;
}

const COLUMNS: readonly SortKey[] = ['pilot', 'health', 'days', 'value'];

export function columnHeads({ sort, isDescending }: PortfolioState, say: Say): ColumnHead[] {
  return COLUMNS.map((id) => {
    const text = say(`Pilot_Portfolio_col_${id}`);
    const isSorted = id === sort;
    return {
      id,
      text,
      order: !isSorted ? 'none' : isDescending ? 'descending' : 'ascending',
      icon: !isSorted ? '' : isDescending ? 'utility:arrowdown' : 'utility:arrowup',
      action: say('Pilot_Portfolio_sort_by', { column: text }),
    };
  });
}

const TABS: Readonly<Record<PortfolioTab, string>> = {
  list: LABELS.Pilot_Portfolio_view_list,
  calendar: LABELS.Pilot_Portfolio_view_calendar,
  capacity: LABELS.Pilot_Portfolio_view_capacity,
};

export function tabButtons(tab: PortfolioTab): Toggle[] {
  return Object.entries(TABS).map(([id, text]) => ({ id, text, pressed: String(id === tab) }));
}
