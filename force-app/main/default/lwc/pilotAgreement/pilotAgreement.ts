import { api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { LABELS } from 'c/pilotLabels';
import { PaperWriter } from 'c/pilotPaper';
import type { PaperLanguage, PaperSection } from 'c/pilotPaper';
import type PilotPaper from 'c/pilotPaper';
import { readerAt, todayOf } from 'c/pilotReader';
import { readAgreement } from './agreementData';
import { AGREEMENT_TEXTS, agreementSections, agreementTitle } from './agreementDocument';
import type { AgreementFacts } from './agreementDocument';
import { AGREEMENT_OF_PILOT } from './agreementQuery';

/** Opens the agreement of a pilot. */
export async function openAgreement(pilotId: string): Promise<void> {
  await PilotAgreement.open({ size: 'medium', label: LABELS.Pilot_Agreement_Title, pilotId });
}

/** The agreement as the customer will read it, in the customer's language; prints or downloads it. */
export default class PilotAgreement extends LightningModal {
  @api pilotId = '';

  readonly labels = LABELS;
  facts: AgreementFacts | null | undefined;
  hasFailedToLoad = false;
  chosen: PaperLanguage | undefined;
  notice = '';

  get variables(): Record<string, unknown> {
    return { pilotId: this.pilotId };
  }

  get query(): object {
    return AGREEMENT_OF_PILOT;
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  receive({ data, errors }: GraphqlResult): void {
    this.hasFailedToLoad = Boolean(errors);
    if (data) this.facts = readAgreement(data);
  }

  get isLoading(): boolean {
    return this.facts === undefined && !this.hasFailedToLoad;
  }

  get loadError(): string {
    if (this.facts === null) return LABELS.Pilot_Panel_No_access;
    return this.hasFailedToLoad ? LABELS.Pilot_Panel_Error : '';
  }

  get language(): PaperLanguage {
    return this.chosen ?? (readerAt(new Date()).locale.startsWith('es') ? 'es' : 'en');
  }

  get paperTitle(): string {
    return this.facts ? agreementTitle(this.facts, this.writer) : '';
  }

  get sections(): PaperSection[] {
    return this.facts ? agreementSections(this.facts, this.writer, todayOf(readerAt(new Date()))) : [];
  }

  choose(event: CustomEvent<PaperLanguage>): void {
    this.chosen = event.detail;
  }

  printPaper(): void {
    this.notice = this.shown?.print() ? '' : LABELS.Pilot_Agreement_cannot_print;
  }

  download(): void {
    this.shown?.downloadHtml();
  }

  leave(): void {
    this.close();
  }

  private get writer(): PaperWriter {
    return new PaperWriter(AGREEMENT_TEXTS, this.language, readerAt(new Date()).currency);
  }

  private get shown(): PilotPaper | null | undefined {
    return this.template?.querySelector<HTMLElement & PilotPaper>('[data-id="paper"]');
  }
}
