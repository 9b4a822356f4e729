// Papers for the buyer: sections as data, written as a document or a table. No imports, so that the page and the
// command line make the same papers. Their texts are not custom labels, because a paper is in the customer's
// language and labels come in the reader's only.

export type PaperLanguage = 'en' | 'es';
export type PaperTexts = Readonly<Record<string, string>>;

export interface PaperTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Bars from zero, one below the other; `value` sets the length, `text` is what is written beside it. */
export interface PaperChart {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly text: string }[];
}

export interface PaperSection {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly table: PaperTable | null;
  readonly chart?: PaperChart | null;
}

const LOCALES: Readonly<Record<PaperLanguage, string>> = { en: 'en-US', es: 'es-ES' };

/** Words, numbers and dates of one paper in its language. */
export class PaperWriter {
  readonly language: PaperLanguage;
  readonly #texts: PaperTexts;
  readonly #locale: string;
  readonly #currency: string;

  /** `currency` is an ISO 4217 code; `texts` holds `open`, which stands for a day that nobody has set. */
  constructor(texts: Readonly<Record<PaperLanguage, PaperTexts>>, language: PaperLanguage, currency: string) {
    this.language = language;
    this.#texts = texts[language];
    this.#locale = LOCALES[language];
    this.#currency = currency;
  }

  say(name: string, values: Readonly<Record<string, string>> = {}): string {
    return (this.#texts[name] ?? name).replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
  }

  /** "Tue, November 17, 2026"; takes `YYYY-MM-DD`. */
  day(day: string | null): string {
    if (day === null) return this.say('open');
    const format = {
      timeZone: 'UTC',
      weekday: 'short',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    } as const;
    return new Intl.DateTimeFormat(this.#locale, format).format(new Date(day));
  }

  /** "Nov 9"; takes `YYYY-MM-DD`. */
  shortDay(day: string): string {
    const format = { timeZone: 'UTC', day: 'numeric', month: 'short' } as const;
    return new Intl.DateTimeFormat(this.#locale, format).format(new Date(day));
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.#locale, { maximumFractionDigits: 2 }).format(value);
  }

  amount(value: number, unit: string | null): string {
    return unit === null ? this.number(value) : `${this.number(value)} ${unit}`;
  }

  /** Whole units of the currency; cents only where there are any and the amount is small, as in a rate. */
  money(value: number): string {
    const digits = Math.abs(value) < 1000 && !Number.isInteger(value) ? 2 : 0;
    const format = {
      style: 'currency',
      currency: this.#currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    } as const;
    return new Intl.NumberFormat(this.#locale, format).format(value).replace('-', '−');
  }
}

/** A whole HTML document of the sections: A4, without scripts or links; every text is escaped. */
export function paperHtml(title: string, sections: readonly PaperSection[], language: PaperLanguage): string {
  const body = sections.map(
    ({ heading, lines, table, chart }) =>
      `<section><h2>${escapeHtml(heading)}</h2>${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}${table ? tableHtml(table) : ''}${chart ? chartSvg(chart) : ''}</section>`,
  );
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body.join('')}</main></body></html>`;
}

const STYLE =
  '@page{size:A4;margin:14mm}body{font:10pt/1.35 system-ui,sans-serif;color:#111;margin:0}main{max-width:180mm;margin:auto;padding:4mm}h1{font-size:15pt;margin:0 0 3mm}h2{font-size:11pt;margin:3mm 0 1mm;break-after:avoid}p{margin:0 0 1mm;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:1mm 2mm 1mm 0;border-bottom:1px solid #999;overflow-wrap:anywhere}th{overflow-wrap:break-word}@media print{td{min-width:20mm}}tr,svg{break-inside:avoid}section{break-inside:avoid}svg{display:block;width:100%;height:auto;margin:1mm 0}';

function tableHtml({ head, rows }: PaperTable): string {
  const cells = (row: readonly string[]): string =>
    row.map((text) => `<td>${escapeHtml(plainCell(text))}</td>`).join('');
  const titles = head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  return `<table><thead><tr>${titles}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table>`;
}

export interface ChartPlan {
  readonly viewBox: string;
  readonly bars: readonly {
    readonly key: number;
    readonly label: string;
    readonly text: string;
    readonly y: number;
    readonly textY: number;
    readonly x: number;
    readonly width: number;
    readonly textX: number;
  }[];
}

const ROW = 20;
const LABELS_END = 110;
const LONGEST_BAR = 360;

/** Where each bar of a chart stands, in units of its view box, 640 wide. */
export function chartPlan({ bars }: PaperChart): ChartPlan {
  const top = Math.max(...bars.map(({ value }) => value), 0);
  return {
    viewBox: `0 0 640 ${bars.length * ROW}`,
    bars: bars.map(({ label, value, text }, key) => {
      const width = top > 0 ? Math.round((Math.max(value, 0) / top) * LONGEST_BAR) : 0;
      const y = key * ROW + 3;
      return { key, label, text, y, textY: y + 11, x: LABELS_END, width, textX: LABELS_END + width + 6 };
    }),
  };
}

function chartSvg(chart: PaperChart): string {
  const { viewBox, bars } = chartPlan(chart);
  const drawn = bars.map(
    ({ label, text, x, y, textY, width, textX }) =>
      `<text x="0" y="${textY}">${escapeHtml(label)}</text><rect x="${x}" y="${y}" width="${width}" height="14" fill="#2b6cb0"/><text x="${textX}" y="${textY}">${escapeHtml(text)}</text>`,
  );
  return `<p>${escapeHtml(chart.title)}</p><svg viewBox="${viewBox}" role="img" aria-label="${escapeHtml(chart.title)}" font-size="12">${drawn.join('')}</svg>`;
}

/** The sections as comma-separated values for a spreadsheet: CRLF, a byte order mark, no cell that runs as a formula. */
export function paperCsv(title: string, sections: readonly PaperSection[]): string {
  const rows = sections.flatMap(({ heading, lines, table }) => [
    [],
    [heading],
    ...lines.map((line) => [line]),
    ...(table ? [table.head, ...table.rows] : []),
  ]);
  const cell = (text: string): string => {
    const plain = plainCell(text);
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `\ufeff${[[title], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A spreadsheet that opens the file must not run a cell as a formula. https://owasp.org/www-community/attacks/CSV_Injection */
export function plainCell(text: string): string {
  return /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
}

export function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': 'amp',
    '<': 'lt',
    '>': 'gt',
    '"': 'quot',
    "'": '#39',
  };
  return text.replaceAll(/[&<>"']/g, (character) => `&${names[character]};`);
}
