import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { reduceErrors } from 'c/pilotErrors';
import type { PilotError } from 'c/pilotErrors';
import type { Names } from 'c/pilotInvitations';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import type { Network } from 'c/pilotSpread';
import { readNames, readNetwork } from './networkData';
import type { PilotNetworkData } from './networkData';
import { CHAMPIONS_BY_ID, NETWORK_OF_PILOT } from './networkQuery';
import { networkView } from './networkView';
import type { ChampionLine, NetworkView } from './networkView';

/** How one pilot spreads between people and departments: stage and next move, numbers, champions, who brought in whom. */
export default class PilotNetwork extends NavigationMixin(LightningElement) {
  /** App Builder: leave out the tree of invitations. */
  @api hideTree = false;
  /** Inside the panel, which is a card already and says the title. */
  @api isPart = false;

  readonly labels = LABELS;
  pilotId: string | undefined;
  data: PilotNetworkData | undefined;
  names: Names = new Map();
  error: PilotError | undefined;
  refresh: (() => Promise<void>) | undefined;
  urls: Readonly<Record<string, string>> = {};

  /** The pilot's. */
  @api get recordId(): string | undefined {
    return this.pilotId;
  }
  set recordId(id: string | undefined) {
    // What is known of one pilot is never shown as another's.
    if (id !== this.pilotId) this.forget();
    this.pilotId = id;
  }

  get query(): object | undefined {
    return this.pilotId ? NETWORK_OF_PILOT : undefined;
  }

  get variables(): Record<string, unknown> {
    return { pilotId: this.pilotId };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    if (errors) {
      this.error = reduceErrors(errors);
      // What the reader has lost the right to see goes; after any other failure the last answer stays.
      if (this.error.kind === 'no-access') this.data = undefined;
      return;
    }
    if (!data) return;
    const read = readNetwork(data);
    this.error = read === null ? { kind: 'no-access', messages: [], byField: {} } : undefined;
    this.data = read ?? undefined;
  }

  get contactIds(): readonly string[] {
    return (this.network?.champions ?? []).flatMap(({ contactId }) => contactId ?? []);
  }

  get namesQuery(): object | undefined {
    return this.contactIds.length > 0 ? CHAMPIONS_BY_ID : undefined;
  }

  get namesVariables(): Record<string, unknown> {
    return { contactIds: this.contactIds };
  }

  // Who may not see these Contacts reads the hashes: no error of the page.
  @wire(graphql, { query: '$namesQuery', variables: '$namesVariables' })
  receiveNames({ data }: GraphqlResult): void {
    if (!data || !this.network) return;
    this.names = readNames(data, this.network);
    void this.readUrls();
  }

  get network(): Network | undefined {
    return this.data?.network ?? undefined;
  }

  get view(): NetworkView | undefined {
    return (this.data && networkView(this.data, this.names, readerAt(new Date()))) ?? undefined;
  }

  get champions(): (ChampionLine & { readonly url: string | undefined })[] {
    return (this.view?.champions ?? []).map((one) => ({ ...one, url: this.urls[one.contactId ?? ''] }));
  }

  get hasChampions(): boolean {
    return this.champions.length > 0;
  }

  get hasReasons(): boolean {
    return (this.view?.reasons.length ?? 0) > 0;
  }

  get showsTree(): boolean {
    return !this.hideTree;
  }

  get isLoading(): boolean {
    return !this.data && !this.error;
  }

  get emptyText(): string {
    if (!this.data || this.view) return '';
    return this.data.isUnreadable ? LABELS.Pilot_Network_newer : LABELS.Pilot_Network_empty;
  }

  get emptyNext(): string {
    return this.data?.isUnreadable ? '' : LABELS.Pilot_Network_empty_next;
  }

  get cardClass(): string {
    return this.isPart ? '' : 'slds-card';
  }

  get bodyClass(): string {
    return this.isPart ? '' : 'slds-p-around_medium';
  }

  get hasTitle(): boolean {
    return !this.isPart;
  }

  readAgain(): void {
    void this.refresh?.();
  }

  private forget(): void {
    this.data = undefined;
    this.error = undefined;
    this.names = new Map();
  }

  private async readUrls(): Promise<void> {
    const ids = this.champions.flatMap(({ contactId }) => contactId ?? []);
    const found = await Promise.all(ids.map(async (id) => [id, await this.urlOf(id)] as const));
    this.urls = Object.fromEntries(found);
  }

  private urlOf(recordId: string): Promise<string> {
    const attributes = { recordId, objectApiName: 'Contact', actionName: 'view' };
    return this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes });
  }
}
