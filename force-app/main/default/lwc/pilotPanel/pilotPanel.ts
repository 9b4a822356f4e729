import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { reduceErrors } from 'c/pilotErrors';
import type { ErrorKind, PilotError } from 'c/pilotErrors';
import { LABELS } from 'c/pilotLabels';
import { leadPilot, readPilots } from 'c/pilotRecord';
import type { Pilot } from 'c/pilotRecord';
import { PILOTS_OF_DEAL } from './pilotsQuery';

const ERROR_TEXTS: Readonly<Record<ErrorKind, string>> = {
  'no-access': LABELS.Pilot_Panel_No_access,
  'signed-out': LABELS.Pilot_Panel_Signed_out,
  busy: LABELS.Pilot_Panel_Busy,
  offline: LABELS.Pilot_Panel_Offline,
  conflict: LABELS.Pilot_Panel_Error,
  refused: LABELS.Pilot_Panel_Error,
  unknown: LABELS.Pilot_Panel_Error,
};

/** The pilots of an opportunity: how each stands, why, and what to do next. */
export default class PilotPanel extends LightningElement {
  @api recordId: string | undefined;
  /** App Builder: leave the criteria to another component on the page. */
  @api hideCriteria = false;

  readonly labels = LABELS;
  pilots: readonly Pilot[] | undefined;
  error: PilotError | undefined;
  chosenId: string | undefined;
  refresh: (() => Promise<void>) | undefined;
  readonly onVisible = (): void => {
    if (document.visibilityState === 'visible') void this.refresh?.();
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

  get choices(): { label: string; value: string }[] {
    return (this.pilots ?? []).map(({ id, name, status }) => ({
      label: [name ?? id, status].filter(Boolean).join(' · '),
      value: id,
    }));
  }

  get hasSeveral(): boolean {
    return this.choices.length > 1;
  }

  /** The header tells one reason alone; reasons of data too old to believe are not told at all. */
  get hasReasons(): boolean {
    const pilot = this.pilot;
    if (!pilot?.signals || pilot.health !== pilot.healthStored) return false;
    return pilot.signals.signals.length > 1 || pilot.signals.toTidy.length > 0;
  }

  get showsCriteria(): boolean {
    return !this.hideCriteria;
  }

  get errorText(): string {
    return this.error ? ERROR_TEXTS[this.error.kind] : '';
  }

  get errorDetail(): string {
    return this.error?.kind === 'no-access' ? '' : (this.error?.messages.join(' ') ?? '');
  }

  get canRetry(): boolean {
    return this.error !== undefined && this.error.kind !== 'no-access' && this.refresh !== undefined;
  }

  choose(event: CustomEvent<{ value: string }>): void {
    this.chosenId = event.detail.value;
  }

  retry(): void {
    void this.refresh?.();
  }
}
