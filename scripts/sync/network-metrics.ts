// Invitations sent and attempts at gated features are counted by the engine like any metric, under names of their own.
import type { NetworkGated } from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import type { PilotFacts } from '../domain/facts.ts';
import type { SourceConfig } from '../sources/source-config.ts';
import { OWN_METRIC, type MetricDefinition } from '../sources/metric-definition.ts';
import type { NetworkConfig } from './network-config.ts';

const SENT = `${OWN_METRIC}invitations_sent`;
const ATTEMPTS = `${OWN_METRIC}gated_attempts`;
const ATTEMPTING_USERS = `${OWN_METRIC}gated_users`;

/** What a source is asked beside the configured metrics: nothing unless events are named, and the source has events. */
export function networkMetrics(config: NetworkConfig, source: SourceConfig): MetricDefinition[] {
  const { columns } = source;
  if (columns.event === undefined) return [];
  const named = (events: readonly string[]): MetricDefinition['where'] => [
    { column: 'event', op: 'in', value: [...events] },
  ];
  const { invitation_events: invitations, gated_events: gated } = config;
  return [
    ...(invitations.length === 0
      ? []
      : [{ name: SENT, fn: 'count', where: named(invitations) } satisfies MetricDefinition]),
    ...(gated.length === 0
      ? []
      : [{ name: ATTEMPTS, fn: 'count', where: named(gated) } satisfies MetricDefinition]),
    ...(gated.length === 0 || columns.user_id === undefined
      ? []
      : [
          {
            name: ATTEMPTING_USERS,
            fn: 'distinct',
            column: 'user_id',
            where: named(gated),
          } satisfies MetricDefinition,
        ]),
  ];
}

/** The counts out of a pilot's facts; null where they are not asked for, or come from sources that cannot be added up. */
export function networkCounts(
  { metrics }: PilotFacts,
  config: NetworkConfig,
): { readonly sent: number | null; readonly gated: NetworkGated | null } {
  const value = (name: string, window: 'Whole pilot' | 'Last 28 days'): number | null =>
    metrics.find((metric) => metric.metric === name && metric.window === window)?.value ?? null;
  return {
    sent: value(SENT, 'Whole pilot'),
    gated:
      config.gated_events.length === 0
        ? null
        : {
            attempts: value(ATTEMPTS, 'Whole pilot'),
            lately: value(ATTEMPTS, 'Last 28 days'),
            users: value(ATTEMPTING_USERS, 'Whole pilot'),
          },
  };
}
