import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { reduceErrors } from 'c/pilotErrors';
import type { PilotError } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import { readerAt } from 'c/pilotReader';
import { readLandscape } from './landscapeData';
import type { Landscape } from './landscapeData';
import { LANDSCAPE } from './landscapeQuery';
import { landscapeView } from './landscapeView';
import type { DealLine, GroupRow, LandscapeView, PilotLine } from './landscapeView';

type Linked<T> = T & { readonly url: string | undefined };

/** Pilots and trials of one account together: its groups, who pays, who is next. */
export default class PilotLandscape extends NavigationMixin(LightningElement) {
  @api recordId: string | undefined;
  /** App Builder: leave out groups whose pilots ended without a deal. */
  @api hideEnded = false;
  /** App Builder: leave out deals won without a pilot. */
  @api hideDeals = false;

  readonly labels = LABELS;
  landscape: Landscape | undefined;
  view: LandscapeView | undefined;
  error: PilotError | undefined;
  refresh: (() => Promise<void>) | undefined;
  urls: Readonly<Record<string, string>> = {};

  get query(): object | undefined {
    return this.recordId ? LANDSCAPE : undefined;
  }

  get variables(): Record<string, unknown> {
    return { accountId: this.recordId };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors, refresh }: GraphqlResult): void {
    if (refresh) this.refresh = refresh;
    if (errors) {
      this.error = reduceErrors(errors);
      // What the reader has lost the right to see goes; after any other failure the last answer stays.
      if (this.error.kind === 'no-access') this.show(null);
      return;
    }
    if (!data) return;
    const landscape = readLandscape(data);
    this.error = landscape === null ? { kind: 'no-access', messages: [], byField: {} } : undefined;
    this.show(landscape);
    void this.readUrls();
  }

  get isLoading(): boolean {
    return !this.view && !this.error;
  }

  get isEmpty(): boolean {
    return this.landscape !== undefined && !this.hasPilots && this.landscape.deals.length === 0;
  }

  get hasPilots(): boolean {
    return (this.landscape?.pilots.length ?? 0) > 0;
  }

  get hasRows(): boolean {
    return this.rows.length > 0;
  }

  get hasDeals(): boolean {
    return this.deals.length > 0;
  }

  get rows(): (Omit<GroupRow, 'pilots'> & { readonly pilots: readonly Linked<PilotLine>[] })[] {
    const shown = (this.view?.rows ?? []).filter(({ isEnded }) => !(this.hideEnded && isEnded));
    return shown.map((row) => ({
      ...row,
      pilots: row.pilots.map((one) => ({ ...one, url: this.urls[one.dealId ?? ''] })),
    }));
  }

  get deals(): readonly Linked<DealLine>[] {
    const shown = this.hideDeals ? [] : (this.view?.deals ?? []);
    return shown.map((deal) => ({ ...deal, url: this.urls[deal.id] }));
  }

  readAgain(): void {
    void this.refresh?.();
  }

  private show(landscape: Landscape | null): void {
    this.landscape = landscape ?? undefined;
    this.view = landscape ? landscapeView(landscape, readerAt(new Date())) : undefined;
  }

  /** Addresses of the deals: the platform gives them one by one. */
  private async readUrls(): Promise<void> {
    const { pilots = [], deals = [] } = this.landscape ?? {};
    const shown = new Set([...pilots.map(({ dealId }) => dealId), ...deals.map(({ id }) => id)]);
    const missing = [...shown].flatMap((id) => (id === null || id in this.urls ? [] : [id]));
    const found = await Promise.all(missing.map(async (id) => [id, await this.urlOf(id)] as const));
    this.urls = { ...this.urls, ...Object.fromEntries(found) };
  }

  private urlOf(recordId: string): Promise<string> {
    const attributes = { recordId, objectApiName: 'Opportunity', actionName: 'view' };
    return this[NavigationMixin.GenerateUrl]({ type: 'standard__recordPage', attributes });
  }
}
