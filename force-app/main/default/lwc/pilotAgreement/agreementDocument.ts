// The one-page pilot agreement as sections, and any such sections as a document of its own. No imports: the
// page and the command line make the same paper. The texts are here and not in custom labels, because the
// paper is in the customer's language and labels come in the reader's only.

export type PaperLanguage = 'en' | 'es';

export interface PaperSection {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } | null;
}

export interface AgreementFacts {
  readonly name: string;
  readonly customer: string | null;
  readonly vendor: string | null;
  readonly type: string | null;
  readonly department: string | null;
  readonly scope: string | null;
  readonly users: number | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly readoutDate: string | null;
  readonly decisionDate: string | null;
  readonly consequence: string | null;
  readonly customerSponsor: string | null;
  readonly customerLead: string | null;
  readonly vendorSponsor: string | null;
  readonly successManager: string | null;
  readonly criteria: readonly AgreementCriterion[];
  readonly commitments: readonly AgreementCommitment[];
  readonly terms: readonly AgreementTerm[];
}

export interface AgreementCriterion {
  readonly name: string;
  readonly isMustHave: boolean;
  readonly isAtMost: boolean;
  readonly baseline: number | null;
  readonly target: number | null;
  readonly unit: string | null;
  readonly measuredBy: string | null;
}

export interface AgreementCommitment {
  readonly name: string;
  readonly isOurs: boolean;
  readonly dueOn: string | null;
}

export interface AgreementTerm {
  readonly name: string;
  readonly amount: number | null;
  readonly billing: string | null;
  readonly isDiscount: boolean;
  /** Last day of the price; before it is stored, so many days after the end. */
  readonly validTo: string | null;
  readonly validDaysAfterEnd: number | null;
}

interface Texts {
  readonly [name: string]: string;
}

const LOCALES: Readonly<Record<PaperLanguage, string>> = { en: 'en-US', es: 'es-ES' };
const TEXTS: Readonly<Record<PaperLanguage, Texts>> = {
  en: {
    title: 'Pilot agreement',
    who: 'Who',
    customer: 'Customer',
    vendor: 'Provider',
    sponsor: 'sponsor',
    lead: 'project lead',
    manager: 'success manager',
    what: 'What',
    users: '{users} users',
    when: 'When',
    dates: '{start} to {end} ({weeks} weeks)',
    readout: 'Readout of the results: {day}',
    decision: 'Decision by: {day}',
    criteria: 'What success is',
    criterion: 'Criterion',
    baseline: 'Today',
    target: 'Target',
    measured: 'Measured by',
    mustHave: 'must have',
    atLeast: 'at least {value}',
    atMost: 'at most {value}',
    ours: 'What the provider does',
    theirs: 'What the customer does',
    commitment: 'Commitment',
    due: 'Due',
    price: 'The price that follows',
    term: 'For',
    amount: 'Amount',
    until: 'Valid until',
    Annual: '{amount} a year',
    Monthly: '{amount} a month',
    'One-time': '{amount} once',
    afterEnd: '{days} days after the end',
    signatures: 'Signatures',
    signature: '{party}: ______________________   Date: ____________',
    open: 'to be agreed',
    made: 'As of {day}',
    POC: 'Proof of concept',
    Pilot: 'Pilot',
    Trial: 'Trial',
  },
  es: {
    title: 'Acuerdo de piloto',
    who: 'Quién',
    customer: 'Cliente',
    vendor: 'Proveedor',
    sponsor: 'patrocinador',
    lead: 'responsable del proyecto',
    manager: 'responsable de éxito del cliente',
    what: 'Qué',
    users: '{users} usuarios',
    when: 'Cuándo',
    dates: 'Del {start} al {end} ({weeks} semanas)',
    readout: 'Presentación de resultados: {day}',
    decision: 'Decisión hasta el: {day}',
    criteria: 'Qué es el éxito',
    criterion: 'Criterio',
    baseline: 'Hoy',
    target: 'Objetivo',
    measured: 'Medido por',
    mustHave: 'imprescindible',
    atLeast: 'al menos {value}',
    atMost: 'como máximo {value}',
    ours: 'Qué hace el proveedor',
    theirs: 'Qué hace el cliente',
    commitment: 'Compromiso',
    due: 'Vence',
    price: 'El precio posterior',
    term: 'Por',
    amount: 'Importe',
    until: 'Válido hasta',
    Annual: '{amount} al año',
    Monthly: '{amount} al mes',
    'One-time': '{amount} una vez',
    afterEnd: '{days} días tras el final',
    signatures: 'Firmas',
    signature: '{party}: ______________________   Fecha: ____________',
    open: 'por acordar',
    made: 'A fecha de {day}',
    POC: 'Prueba de concepto',
    Pilot: 'Piloto',
    Trial: 'Prueba',
  },
};

