import { LightningElement, wire } from 'lwc';
import { CurrentPageReference, NavigationMixin } from 'lightning/navigation';
import type { PageReference } from 'lightning/navigation';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import isManager from '@salesforce/customPermission/Pilot_Exceed_Capacity';
import { reduceErrors } from 'c/pilotErrors';
import type { PilotError } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import { readerAt, sayTo, todayOf } from 'c/pilotReader';
import { calendarView } from './calendarView';
import type { CalendarView } from './calendarView';
import { readPortfolioPage } from './portfolioPage';
import type { ListedPilot } from './portfolioPage';
import { FIRST_PAGE, NEXT_PAGE, PORTFOLIO, UPPER_BOUND } from './portfolioQuery';
import { HEALTHS, readAddress, writeAddress } from './portfolioState';
import type { PortfolioState, PortfolioTab, SortKey } from './portfolioState';
import { chosenPilots, filterButtons, listView, personOptions, pilotsOf } from './portfolioView';
import type { ListView } from './portfolioView';
import type { Toggle } from '../pilotToggles/pilotToggles';
import { columnHeads, tabButtons } from './portfolioHead';
import type { ColumnHead } from './portfolioHead';

const NOTHING: ListView = { rows: [], count: 0, place: '', hasPrevious: false, hasNext: false };
const SHOWN_TO_MANAGERS = isManager === true;

/** Live pilots of a team: how each stands and why, when it is decided, and what was agreed. */
export default class PilotPortfolio extends NavigationMixin(LightningElement) {
  readonly labels = LABELS;
  readonly query = PORTFOLIO;
  state: PortfolioState = readAddress({}, SHOWN_TO_MANAGERS);
  page: PageReference | undefined;
  /** By id: a page that is read again replaces its rows. */
  readonly read = new Map<string, ListedPilot>();
  pilots: readonly ListedPilot[] = [];
  totalCount: number | undefined;
  after: string | null = null;
  isComplete = false;
  error: PilotError | undefined;
  refresh: (() => Promise<void>) | undefined;
  urls: Readonly<Record<string, string>> = {};
  people: readonly { label: string; value: string }[] = [];
  filters: readonly Toggle[] = [];
  list: ListView = NOTHING;
  calendar: CalendarView | undefined;

  @wire(CurrentPageReference)
  receivePage(page: PageReference | null): void {
    if (!page) return;
    this.page = page;
    this.show(readAddress(page.state ?? {}, SHOWN_TO_MANAGERS));
  }

  get variables(): Record<string, unknown> {
    const isLive = { Is_Live__c: { eq: true } };
    return {
      where: this.state.isMine ? { and: [isLive, { Is_Mine__c: { eq: true } }] } : isLive,
      first: this.after === null ? FIRST_PAGE : NEXT_PAGE,
      after: this.after,
      upperBound: UPPER_BOUND,
    };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    if (errors) {
      this.error = reduceErrors(errors);
      if (this.error.kind === 'no-access') this.forget();
      return;
    }
    if (!data) return;
    const page = readPortfolioPage(data);
    this.error = page === null ? { kind: 'no-access', messages: [], byField: {} } : undefined;
    if (page === null) return;
    const isFirst = this.read.size === 0;
    for (const one of page.pilots) this.read.set(one.pilot.id, one);
    this.pilots = [...this.read.values()];
    this.totalCount = page.totalCount;
    this.isComplete = page.next === null;
    if (page.next !== null) this.after = page.next;
    // Reading 2,000 rows and drawing thousands are two tasks: as one they keep the page from answering too long.
    if (isFirst) this.draw();
    else setTimeout(() => this.draw());
  }

  get isLoading(): boolean {
    return this.totalCount === undefined && !this.error;
  }

  get hasPilots(): boolean {
    return this.pilots.length > 0;
  }

  get isEmpty(): boolean {
    return this.totalCount === 0 && !this.error;
  }

  get emptyText(): string {
    return this.state.isMine ? LABELS.Pilot_Portfolio_empty_mine : LABELS.Pilot_Portfolio_empty;
  }

  get isFilteredOut(): boolean {
    return this.isList && this.isComplete && this.list.count === 0;
  }

  /** What is not read yet, could not be read, or cannot be reached; empty once all are there. */
  get progress(): string {
    const say = sayTo(readerAt(new Date()));
    const [read, count] = [this.pilots.length, this.totalCount ?? 0];
    if (read === 0) return '';
    if (this.error) return say('Pilot_Portfolio_partial', { read, count });
    if (!this.isComplete) return say('Pilot_Portfolio_reading', { read, count });
    return count >= UPPER_BOUND ? say('Pilot_Portfolio_bounded', { count }) : '';
  }

