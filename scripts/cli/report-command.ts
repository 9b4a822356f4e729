import { extname } from 'node:path';
import { paperHtml } from '../../force-app/main/default/lwc/pilotPaper/paper.ts';
import { findBrowser } from '../report/find-browser.ts';
import { htmlToPdf } from '../report/html-to-pdf.ts';
import { readReportFacts } from '../report/read-report-facts.ts';
import { reportMarkdown } from '../report/report-markdown.ts';
import { makeReport, REPORT_KINDS, type Report } from '../report/report-sections.ts';
import { ConfigError } from '../salesforce/pilot-error.ts';
import { dayOf } from '../sources/facts/calendar-day.ts';
import { openOrg } from '../sync/open-org.ts';
import { writeAtomically } from '../sync/write-atomically.ts';
import { EXIT } from './exit-code.ts';
import { tellResult, type OrgCommandOptions } from './tell-result.ts';

export interface ReportCommandOptions extends OrgCommandOptions {
  readonly out: string;
  readonly kind: string;
  readonly language: string;
}

const LANGUAGES = ['en', 'es'] as const;
const FORMATS = ['.pdf', '.html', '.md'] as const;

/** `pilot report PILOT --out FILE`: a document for the buyer; writes nothing into the org. */
export async function reportCommand(pilot: string, options: ReportCommandOptions): Promise<void> {
  await tellResult(options, async (orgOptions) => {
    const kind = oneOf(REPORT_KINDS, options.kind, `--kind ${options.kind}`);
    const language = oneOf(LANGUAGES, options.language, `--language ${options.language}`);
    const format = oneOf(FORMATS, extname(options.out).toLowerCase(), `The ending of --out ${options.out}`);
    // Before the org is asked: whoever lacks a browser learns it at once.
    const browser = format === '.pdf' ? await findBrowser(process.env) : null;
    const { client } = await openOrg(orgOptions);
    const facts = await readReportFacts(client, pilot);
    const report = makeReport(facts, {
      kind,
      language,
      currency: orgOptions.config.currency,
      today: dayOf(orgOptions.now, orgOptions.config.time_zone),
    });
    const bytes = browser
      ? await htmlToPdf(htmlOf(report), browser)
      : format === '.md'
        ? reportMarkdown(report.title, report.sections)
        : htmlOf(report);
    await writeAtomically(options.out, bytes, 0o644);
    const result = { pilot: facts.pilotId, kind, language, title: report.title, file: options.out };
    return { result, text: `${report.title}: ${options.out}\n`, exitCode: EXIT.good };
  });
}

function htmlOf({ title, sections, language }: Report): string {
  return paperHtml(title, sections, language);
}

function oneOf<const Value extends string>(values: readonly Value[], given: string, what: string): Value {
  const found = values.find((value) => value === given);
  if (found !== undefined) return found;
  throw new ConfigError('BAD_OPTION', `${what} is none of ${values.join(', ')}.`, {
    actions: ['For example: npx pilot report PILOT --kind readout --language en --out readout.pdf'],
  });
}
