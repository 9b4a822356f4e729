import { api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { LABELS } from 'c/pilotLabels';
import { readerAt, todayOf } from 'c/pilotReader';
import { readAgreement } from './agreementData';
import { agreementSections, agreementTitle, paperHtml } from './agreementDocument';
import type { AgreementFacts, PaperLanguage, PaperSection } from './agreementDocument';
import { AGREEMENT_OF_PILOT } from './agreementQuery';

interface SectionView {
  readonly heading: string;
  readonly lines: readonly { key: number; text: string }[];
  readonly head: readonly string[];
  readonly rows: readonly { key: number; cells: readonly { key: number; text: string }[] }[];
  readonly hasTable: boolean;
}

/** Opens the agreement of a pilot. */
export async function openAgreement(pilotId: string): Promise<void> {
  await PilotAgreement.open({ size: 'medium', label: LABELS.Pilot_Agreement_Title, pilotId });
}

/** The agreement as the customer will read it, in the customer's language; prints or downloads it. */
export default class PilotAgreement extends LightningModal {
  @api pilotId = '';

  readonly labels = LABELS;
  // Language names are written in their own language, whoever reads them.
  readonly languages = [
    { label: 'English', value: 'en' },
    { label: 'Español', value: 'es' },
  ];
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
    return this.facts ? agreementTitle(this.facts, this.language) : '';
  }

  get sections(): SectionView[] {
    return this.paper.map(({ heading, lines, table }) => ({
      heading,
      lines: lines.map((text, key) => ({ key, text })),
      head: table?.head ?? [],
      rows: (table?.rows ?? []).map((cells, key) => ({
        key,
        cells: cells.map((text, index) => ({ key: index, text })),
      })),
      hasTable: table !== null,
    }));
  }

  choose(event: CustomEvent<{ value: PaperLanguage }>): void {
    this.chosen = event.detail.value;
  }

  printPaper(): void {
    const frame = document.createElement('iframe');
    frame.title = this.paperTitle;
    frame.className = 'slds-assistive-text';
    this.place?.replaceChildren(frame);
    const paper = frame.contentDocument;
    if (!paper || !frame.contentWindow) {
      this.notice = LABELS.Pilot_Agreement_cannot_print;
      return;
    }
    const made = new DOMParser().parseFromString(this.html, 'text/html');
    paper.replaceChild(paper.adoptNode(made.documentElement), paper.documentElement);
    frame.contentWindow.print();
  }

  download(): void {
    // Lightning Web Security lets no blob of type text/html through as it is.
    const url = URL.createObjectURL(new Blob([this.html], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${this.paperTitle.replaceAll(/[^\p{L}\p{N} -]/gu, '')}.html`;
    this.place?.replaceChildren(link);
    link.click();
    this.place?.replaceChildren();
    URL.revokeObjectURL(url);
  }

  leave(): void {
    this.close();
  }

  private get paper(): PaperSection[] {
    if (!this.facts) return [];
    const reader = readerAt(new Date());
    return agreementSections(this.facts, this.language, {
      currency: reader.currency,
      today: todayOf(reader),
    });
  }

  private get html(): string {
    return paperHtml(this.paperTitle, this.paper, this.language);
  }

  private get place(): HTMLElement | null | undefined {
    return this.template?.querySelector<HTMLElement>('[data-id="place"]');
  }
}