  get scopes(): { label: string; value: string }[] {
    return [
      { label: LABELS.Pilot_Portfolio_mine, value: 'mine' },
      { label: LABELS.Pilot_Portfolio_all, value: 'all' },
    ];
  }

  get scope(): string {
    return this.state.isMine ? 'mine' : 'all';
  }

  get tabs(): Toggle[] {
    return tabButtons(this.state.tab);
  }

  get person(): string {
    return this.state.person ?? '';
  }

  get columns(): ColumnHead[] {
    return columnHeads(this.state, sayTo(readerAt(new Date())));
  }

  get rows(): (ListView['rows'][number] & { url: string | undefined })[] {
    return this.list.rows.map((row) => ({ ...row, url: this.urls[row.dealId ?? ''] }));
  }

  get isList(): boolean {
    return this.hasPilots && this.state.tab === 'list';
  }

  /** Capacity is of everybody: the filters of the other views do not apply to it. */
  get isCapacity(): boolean {
    return this.state.tab === 'capacity';
  }

  get isPilots(): boolean {
    return !this.isCapacity;
  }

  get isFiltered(): boolean {
    return this.hasPilots && this.isPilots;
  }

  get isCalendar(): boolean {
    return this.hasPilots && this.state.tab === 'calendar';
  }

  chooseScope(event: CustomEvent<{ value: string }>): void {
    this.change({ isMine: event.detail.value === 'mine' });
  }

  choosePerson(event: CustomEvent<{ value: string }>): void {
    this.change({ person: event.detail.value === '' ? null : event.detail.value });
  }

  chooseTab(event: CustomEvent<{ id: PortfolioTab }>): void {
    this.change({ tab: event.detail.id });
  }

  chooseFilter(event: CustomEvent<{ id: string }>): void {
    const { id } = event.detail;
    const health = HEALTHS.find((one) => one === id) ?? null;
    this.change({ health, hasContradiction: id === 'dates' });
  }

  showAll(): void {
    this.change({ health: null, hasContradiction: false, person: null });
  }

  sort(event: Event): void {
    const key = (event.currentTarget as HTMLElement).dataset['id'] as SortKey;
    const isSame = key === this.state.sort;
    // The largest value first is what one looks for.
    this.change({ sort: key, isDescending: isSame ? !this.state.isDescending : key === 'value' });
  }

  turnBack(): void {
    this.change({ page: this.state.page - 1 });
  }

  turn(): void {
    this.change({ page: this.state.page + 1 });
  }

  chooseMonth(event: CustomEvent<{ month: string }>): void {
    this.change({ month: event.detail.month });
  }

  readAgain(): void {
    this.error = undefined;
    void this.refresh?.();
  }

  /** Shows a changed state at once and writes it into the address; only turning pages keeps the place. */
  change(changed: Partial<PortfolioState>): void {
    const state = { ...this.state, page: 0, ...changed };
    this.show(state);
    if (!this.page) return;
    const address = { ...this.page.state, ...writeAddress(state, SHOWN_TO_MANAGERS) };
    this[NavigationMixin.Navigate]({ ...this.page, state: address }, true);
  }

  show(state: PortfolioState): void {
    if (state.isMine !== this.state.isMine) {
      this.forget();
      this.error = undefined;
    }
    this.state = state;
    this.draw();
  }

  /** Filtered and sorted once a change, not once a look: there may be thousands. */
  draw(): void {
    const reader = readerAt(new Date());
    const pilots = pilotsOf(this.pilots, this.state);
    const month = this.state.month ?? todayOf(reader).slice(0, 7);
    this.people = personOptions(this.pilots, sayTo(reader));
    this.filters = filterButtons(pilots, this.state, sayTo(reader));
    this.list = this.state.tab === 'list' ? listView(pilots, this.state, reader) : NOTHING;
    this.calendar = this.isCalendar
      ? calendarView(chosenPilots(pilots, this.state), month, reader)
      : undefined;
    void this.readUrls();
  }

  forget(): void {
    this.read.clear();
    this.pilots = [];
    this.totalCount = undefined;
    this.after = null;
    this.isComplete = false;
  }

  /** Addresses of the deals that are shown: the platform gives them one by one. */
  async readUrls(): Promise<void> {
    const events = this.calendar?.days.flatMap((day) => day.events) ?? [];
    const shown = new Set([...this.list.rows, ...events].map(({ dealId }) => dealId));
    const missing = [...shown].flatMap((id) => (id === null || id in this.urls ? [] : [id]));
    if (missing.length === 0) return;
    const found = await Promise.all(missing.map(async (id) => [id, await this.urlOf(id)] as const));
    this.urls = { ...this.urls, ...Object.fromEntries(found) };
  }

  urlOf(recordId: string): Promise<string> {
    const attributes = { recordId, objectApiName: 'Opportunity', actionName: 'view' };
    return this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes });
  }
}
