// The one-page pilot agreement as sections. No runtime imports: the page and the command line make the same paper.
import type { PaperLanguage, PaperSection, PaperTexts, PaperWriter } from '../pilotPaper/paper.ts';

export interface AgreementFacts {
  readonly name: string;
  readonly customer: string | null;
  readonly vendor: string | null;
  readonly type: string | null;
  readonly department: string | null;
  readonly scope: string | null;
  readonly users: number | null;
  /** What is kept small: `Users`, `Features`, `Both` or `None`. */
  readonly restriction: string | null;
  readonly gatedFeatures: string | null;
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

export const AGREEMENT_TEXTS: Readonly<Record<PaperLanguage, PaperTexts>> = {
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
    everybody: 'Open to everybody at the customer; no number of users is agreed',
    gated: 'Features that stay closed until conversion: {features}',
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
    everybody: 'Abierto a todos en el cliente; no se acuerda un número de usuarios',
    gated: 'Funciones que permanecen cerradas hasta la conversión: {features}',
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
export function agreementTitle({ name }: AgreementFacts, paper: PaperWriter): string {
  return `${paper.say('title')}: ${name}`;
}

/** Everything that both sides agree on, and nothing that is only ours: no health, doubts, notes or stage. */
export function agreementSections(facts: AgreementFacts, paper: PaperWriter, today: string): PaperSection[] {
  return [
    ...agreedBasics(facts, paper),
    { heading: paper.say('criteria'), lines: [], table: criteriaTable(facts, paper) },
    ...commitmentSections(facts, paper),
    priceSection(facts, paper),
    {
      heading: paper.say('signatures'),
      lines: [
        paper.say('signature', { party: facts.customer ?? paper.say('customer') }),
        paper.say('signature', { party: facts.vendor ?? paper.say('vendor') }),
        paper.say('made', { day: paper.day(today) }),
      ],
      table: null,
    },
  ];
}

/** Who, what and when, as every paper of a pilot begins. */
export function agreedBasics(facts: AgreementFacts, paper: PaperWriter): PaperSection[] {
  return [
    { heading: paper.say('who'), lines: people(facts, paper), table: null },
    { heading: paper.say('what'), lines: subject(facts, paper), table: null },
    { heading: paper.say('when'), lines: schedule(facts, paper), table: null },
  ];
}

/** What the customer does, then what the provider does. */
export function commitmentSections(facts: AgreementFacts, paper: PaperWriter): PaperSection[] {
  return [
    { heading: paper.say('theirs'), lines: [], table: commitmentTable(facts, false, paper) },
    { heading: paper.say('ours'), lines: [], table: commitmentTable(facts, true, paper) },
  ];
}

export function priceSection(facts: AgreementFacts, paper: PaperWriter): PaperSection {
  return { heading: paper.say('price'), lines: [], table: priceTable(facts, paper) };
}

function people(facts: AgreementFacts, paper: PaperWriter): string[] {
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

function subject(facts: AgreementFacts, paper: PaperWriter): string[] {
  const { type, department, users, scope } = facts;
  const kind = type === null ? null : paper.say(type);
  const isCapped = users !== null && facts.restriction !== 'Features';
  const amount = isCapped ? paper.say('users', { users: paper.number(users) }) : null;
  const about = [kind, department, amount].filter((part) => part !== null).join(' · ');
  return [about || paper.say('open'), ...(scope === null ? [] : [scope]), ...limits(facts, paper)];
}

/** What keeps the risk of the pilot small where features are kept back instead of users, or beside them. */
function limits({ restriction, gatedFeatures }: AgreementFacts, paper: PaperWriter): string[] {
  if (restriction !== 'Features' && restriction !== 'Both') return [];
  const gated = paper.say('gated', { features: gatedFeatures ?? paper.say('open') });
  return restriction === 'Features' ? [paper.say('everybody'), gated] : [gated];
}

function schedule(facts: AgreementFacts, paper: PaperWriter): string[] {
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

function criteriaTable({ criteria }: AgreementFacts, paper: PaperWriter): PaperSection['table'] {
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
  paper: PaperWriter,
): PaperSection['table'] {
  const rows = commitments
    .filter((one) => one.isOurs === isOurs)
    .map(({ name, dueOn }) => [name, paper.day(dueOn)]);
  return { head: [paper.say('commitment'), paper.say('due')], rows };
}

function priceTable({ terms }: AgreementFacts, paper: PaperWriter): PaperSection['table'] {
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
