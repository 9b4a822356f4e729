import type { RunReport } from './run-report.ts';
import type { RunWatch } from './run-watch.ts';

type Labels = Readonly<Record<string, string>>;
interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/**
 * A run as Prometheus text (exposition format 0.0.4) for the node exporter's textfile collector. All are gauges: a
 * file tells how the last run was. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function metricsText(report: RunReport, watch: RunWatch, finishedAt: Date): string {
  const families = [
    family('last_run_timestamp_seconds', 'When the last run ended.', [{ value: seconds(finishedAt) }]),
    family('last_run_exit_code', 'Exit code of the last run; 0 and 1 have written.', [
      { value: report.exitCode },
    ]),
    family(
      'last_success_timestamp_seconds',
      'When a run last ended with exit code 0 or 1.',
      instant(watch.lastSuccessAt),
    ),
    family('failures_in_a_row', 'Runs that ended with exit code 2 or 3 since the last one that did not.', [
      { value: watch.failuresInARow },
    ]),
    ...(report.outcome === 'Failed' ? [] : endedFamilies(report)),
  ];
  return families.join('');
}

function endedFamilies(report: Exclude<RunReport, { outcome: 'Failed' }>): string[] {
  const health = Map.groupBy(report.pilots, (pilot) => pilot.health);
  return [
    family('duration_seconds', 'How long the last run took.', [{ value: report.seconds }]),
    family('api_calls', 'Requests that the last run sent to the org.', [{ value: report.apiCalls }]),
    family(
      'pilots',
      'Pilots judged by the last run, by health.',
      [...health].map(([name, pilots]) => ({ labels: { health: name }, value: pilots.length })),
    ),
    family('pilots_newly_stalled', 'Pilots that the last run flagged.', [
      { value: report.pilots.filter((pilot) => pilot.isNewlyStalled).length },
    ]),
    family(
      'records',
      'Records of the last run by object and outcome.',
      Object.entries(report.byObject).flatMap(([object, totals]) =>
        Object.entries(totals).map(([outcome, value]) => ({ labels: { object, outcome }, value })),
      ),
    ),
    family('records_acknowledged', 'Failed records of the last run whose issue somebody acknowledged.', [
      { value: report.acknowledged },
    ]),
    family(
      'usage_rows',
      'Usage rows that the last run read, by source and result.',
      report.sources.flatMap(({ source, accepted, rejected, excluded }) => [
        { labels: { source, result: 'accepted' }, value: accepted },
        { labels: { source, result: 'rejected' }, value: rejected },
        {
          labels: { source, result: 'excluded' },
          value: Object.values(excluded).reduce((sum, rows) => sum + rows, 0),
        },
      ]),
    ),
    family(
      'usage_complete_through_timestamp_seconds',
      'Up to when a source is complete.',
      report.sources.flatMap(({ source, completeThrough }) =>
        instant(completeThrough).map(({ value }) => ({ labels: { source }, value })),
      ),
    ),
  ];
}

function family(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const full = `pilot_sync_${name}`;
  const lines = samples.map(({ labels = {}, value }) => `${full}${labelText(labels)} ${value}`);
  return [`# HELP ${full} ${help}`, `# TYPE ${full} gauge`, ...lines, ''].join('\n');
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function instant(iso: string | null): Sample[] {
  return iso === null ? [] : [{ value: seconds(new Date(iso)) }];
}

function seconds(date: Date): number {
  return Math.round(date.getTime() / 1000);
}
