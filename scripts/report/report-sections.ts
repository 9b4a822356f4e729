// The documents for the buyer, made of the parts of the agreement and of the business case.
import {
  AGREEMENT_TEXTS,
  agreedBasics,
  commitmentSections,
  priceSection,
} from '../../force-app/main/default/lwc/pilotAgreement/agreementDocument.ts';
import {
  CASE_TEXTS,
  accessLines,
  caseSections,
  scaleSection,
} from '../../force-app/main/default/lwc/pilotBusinessCase/caseDocument.ts';
import {
  PaperWriter,
  type PaperLanguage,
  type PaperSection,
} from '../../force-app/main/default/lwc/pilotPaper/paper.ts';
import type { CriterionResult, ReportFacts } from './read-report-facts.ts';
import { recommendation } from './recommendation.ts';
import { REPORT_TEXTS } from './report-texts.ts';
import { usageSection } from './usage-section.ts';

export const REPORT_KINDS = ['readout', 'weekly', 'case'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export interface Report {
  readonly title: string;
  readonly language: PaperLanguage;
  readonly sections: readonly PaperSection[];
}

export interface ReportOptions {
  readonly kind: ReportKind;
  readonly language: PaperLanguage;
  /** ISO 4217 code, for an org with one currency. */
  readonly currency: string;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** The document of that kind: what a customer may read, and nothing of ours. */
export function makeReport(facts: ReportFacts, options: ReportOptions): Report {
  const { kind, language } = options;
  const currency = facts.currency ?? options.currency;
  const writers = {
    paper: new PaperWriter(REPORT_TEXTS, language, currency),
    agreed: new PaperWriter(AGREEMENT_TEXTS, language, currency),
    worth: new PaperWriter(CASE_TEXTS, language, currency),
  };
  const made = MAKERS[kind](facts, writers, options.today);
  return { title: `${made.title}: ${facts.agreement.name}`, language, sections: made.sections };
}

interface Writers {
  readonly paper: PaperWriter;
  readonly agreed: PaperWriter;
  readonly worth: PaperWriter;
}
type Maker = (
  facts: ReportFacts,
  writers: Writers,
  today: string,
) => { readonly title: string; readonly sections: readonly PaperSection[] };

const MAKERS: Readonly<Record<ReportKind, Maker>> = {
  readout: (facts, { paper, agreed, worth }, today) => ({
    title: paper.say('readout'),
    sections: [
      textSection(paper.say('recommendation'), [recommendation(facts, paper)]),
      resultsSection(facts.results, paper),
      ...agreedBasics(facts.agreement, agreed),
      usageSection(facts, paper),
      ...optional(worth.say('access'), accessLines(facts.access, worth, today)),
      ...optional(
        paper.say('quotes'),
        facts.quotes.map((quote) => `“${quote}”`),
      ),
      scaleSection(facts.case, worth),
      textSection(paper.say('rollout'), rolloutLines(facts, paper)),
      termsSection(facts, paper, agreed),
      textSection(paper.say('made', { day: paper.day(today) }), []),
    ],
  }),
  weekly: (facts, { paper, agreed }, today) => ({
    title: paper.say('weekly'),
    sections: [
      usageSection(facts, paper),
      resultsSection(facts.results, paper),
      ...commitmentSections(facts.agreement, agreed).map((section) =>
        section.table?.rows.length === 0 ? textSection(section.heading, [paper.say('nothingOpen')]) : section,
      ),
      ...agreedBasics(facts.agreement, agreed).slice(-1),
      textSection(paper.say('made', { day: paper.day(today) }), []),
    ],
  }),
  case: (facts, { worth }, today) => ({
    title: worth.say('title'),
    sections: caseSections(facts.case, facts.access, worth, today),
  }),
};

function textSection(heading: string, lines: readonly string[]): PaperSection {
  return { heading, lines, table: null };
}

function optional(heading: string, lines: readonly string[]): PaperSection[] {
  return lines.length > 0 ? [textSection(heading, lines)] : [];
}

function resultsSection(results: readonly CriterionResult[], paper: PaperWriter): PaperSection {
  const heading = paper.say('results');
  if (results.length === 0) return textSection(heading, [paper.say('noCriteria')]);
  const amount = (value: number | null, unit: string | null, otherwise: string): string =>
    value === null ? otherwise : paper.amount(value, unit);
  const reached = ({ actual, unit, measuredOn }: CriterionResult): string => {
    const value = amount(actual, unit, paper.say('notMeasured'));
    return actual === null || measuredOn === null
      ? value
      : paper.say('reachedOn', { value, day: paper.day(measuredOn) });
  };
  const rows = results.map((one) => [
    one.isMustHave ? `${one.name} (${paper.say('mustHave')})` : one.name,
    amount(one.baseline, one.unit, ''),
    one.target === null
      ? paper.say('open')
      : paper.say(one.isAtMost ? 'atMost' : 'atLeast', { value: paper.amount(one.target, one.unit) }),
    reached(one),
    one.actual === null ? '' : paper.say(one.isMet ? 'yes' : 'no'),
  ]);
  const head = ['criterion', 'before', 'target', 'reached', 'met'].map((name) => paper.say(name));
  return { heading, lines: [], table: { head, rows } };
}

function rolloutLines({ rolloutStartsOn, case: { assumptions } }: ReportFacts, paper: PaperWriter): string[] {
  const { enterpriseUsers } = assumptions;
  const lines = [
    rolloutStartsOn === null ? '' : paper.say('rolloutStart', { day: paper.day(rolloutStartsOn) }),
    enterpriseUsers === null ? '' : paper.say('rolloutUsers', { users: paper.number(enterpriseUsers) }),
  ].filter((line) => line !== '');
  return lines.length > 0 ? lines : [paper.say('rolloutOpen')];
}

function termsSection({ agreement }: ReportFacts, paper: PaperWriter, agreed: PaperWriter): PaperSection {
  const heading = paper.say('terms');
  return agreement.terms.length === 0
    ? textSection(heading, [paper.say('noTerms')])
    : { ...priceSection(agreement, agreed), heading };
}
