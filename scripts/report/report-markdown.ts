import type {
  PaperChart,
  PaperSection,
  PaperTable,
} from '../../force-app/main/default/lwc/pilotPaper/paper.ts';

/** A document as GitHub-flavoured Markdown; a chart becomes a list of its bars. Every text is escaped. */
export function reportMarkdown(title: string, sections: readonly PaperSection[]): string {
  const parts = sections.flatMap(({ heading, lines, table, chart }) => [
    `## ${escapeMarkdown(heading)}`,
    ...lines.map(escapeMarkdown),
    ...(table ? [tableMarkdown(table)] : []),
    ...(chart ? [chartMarkdown(chart)] : []),
  ]);
  return `${[`# ${escapeMarkdown(title)}`, ...parts].join('\n\n')}\n`;
}

function tableMarkdown({ head, rows }: PaperTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

function chartMarkdown({ title, bars }: PaperChart): string {
  const lines = bars.map(({ label, text }) => `- ${escapeMarkdown(label)}: ${escapeMarkdown(text)}`);
  return [escapeMarkdown(title), '', ...lines].join('\n');
}

/** Plain text as Markdown that shows just that, on one line: no markup, no HTML, no list or heading at its start. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>#|~&]/g, '\\$&')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}
