// What the page shows, as its address says it: a link to a portfolio opens the same portfolio.
import type { Health } from 'c/pilotRecord';

export type SortKey = 'health' | 'pilot' | 'days' | 'value';
export type PortfolioTab = 'list' | 'calendar' | 'capacity';

export interface PortfolioState {
  readonly isMine: boolean;
  /** Null shows all. */
  readonly health: Health | null;
  /** Only pilots whose dates contradict. */
  readonly hasContradiction: boolean;
  /** Id of a success manager or sales engineer; null shows all. */
  readonly person: string | null;
  readonly sort: SortKey;
  readonly isDescending: boolean;
  /** Zero-based. */
  readonly page: number;
  readonly tab: PortfolioTab;
  /** `YYYY-MM` of the calendar; null is this month. */
  readonly month: string | null;
}

export type AddressState = Readonly<Record<string, string | undefined>>;

export const HEALTHS: readonly Health[] = ['Stalled', 'At risk', 'Watch', 'Unknown', 'On track'];
const SORTS: readonly SortKey[] = ['health', 'pilot', 'days', 'value'];
const TABS: readonly PortfolioTab[] = ['list', 'calendar', 'capacity'];
const FIRST_SORT = 'health';

/** Reads the address; what it does not say, or says wrongly, is the default: a rep's own pilots, all for a manager. */
export function readAddress(address: AddressState, isManager: boolean): PortfolioState {
  const sort = address['c__sort'] ?? '';
  const page = Number(address['c__page'] ?? '1');
  const person = address['c__person'] ?? '';
  const month = address['c__month'] ?? '';
  return {
    isMine: address['c__scope'] === undefined ? !isManager : address['c__scope'] === 'mine',
    health: oneOf(HEALTHS, address['c__health']) ?? null,
    hasContradiction: address['c__dates'] === '1',
    person: /^005\w{12,15}$/.test(person) ? person : null,
    sort: oneOf(SORTS, sort.replace(/^-/, '')) ?? FIRST_SORT,
    isDescending: sort.startsWith('-'),
    page: Number.isInteger(page) && page > 0 ? page - 1 : 0,
    tab: oneOf(TABS, address['c__view']) ?? 'list',
    month: /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : null,
  };
}

/** The address of a state; defaults are left out, `undefined` removes a key. */
export function writeAddress(state: PortfolioState, isManager: boolean): AddressState {
  const sort = `${state.isDescending ? '-' : ''}${state.sort}`;
  return {
    c__scope: state.isMine === !isManager ? undefined : state.isMine ? 'mine' : 'all',
    c__health: state.health ?? undefined,
    c__dates: state.hasContradiction ? '1' : undefined,
    c__person: state.person ?? undefined,
    c__sort: sort === FIRST_SORT ? undefined : sort,
    c__page: state.page === 0 ? undefined : String(state.page + 1),
    c__view: state.tab === 'list' ? undefined : state.tab,
    c__month: state.month ?? undefined,
  };
}

function oneOf<T extends string>(allowed: readonly T[], value: string | undefined): T | undefined {
  return allowed.find((one) => one === value);
}
