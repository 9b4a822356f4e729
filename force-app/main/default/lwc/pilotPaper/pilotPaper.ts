import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/pilotLabels';
import { chartPlan, paperCsv, paperHtml } from './paper';
import type { ChartPlan, PaperLanguage, PaperSection } from './paper';

export { PaperWriter } from './paper';
export type { PaperLanguage, PaperSection } from './paper';

interface SectionView {
  readonly heading: string;
  readonly lines: readonly { key: number; text: string }[];
  readonly head: readonly string[];
  readonly rows: readonly { key: number; cells: readonly { key: number; text: string }[] }[];
  readonly hasTable: boolean;
  readonly chartTitle: string;
  readonly chart: ChartPlan | null;
}

/** A paper as the customer will read it. Prints and downloads what it shows; fires `language` when another is chosen. */
export default class PilotPaper extends LightningElement {
  @api paperTitle = '';
  @api language: PaperLanguage = 'en';
  @api sections: readonly PaperSection[] = [];

  readonly labels = LABELS;
  // Language names are written in their own language, whoever reads them.
  readonly languages = [
    { label: 'English', value: 'en' },
    { label: 'Español', value: 'es' },
  ];

  get views(): SectionView[] {
    return this.sections.map(({ heading, lines, table, chart }) => ({
      heading,
      lines: lines.map((text, key) => ({ key, text })),
      head: table?.head ?? [],
      rows: (table?.rows ?? []).map((cells, key) => ({
        key,
        cells: cells.map((text, index) => ({ key: index, text })),
      })),
      hasTable: table !== null,
      chartTitle: chart?.title ?? '',
      chart: chart ? chartPlan(chart) : null,
    }));
  }

  choose(event: CustomEvent<{ value: PaperLanguage }>): void {
    this.dispatchEvent(new CustomEvent('language', { detail: event.detail.value }));
  }

  /** Prints the paper and nothing of the page around it; false where the browser gives it no place. */
  @api print(): boolean {
    const frame = document.createElement('iframe');
    frame.title = this.paperTitle;
    frame.className = 'slds-assistive-text';
    this.place?.replaceChildren(frame);
    const paper = frame.contentDocument;
    if (!paper || !frame.contentWindow) return false;
    const made = new DOMParser().parseFromString(this.html, 'text/html');
    paper.replaceChild(paper.adoptNode(made.documentElement), paper.documentElement);
    frame.contentWindow.print();
    return true;
  }

  @api downloadHtml(): void {
    this.download('html', this.html);
  }

  @api downloadCsv(): void {
    this.download('csv', paperCsv(this.paperTitle, this.sections));
  }

  private download(ending: string, text: string): void {
    // Lightning Web Security lets no blob of type text/html through as it is.
    const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${this.paperTitle.replaceAll(/[^\p{L}\p{N} -]/gu, '')}.${ending}`;
    this.place?.replaceChildren(link);
    link.click();
    this.place?.replaceChildren();
    URL.revokeObjectURL(url);
  }

  private get html(): string {
    return paperHtml(this.paperTitle, this.sections, this.language);
  }

  private get place(): HTMLElement | null | undefined {
    return this.template?.querySelector<HTMLElement>('[data-id="place"]');
  }
}
