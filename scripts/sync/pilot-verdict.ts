import { stallReason } from '../../force-app/main/default/lwc/pilotWording/pilotWording.ts';
import { ADOPTION_STAGES } from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { writeHealthLog } from '../domain/health-log.ts';
import { writeSignals } from '../domain/signals-json.ts';
import { usageSeries } from '../domain/usage-series.ts';
import type { PilotVerdict } from '../salesforce/columns.ts';
import type { EvaluatedPilot } from './evaluate-pilots.ts';
import type { PilotNetwork } from './pilot-networks.ts';
import { staleAfter } from './stale-after.ts';
import { WORDS } from './words.ts';

export interface Wording {
  readonly language: keyof typeof WORDS;
  /** ISO 4217, for pilots whose record names none. */
  readonly currency: string;
}

/** What a verdict is stored with, beside itself. */
export interface VerdictContext {
  readonly networks: ReadonlyMap<string, PilotNetwork>;
  /** Stored logs of the pilots whose health changes. */
  readonly healthLogs: ReadonlyMap<string, string | null>;
  readonly wording: Wording;
  readonly now: Date;
}

/** Whether the verdict differs from the one that the org holds; both are written together with the log of them. */
export function changesHealth({ evaluation, row }: Pick<EvaluatedPilot, 'evaluation' | 'row'>): boolean {
  return evaluation.health !== row.Health__c;
}

/** What is stored on a pilot for its evaluation, texts included. */
export function pilotVerdict(
  pilot: EvaluatedPilot,
  { networks, healthLogs, wording, now }: VerdictContext,
): PilotVerdict {
  const { evaluation, facts, input, policy, today } = pilot;
  const series = usageSeries(facts, input);
  const network = networks.get(input.id) ?? null;
  const stage = network?.network.stage.now ?? null;
  return {
    ...evaluation.usage,
    usageSeries: series?.text ?? null,
    seriesDigest: digestOf(series?.digest ?? null, network),
    network: network?.text ?? null,
    adoptionStage: stage === null ? null : ADOPTION_STAGES[stage - 1]!,
    health: evaluation.health,
    isStalled: evaluation.isStalled,
    stalledSince: evaluation.stalledSince,
    clearSince: evaluation.clearSince,
    stallReason: reasonInWords(pilot, wording),
    signals: writeSignals(evaluation),
    healthLog: changesHealth(pilot)
      ? writeHealthLog(healthLogs.get(input.id) ?? null, evaluation, today)
      : null,
    priceLockEnds: evaluation.priceLockEnds,
    toTidy: evaluation.toTidy.length,
    usageCompleteTo: facts?.completeThrough ?? null,
    riskPercent: evaluation.risk?.percent ?? null,
    staleAfter: staleAfter(facts?.completeThroughInstant ?? null, now, policy.syncIntervalHours),
  };
}

/** Either half changes alone, so that what did not change is not sent; there is no network without a series. */
function digestOf(series: string | null, network: PilotNetwork | null): string | null {
  return series === null ? null : `${series.slice(0, 32)}${network?.digest ?? ''}`;
}

/** The stored line; without the run's day, so that the same verdict gives the same line in January too. */
export function reasonInWords(
  { evaluation, row }: Pick<EvaluatedPilot, 'evaluation' | 'row'>,
  { language, currency }: Wording,
): string {
  return stallReason(evaluation, WORDS[language], language, { currency: row.CurrencyIsoCode ?? currency });
}