/** Title of the paper and its file name, "Pilot agreement: Acme". */
export function agreementTitle({ name }: AgreementFacts, language: PaperLanguage): string {
  return `${TEXTS[language]['title']}: ${name}`;
}

/** Everything that both sides agree on, and nothing that is only ours: no health, doubts, notes or stage. */
export function agreementSections(
  facts: AgreementFacts,
  language: PaperLanguage,
  options: { readonly currency: string; readonly today: string },
): PaperSection[] {
  const paper = new Writer(language, options.currency);
  return [
    { heading: paper.say('who'), lines: people(facts, paper), table: null },
    { heading: paper.say('what'), lines: subject(facts, paper), table: null },
    { heading: paper.say('when'), lines: schedule(facts, paper), table: null },
    { heading: paper.say('criteria'), lines: [], table: criteriaTable(facts, paper) },
    { heading: paper.say('theirs'), lines: [], table: commitmentTable(facts, false, paper) },
    { heading: paper.say('ours'), lines: [], table: commitmentTable(facts, true, paper) },
    { heading: paper.say('price'), lines: [], table: priceTable(facts, paper) },
    {
      heading: paper.say('signatures'),
      lines: [
        paper.say('signature', { party: facts.customer ?? paper.say('customer') }),
        paper.say('signature', { party: facts.vendor ?? paper.say('vendor') }),
        paper.say('made', { day: paper.day(options.today) }),
      ],
      table: null,
    },
  ];
}

/** A whole HTML document of the sections: A4, without scripts or links; every text is escaped. */
export function paperHtml(title: string, sections: readonly PaperSection[], language: PaperLanguage): string {
  const body = sections.map(
    ({ heading, lines, table }) =>
      `<section><h2>${escapeHtml(heading)}</h2>${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}${table ? tableHtml(table) : ''}</section>`,
  );
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1>${body.join('')}</main></body></html>`;
}

const STYLE =
  '@page{size:A4;margin:14mm}body{font:10pt/1.35 system-ui,sans-serif;color:#111;margin:0}main{max-width:180mm;margin:auto;padding:4mm}h1{font-size:15pt;margin:0 0 3mm}h2{font-size:11pt;margin:3mm 0 1mm}p{margin:0 0 1mm;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:1mm 2mm 1mm 0;border-bottom:1px solid #999;overflow-wrap:anywhere}section{break-inside:avoid}';

function tableHtml({ head, rows }: NonNullable<PaperSection['table']>): string {
  const cells = (row: readonly string[]): string =>
    row.map((text) => `<td>${escapeHtml(plainCell(text))}</td>`).join('');
  const titles = head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  return `<table><thead><tr>${titles}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row)}</tr>`).join('')}</tbody></table>`;
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

function people(facts: AgreementFacts, paper: Writer): string[] {
  const party = (label: string, name: string | null, roles: readonly [string | null, string][]): string => {
    const named = roles.flatMap(([person, role]) =>
      person === null ? [] : [`${person} (${paper.say(role)})`],
    );
    return `${paper.say(label)}: ${[name, ...named].filter((part) => part !== null).join(', ') || paper.say('open')}`;
  };
  return [
    party('customer', facts.customer, [
      [facts.customerSponsor, 'sponsor'],
      [facts.customerLead, 'lead'],
    ]),
    party('vendor', facts.vendor, [
      [facts.vendorSponsor, 'sponsor'],
      [facts.successManager, 'manager'],
    ]),
  ];
}

