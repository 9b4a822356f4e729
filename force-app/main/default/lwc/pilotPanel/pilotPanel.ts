import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { RefreshEvent } from 'lightning/refresh';
import { notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { reduceErrors } from 'c/pilotErrors';
import type { PilotError } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import { errorWords, readerAt, sayTo } from 'c/pilotReader';
import { leadPilot, readDetails, readPilots, readRights } from 'c/pilotRecord';
import type { Details, Pilot, Rights } from 'c/pilotRecord';
import { DETAILS_OF_PILOT } from './detailsQuery';
import { PILOTS_OF_DEAL } from './pilotsQuery';

/** The pilots of an opportunity: how each stands, why, and what to do next. */
export default class PilotPanel extends LightningElement {
  @api recordId: string | undefined;
  /** App Builder: leave the criteria to another component on the page. */
  @api hideCriteria = false;
  /** The same for the other parts. */
  @api hideUsage = false;
  @api hideNetwork = false;
  @api hideTerms = false;
  @api hideCommitments = false;
  @api hideCheckIns = false;

  readonly labels = LABELS;
  pilots: readonly Pilot[] | undefined;
  rights: Rights | undefined;
  error: PilotError | undefined;
  chosenId: string | undefined;
  isNetworkOpen = false;
  refresh: (() => Promise<void>) | undefined;
  loaded: Details | undefined;
  detailsError: PilotError | undefined;
  refreshDetails: (() => Promise<void>) | undefined;
  readonly onVisible = (): void => {
    if (document.visibilityState === 'visible') this.readAgain();
  };

  override connectedCallback(): void {
    document.addEventListener('visibilitychange', this.onVisible);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.onVisible);
  }

  get query(): object | undefined {
    return this.recordId ? PILOTS_OF_DEAL : undefined;
  }

  get variables(): Record<string, unknown> {
    return { dealId: this.recordId };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    if (errors) {
      this.error = reduceErrors(errors);
      // What the reader has lost the right to see goes; after any other failure the last answer stays.
      if (this.error.kind === 'no-access') this.pilots = undefined;
      return;
    }
    if (!data) return;
    const pilots = readPilots(data);
    this.error = pilots === null ? { kind: 'no-access', messages: [], byField: {} } : undefined;
    this.pilots = pilots ?? undefined;
    this.rights = readRights(data);
  }

  get detailsQuery(): object | undefined {
    return this.pilot ? DETAILS_OF_PILOT : undefined;
  }

  get detailsVariables(): Record<string, unknown> {
    return { pilotId: this.pilot?.id, accountId: this.pilot?.accountId };
  }

  @wire(graphql, { query: '$detailsQuery', variables: '$detailsVariables' })
  receiveDetails({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refreshDetails = refresh;
    if (errors) {
      this.detailsError = reduceErrors(errors);
      return;
    }
    if (!data) return;
    this.detailsError = undefined;
    this.loaded = readDetails(data) ?? undefined;
  }

  /** Those of the pilot shown; undefined while another one's are still there. */
  get details(): Details | undefined {
    return this.loaded?.pilotId === this.pilot?.id ? this.loaded : undefined;
  }

  get isLoading(): boolean {
    return !this.pilots && !this.error;
  }

  get isEmpty(): boolean {
    return this.pilots?.length === 0;
  }

  get pilot(): Pilot | undefined {
    const pilots = this.pilots ?? [];
    return pilots.find((pilot) => pilot.id === this.chosenId) ?? leadPilot(pilots);
  }

  get cannotPlan(): boolean {
    return this.rights?.mayCreate === false;
  }

  get emptyNext(): string {
    return this.cannotPlan ? LABELS.Pilot_Panel_No_create : LABELS.Pilot_Panel_Empty_next;
  }

  /** Why there are no buttons; empty for whoever may change the pilot. */
  get readOnlyText(): string {
    return this.pilot?.mayChange === false ? LABELS.Pilot_Panel_Read_only : '';
  }

  get mayChange(): boolean {
    return this.pilot?.mayChange === true;
  }

  get choices(): { label: string; value: string }[] {
    return (this.pilots ?? []).map(({ id, name, status }) => ({
      label: [name ?? id, status].filter(Boolean).join(' · '),
      value: id,
    }));
  }

  get hasSeveral(): boolean {
    return this.choices.length > 1;
  }

  get shows(): Readonly<Record<'usage' | 'criteria' | 'terms' | 'commitments' | 'checkIns', boolean>> {
    return {
      usage: !this.hideUsage,
      criteria: !this.hideCriteria,
      terms: !this.hideTerms,
      commitments: !this.hideCommitments,
      checkIns: !this.hideCheckIns,
    };
  }

  get shownError(): PilotError | undefined {
    return this.error ?? this.detailsError;
  }

  get errorText(): string {
    return this.shownError ? errorWords(this.shownError.kind, LABELS.Pilot_Panel_Error) : '';
  }

  get errorDetail(): string {
    const error = this.shownError;
    return error?.kind === 'no-access' ? '' : (error?.messages.join(' ') ?? '');
  }

  get canRetry(): boolean {
    return this.shownError?.kind !== 'no-access' && this.refresh !== undefined;
  }

  /** A pilot that spreads, or is meant to. Its network is long and read only when somebody asks for it. */
  get hasNetwork(): boolean {
    const isSpreading = this.pilot?.isOpenToAll === true || (this.pilot?.adoptionStage ?? null) !== null;
    return isSpreading && !this.hideNetwork;
  }

  /** Empty while the network itself says it. */
  get stageText(): string {
    const stage = this.pilot?.adoptionStage ?? null;
    return stage === null || this.isNetworkOpen
      ? ''
      : sayTo(readerAt(new Date()))('Pilot_Landscape_stage', { stage });
  }

  get networkToggle(): string {
    return this.isNetworkOpen ? LABELS.Pilot_Network_close : LABELS.Pilot_Network_open;
  }

  toggleNetwork(): void {
    this.isNetworkOpen = !this.isNetworkOpen;
  }

  choose(event: CustomEvent<{ value: string }>): void {
    this.chosenId = event.detail.value;
  }

  /** Reads both answers again. */
  readAgain(): void {
    void this.refresh?.();
    void this.refreshDetails?.();
  }

  /** Something was saved: the panel reads again, and so do the standard parts of the page. */
  afterSave(event: Event): void {
    event.stopPropagation();
    this.readAgain();
    if (this.recordId) void notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    this.dispatchEvent(new RefreshEvent());
  }
}
