import { format, resolveConfig } from 'prettier';
import { ALL_CASES } from './all-cases.ts';
import type { ConformanceCase, Mark } from './conformance-case.ts';

const KINDS: readonly Mark['kind'][] = ['recorded', 'documented', 'emulatorOnly', 'unknown'];

const all = Object.values(ALL_CASES).flat();
const count = (cases: readonly ConformanceCase[], kind: Mark['kind']): number =>
  cases.filter(({ mark }) => mark.kind === kind).length;

/** Cases that sync, page or installer rely on, of one kind of evidence. */
export const reliedOn = (kind: Mark['kind']): readonly ConformanceCase[] =>
  all.filter(({ mark, isReliedOn }) => isReliedOn && mark.kind === kind);

/** May only go down: a behaviour that somebody relies on should rest on more than our word. */
export const MOST_WITHOUT_EVIDENCE = 4;

/** Counts by family and mark: the first row names the columns, the last one sums. */
export function countsByFamily(): readonly (readonly (string | number)[])[] {
  const row = (name: string, cases: readonly ConformanceCase[]) => [
    name,
    ...KINDS.map((kind) => count(cases, kind)),
  ];
  return [
    ['family', ...KINDS],
    ...Object.entries(ALL_CASES).map(([family, cases]) => row(family, cases)),
    row('all', all),
  ];
}

/** COVERAGE.md, formatted as every document here: what each promised behaviour rests on. */
export async function coverageDocument(): Promise<string> {
  const options = await resolveConfig(`${import.meta.dirname}/../COVERAGE.md`);
  return format(writeDocument(), { ...options, parser: 'markdown' });
}

function writeDocument(): string {
  const [head = [], ...rows] = countsByFamily();
  return [
    '# What the local org rests on',
    '',
    'Written by `npm run conformance`; a test fails when it is out of date. Every case below is a request with its',
    'expected answer and runs in `npm test`. **recorded**: seen in traffic of a real org; **documented**: Salesforce says so;',
    '**emulatorOnly**: our own doing or common knowledge without a citable source; **unknown**: nobody has looked.',
    'A case with ● is one that the sync, the page or the installer rely on.',
    '',
    table(head),
    table(head.map(() => '---')),
    ...rows.map(table),
    '',
    ...Object.entries(ALL_CASES).flatMap(([family, cases]) => [`## ${family}`, '', ...cases.map(line), '']),
  ].join('\n');
}

const table = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const line = ({ name, mark, isReliedOn }: ConformanceCase): string =>
  `- ${isReliedOn ? '● ' : ''}${name}: **${mark.kind}** ${evidence(mark)}`.trimEnd();

/** Code spans: values hold characters that Markdown would take for its own. */
const code = (text: string): string => `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;

function evidence(mark: Mark): string {
  switch (mark.kind) {
    case 'recorded':
      return `${code(mark.value)}, ${mark.source}`;
    case 'documented':
      return `${code(mark.quote)}, <${mark.url}>`;
    case 'emulatorOnly':
      return mark.reason;
    case 'unknown':
      return '';
  }
}