function subject({ type, department, users, scope }: AgreementFacts, paper: Writer): string[] {
  const kind = type === null ? null : paper.say(type);
  const amount = users === null ? null : paper.say('users', { users: paper.number(users) });
  const about = [kind, department, amount].filter((part) => part !== null).join(' · ');
  return [about || paper.say('open'), ...(scope === null ? [] : [scope])];
}

function schedule(facts: AgreementFacts, paper: Writer): string[] {
  const { startDate, endDate, readoutDate, decisionDate, consequence } = facts;
  if (startDate === null || endDate === null) return [paper.say('open')];
  const weeks = paper.number(Math.round((Date.parse(endDate) - Date.parse(startDate)) / 8_640_000 / 7) / 10);
  return [
    paper.say('dates', { start: paper.day(startDate), end: paper.day(endDate), weeks }),
    paper.say('readout', { day: paper.day(readoutDate) }),
    paper.say('decision', { day: paper.day(decisionDate) }) +
      (consequence === null ? '' : `. ${consequence}`),
  ];
}

function criteriaTable({ criteria }: AgreementFacts, paper: Writer): PaperSection['table'] {
  const head = ['criterion', 'baseline', 'target', 'measured'].map((name) => paper.say(name));
  const rows = criteria.map((one) => [
    one.isMustHave ? `${one.name} (${paper.say('mustHave')})` : one.name,
    one.baseline === null ? '' : paper.amount(one.baseline, one.unit),
    one.target === null
      ? paper.say('open')
      : paper.say(one.isAtMost ? 'atMost' : 'atLeast', { value: paper.amount(one.target, one.unit) }),
    one.measuredBy ?? '',
  ]);
  return { head, rows };
}

function commitmentTable(
  { commitments }: AgreementFacts,
  isOurs: boolean,
  paper: Writer,
): PaperSection['table'] {
  const rows = commitments
    .filter((one) => one.isOurs === isOurs)
    .map(({ name, dueOn }) => [name, paper.day(dueOn)]);
  return { head: [paper.say('commitment'), paper.say('due')], rows };
}

function priceTable({ terms }: AgreementFacts, paper: Writer): PaperSection['table'] {
  const rows = terms.map((term) => [
    term.name,
    term.amount === null
      ? paper.say('open')
      : paper.say(term.billing ?? 'One-time', {
          amount: paper.money(term.isDiscount ? -term.amount : term.amount),
        }),
    term.validTo !== null
      ? paper.day(term.validTo)
      : term.validDaysAfterEnd === null
        ? paper.say('open')
        : paper.say('afterEnd', { days: paper.number(term.validDaysAfterEnd) }),
  ]);
  return { head: [paper.say('term'), paper.say('amount'), paper.say('until')], rows };
}

class Writer {
  readonly #texts: Texts;
  readonly #locale: string;
  readonly #currency: string;

  constructor(language: PaperLanguage, currency: string) {
    this.#texts = TEXTS[language];
    this.#locale = LOCALES[language];
    this.#currency = currency;
  }

  say(name: string, values: Readonly<Record<string, string>> = {}): string {
    return (this.#texts[name] ?? name).replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
  }

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

  number(value: number): string {
    return new Intl.NumberFormat(this.#locale, { maximumFractionDigits: 2 }).format(value);
  }

  amount(value: number, unit: string | null): string {
    return unit === null ? this.number(value) : `${this.number(value)} ${unit}`;
  }

  money(value: number): string {
    const format = { style: 'currency', currency: this.#currency, maximumFractionDigits: 0 } as const;
    return new Intl.NumberFormat(this.#locale, format).format(value).replace('-', '−');
  }
}
