import type { ReportedPilot, SyncReport } from '../sync/sync-report.ts';

/** The report of a run as text for people: a line per pilot, then totals, rejected rows, API calls. */
export function reportText(report: SyncReport): string {
  const lines = [
    ...pilotLines(report.pilots),
    '',
    ...report.sources.map(sourceLine),
    totalsLine(report),
    ...report.left.map(({ object, name, key, outcome }) => {
      const why =
        outcome.kind === 'skipped'
          ? outcome.reason
          : outcome.kind === 'failed'
            ? `${outcome.message} → ${outcome.fix}`
            : '';
      return `  ${outcome.kind}  ${object} ${name} (${key}): ${why}`;
    }),
    ...(report.acknowledged > 0
      ? [`  ${report.acknowledged} of ${report.totals.failed} failures are acknowledged (pilot issues)`]
      : []),
    ...report.problems.flatMap(({ code, message, actions }) => [
      `${code}: ${message}`,
      ...actions.map((action) => `  → ${action}`),
    ]),
    apiLine(report),
  ];
  return `${lines.join('\n')}\n`;
}

function pilotLines(pilots: readonly ReportedPilot[]): string[] {
  const width = Math.min(44, Math.max(0, ...pilots.map((pilot) => pilot.opportunity.length)));
  return pilots.map(
    (pilot) =>
      `${pilot.opportunity.padEnd(width)}  ${pilot.health.padEnd(8)}  ${pilot.reason}  [${change(pilot)}]`,
  );
}

function change(pilot: ReportedPilot): string {
  const fields = pilot.changed.filter((name) => name !== 'Synced_At__c').length;
  if (fields === 0) return 'unchanged';
  const before =
    pilot.before === null
      ? 'first time'
      : pilot.before === pilot.health
        ? `still ${pilot.health}`
        : `was ${pilot.before}`;
  return `${before}, ${count(fields, 'field')} changed`;
}

function sourceLine(source: SyncReport['sources'][number]): string {
  const excluded = Object.values(source.excluded).reduce((sum, rows) => sum + rows, 0);
  const to =
    source.completeThrough === null
      ? 'end unknown'
      : `complete to ${source.completeThrough.slice(0, 16).replace('T', ' ')} UTC`;
  const parts = [
    `${count(source.read, 'row')} read`,
    `${number(source.accepted)} accepted`,
    `${number(source.rejected)} rejected`,
  ];
  if (excluded > 0) parts.push(`${number(excluded)} excluded`);
  const first = source.rejectedSample[0];
  const where = first
    ? `\n  first rejected: ${first.file}:${first.line} ${first.reason}; all in ${source.rejectFile ?? '(not kept)'}`
    : '';
  const unlinked =
    source.unlinked.length > 0
      ? `\n  not linked: ${source.unlinked
          .slice(0, 5)
          .map((key) => key.key)
          .join(', ')}${source.unlinked.length > 5 ? ` and ${source.unlinked.length - 5} more` : ''}`
      : '';
  return `Usage of ${source.source}: ${parts.join(', ')}; ${to}${where}${unlinked}`;
}

function totalsLine({ totals, isDryRun, byObject }: SyncReport): string {
  const { created, updated, unchanged, skipped, failed } = totals;
  const would = isDryRun ? 'Would be: ' : '';
  const objects = Object.entries(byObject)
    .map(([object, of]) => `${object} ${of.created + of.updated}`)
    .join(', ');
  return `${would}${number(created)} created, ${number(updated)} updated, ${number(unchanged)} unchanged, ${number(skipped)} skipped, ${number(failed)} failed (written: ${objects || 'nothing'})`;
}

function apiLine({ apiCalls, apiUsage, seconds, orgId, instanceUrl }: SyncReport): string {
  const used = apiUsage === null ? '' : `; ${number(apiUsage.used)} of ${number(apiUsage.limit)} used today`;
  return `${count(apiCalls, 'API call')} to ${instanceUrl} (${orgId}) in ${seconds} s${used}`;
}

function count(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
