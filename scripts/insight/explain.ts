// `pilot explain`: why a pilot has its verdict. Reads the org and the usage as the sync does and writes nothing.
import type { NetworkChampion } from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { wordSignal } from '../../force-app/main/default/lwc/pilotWording/pilotWording.ts';
import type { EvaluationInput, Health, Risk, RuleTrace, UsageSummary } from '../domain/evaluation.ts';
import type { Day } from '../domain/facts.ts';
import { connect, type ConnectOptions } from '../salesforce/connect.ts';
import { FatalError, type PilotError } from '../salesforce/pilot-error.ts';
import { checkOrg } from '../sync/check-org.ts';
import type { EvaluatedPilot } from '../sync/evaluate-pilots.ts';
import { judgeOrg, type JudgedOrg } from '../sync/judge-org.ts';
import { reasonInWords } from '../sync/pilot-verdict.ts';
import type { Progress } from '../sync/progress.ts';
import type { SyncConfig } from '../sync/sync-config.ts';
import { wholeRunFailure } from '../sync/whole-run-failure.ts';
import { WORDS } from '../sync/words.ts';
import { championMatch, type ChampionMatch } from './champion-match.ts';
import { findPilot } from './find-pilot.ts';
import { silenceInWords } from './silence-words.ts';
import { spreadInWords, type SpreadWords } from './spread-words.ts';
import { verdictChanges, type VerdictChange } from './verdict-changes.ts';

export interface ExplainOptions {
  /** Id or name. */
  readonly pilot: string;
  readonly config: SyncConfig;
  readonly login: ConnectOptions;
  readonly now: Date;
  readonly secret: string;
  readonly progress: Progress;
}

/** One rule's reckoning with its words. */
export interface ExplainedRule extends Omit<RuleTrace, 'silentBecause'> {
  /** What a rule that fired says; null for a silent one. */
  readonly said: {
    readonly state: Health;
    readonly since: Day;
    readonly evidence: string;
    readonly nextStep: string;
  } | null;
  /** Why a rule is silent, in words; null for one that fired. */
  readonly silentBecause: string | null;
}

export interface Explanation {
  readonly pilot: {
    readonly id: string;
    readonly name: string;
    readonly opportunity: string;
    readonly type: string | null;
    readonly status: string;
    readonly start: Day | null;
    readonly end: Day | null;
    readonly licensedUsers: number | null;
    readonly region: string | null;
    readonly rhythm: string | null;
  };
  readonly champion: ChampionMatch;
  readonly today: Day;
  /** Last day that the usage data completely cover; null when unknown. */
  readonly dataTo: Day | null;
  readonly health: Health;
  readonly reason: string;
  /** What the org holds from the last sync; null for a pilot never judged. */
  readonly storedHealth: string | null;
  readonly usage: UsageSummary;
  /** Null where the data know no people, or cannot be believed. */
  readonly spread: (SpreadWords & { readonly champions: readonly NetworkChampion[] }) | null;
  readonly links: readonly { readonly source: string; readonly key: string }[];
  readonly risk: Risk | null;
  readonly rules: readonly ExplainedRule[];
  readonly changes: readonly VerdictChange[];
}

/** Explains one live pilot. Rejects with a PilotError when it is unknown or cannot be judged. */
export async function explainPilot(options: ExplainOptions): Promise<Explanation> {
  try {
    return await explain(options);
  } catch (error) {
    throw wholeRunFailure(error);
  }
}

async function explain({ pilot: asked, login, ...options }: ExplainOptions): Promise<Explanation> {
  const { config, progress } = options;
  progress.stage('connect');
  const targetOrg = login.targetOrg ?? config.salesforce.target_org;
  const { client, orgId } = await connect({ ...login, targetOrg });
  progress.stage('preflight');
  await checkOrg(client, orgId, config.salesforce.org_id, config.opportunity_fields);
  const judged = await judgeOrg(client, { ...options, acceptMassChange: false });
  const { row } = await findPilot(client, judged.read, asked);
  const pilot = judged.evaluations.pilots.find((one) => one.row.Id === row.Id);
  if (!pilot) throw notJudged(judged, row.Id);
  return explanation(pilot, judged, config);
}

function notJudged({ read, links, usage }: JudgedOrg, id: string): PilotError {
  const pilot = read.find((one) => one.row.Id === id)!;
  if ('problem' in pilot) {
    const { code, message, fix } = pilot.problem;
    return new FatalError(code, `${pilot.row.Name} cannot be judged: ${message}`, { actions: [fix] });
  }
  const sources = links.links.filter(({ pilotId }) => pilotId === id).map(({ source }) => source);
  const failure = sources.flatMap((source) => usage.failures.get(source) ?? [])[0];
  if (failure) return failure;
  return new FatalError('UNEXPECTED', `${pilot.row.Name} was not judged.`, {
    actions: ['Report this message.'],
  });
}

function explanation(
  judged: EvaluatedPilot,
  { links, networks }: JudgedOrg,
  config: SyncConfig,
): Explanation {
  const { row, input, policy, facts, dataProblem, today, evaluation } = judged;
  const network = networks.get(row.Id)?.network;
  const asked: EvaluationInput = { pilot: input, facts, dataProblem, policy, today };
  return {
    pilot: {
      id: row.Id,
      name: row.Name,
      opportunity: row.Opportunity__r.Name,
      type: input.type,
      status: input.status,
      start: input.startDate,
      end: input.endDate,
      licensedUsers: input.licensedUsers ?? input.plannedUsers,
      region: input.holidayRegion,
      rhythm: input.rhythm,
    },
    champion: championMatch(input.champion, facts),
    today,
    dataTo: facts?.completeThrough ?? null,
    health: evaluation.health,
    reason: reasonInWords(judged, config),
    storedHealth: row.Health__c,
    usage: evaluation.usage,
    spread: network
      ? { ...spreadInWords(network, config.language, today), champions: network.champions }
      : null,
    links: links.links
      .filter(({ pilotId }) => pilotId === row.Id)
      .map(({ source, key }) => ({ source, key })),
    risk: evaluation.risk,
    rules: explainedRules(judged, config),
    changes: verdictChanges(asked, evaluation),
  };
}

function explainedRules({ evaluation, row, today }: EvaluatedPilot, config: SyncConfig): ExplainedRule[] {
  const signals = [...evaluation.signals, ...evaluation.toTidy];
  const options = { today, currency: row.CurrencyIsoCode ?? config.currency };
  return evaluation.traces.map((trace) => {
    const signal = signals.find(({ code }) => code === trace.code);
    const silentBecause = trace.silentBecause === null ? null : silenceInWords(trace.silentBecause);
    if (!signal) return { ...trace, said: null, silentBecause };
    const { evidence, nextStep } = wordSignal(signal, WORDS[config.language], config.language, options);
    const { state, since } = signal;
    return { ...trace, said: { state, since, evidence, nextStep }, silentBecause };
  });
}
