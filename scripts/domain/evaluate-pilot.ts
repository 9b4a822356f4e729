// The verdict on one pilot: every rule, the state they add up to, and what each of them saw.
import { addDays } from './day.ts';
import type { Evaluation, EvaluationInput, Health, PilotInput, RuleTrace, Signal } from './evaluation.ts';
import { scoredCriterion } from './criteria.ts';
import type { ScoredCriterion } from './criteria.ts';
import type { Day, PilotFacts } from './facts.ts';
import { noteOf } from './note.ts';
import { rollUp, strongestFirst } from './health.ts';
import { viewAsOf, viewNow } from './pilot-view.ts';
import type { PilotView } from './pilot-view.ts';
import { DATA_SIGNALS } from './policy-fields.ts';
import { riskOf } from './risk.ts';
import { dataSignal } from './signals/data-signal.ts';
import { hushRepeated } from './signals/hush-repeated.ts';
import { adoptionTarget } from './signals/low-adoption.ts';
import { signalOf, traceOf } from './signals/rule.ts';
import { RULES } from './signals/rules.ts';
import { summarizeUsage } from './usage-summary.ts';

/**
 * Judges a pilot from its records, its facts, the policy and the day; the same input always gives the same
 * verdict. Dates come from the facts: a rule's own date arithmetic, or the rule asked about earlier days.
 * Only where neither can tell (two records disagree since some edit) the stored since-date is kept.
 * Meant for live pilots: of any other the verdict is Unknown and nothing is said.
 */
export function evaluatePilot(input: EvaluationInput): Evaluation {
  const view = viewNow(input, scoreAll(input));
  if (view.usageSilence === 'notLive') return notLive(input, view);
  const now = sinceItBegan(input, view, judge(input, view));
  const held = now.stalledSince || now.health === 'Unknown' ? null : stillClearing(input, view);
  const { signals, ...verdict } = held ? { ...now, ...held, signals: tellClearing(now, held) } : now;
  const isSnoozed =
    isFlag(verdict.health) && input.pilot.snoozedUntil !== null && input.today <= input.pilot.snoozedUntil;
  const usage = summarizeUsage(believedFacts(input), input.pilot.startDate);
  return {
    ...flagOf(verdict.health, verdict.stalledSince, isSnoozed),
    clearSince: held?.clearSince ?? null,
    signals,
    toTidy: verdict.toTidy,
    note: noteOf(view, signals, usage, isSnoozed),
    usage,
    risk: riskOf(view),
    adoptionTarget: adoptionTarget(view),
    priceLockEnds: priceLockEnds(input.pilot),
    traces: verdict.traces,
    criteria: scoresOf(view),
  };
}

interface Verdict {
  readonly health: Health;
  readonly stalledSince: Day | null;
  readonly signals: readonly Signal[];
  readonly toTidy: readonly Signal[];
  readonly traces: readonly RuleTrace[];
}

function judge(input: EvaluationInput, view: PilotView): Verdict {
  const findings = RULES.map((rule) => {
    const isOff = input.policy.off.has(rule.code);
    const finding = rule.judge(view);
    return {
      rule,
      trace: traceOf(rule, finding, isOff),
      signal: finding.fired && !isOff ? signalOf(rule, finding.fired) : null,
    };
  });
  const told = findings.flatMap(({ signal }) => (signal ? [signal] : []));
  const { kept, hushed } = hushRepeated(told);
  const bearing = kept.filter((signal) => signal.group !== 'tidy');
  const data = view.usageSilence === 'dataProblem' ? [dataSignal(input, view.storedSince)] : [];
  const isUsageKnown =
    view.usage !== null || view.usageSilence === 'inReview' || view.usageSilence === 'noTelemetry';
  const verdict = rollUp(bearing, isUsageKnown);
  return {
    ...verdict,
    signals: verdict.stalledSince
      ? [...strongestFirst(bearing), ...data]
      : [...data, ...strongestFirst(bearing)],
    toTidy: kept.filter((signal) => signal.group === 'tidy'),
    traces: [...findings.map(({ trace }) => hushedTrace(trace, hushed)), ...dataTraces(data[0] ?? null)],
  };
}

/** A stall that one signal began and another goes on with has lasted since the first: asked of the day before it. */
function sinceItBegan(input: EvaluationInput, view: PilotView, verdict: Verdict): Verdict {
  const { stalledSince } = verdict;
  if (stalledSince === null) return verdict;
  const readOn = view.calendar.onOrBefore(addDays(stalledSince, -1));
  const before = judge(input, viewAsOf(view, view.calendar.onOrBefore(addDays(readOn, -1))));
  if (before.stalledSince === null || before.stalledSince >= stalledSince) return verdict;
  return { ...verdict, stalledSince: sinceItBegan(input, view, before).stalledSince };
}

interface Held {
  readonly health: 'Stalled';
  readonly stalledSince: Day;
  readonly clearSince: Day;
  readonly strongest: Signal;
}

/**
 * A stall clears after N clean business days as of the data. Asked anew of the facts: was the pilot stalled
 * at the end of any of the last N business days? Then it still is, and `clearSince` is the first clean one.
 */
function stillClearing(input: EvaluationInput, now: PilotView): Held | null {
  const dataTo = now.usage?.asOf ?? addDays(now.today, -1);
  let clearSince = dataTo;
  let day = now.calendar.onOrBefore(dataTo);
  for (let clean = 0; clean < input.policy.clearBusinessDays; clean += 1) {
    const then = day === dataTo ? null : judgeThen(input, now, day);
    const strongest = then?.signals[0];
    if (then?.stalledSince && strongest)
      return { health: 'Stalled', stalledSince: then.stalledSince, clearSince, strongest };
    clearSince = day;
    day = now.calendar.onOrBefore(addDays(day, -1));
  }
  return null;
}

function judgeThen(input: EvaluationInput, now: PilotView, day: Day): Verdict {
  const then = viewAsOf(now, day);
  return sinceItBegan(input, then, judge(input, then));
}

function tellClearing(now: Verdict, held: Held): readonly Signal[] {
  const values = { ...held.strongest.values, clearSince: held.clearSince };
  const clearing: Signal = {
    ...held.strongest,
    state: 'Stalled',
    since: held.stalledSince,
    values,
    variant: 'clearing',
  };
  return [clearing, ...now.signals.filter((signal) => signal.code !== clearing.code)];
}

function isFlag(health: Health): boolean {
  return health === 'Stalled' || health === 'At risk';
}

/** A snooze lowers the flag to Watch and keeps every signal; it never turns Unknown into something known. */
function flagOf(
  health: Health,
  stalledSince: Day | null,
  isSnoozed: boolean,
): Pick<Evaluation, 'health' | 'isStalled' | 'stalledSince'> {
  if (isSnoozed) return { health: 'Watch', isStalled: false, stalledSince: null };
  return { health, isStalled: health === 'Stalled', stalledSince };
}

function notLive(input: EvaluationInput, view: PilotView): Evaluation {
  const silent = { fired: false, observed: {}, threshold: {}, silentBecause: 'notLive' };
  const usage = summarizeUsage(believedFacts(input), input.pilot.startDate);
  return {
    ...flagOf('Unknown', null, false),
    clearSince: null,
    signals: [],
    toTidy: [],
    note: noteOf(view, [], usage, false),
    usage,
    risk: null,
    adoptionTarget: adoptionTarget(view),
    priceLockEnds: priceLockEnds(input.pilot),
    traces: RULES.map((rule) => ({ ...silent, code: rule.code, off: input.policy.off.has(rule.code) })),
    criteria: scoresOf(view),
  };
}

/** Stale facts are true of the days they cover; any other problem makes the numbers themselves doubtful. */
function believedFacts({ dataProblem, facts }: EvaluationInput): PilotFacts | null {
  return dataProblem && dataProblem.code !== 'DATA_STALE' ? null : facts;
}

function scoreAll(input: EvaluationInput): readonly ScoredCriterion[] {
  const { pilot, policy, today } = input;
  const facts = believedFacts(input);
  return pilot.criteria.map((criterion) => scoredCriterion({ criterion, pilot, facts, policy, today }));
}

function scoresOf(view: PilotView): Evaluation['criteria'] {
  return view.criteria.map(({ id, score }) => ({ id, score }));
}

/** The first agreed price to lapse. */
function priceLockEnds(pilot: PilotInput): Day | null {
  const agreed = pilot.terms.filter((term) => term.status === 'Agreed');
  return agreed.flatMap((term) => term.priceValidTo ?? []).toSorted()[0] ?? null;
}

function hushedTrace(trace: RuleTrace, hushed: ReadonlyMap<string, string>): RuleTrace {
  const by = hushed.get(trace.code);
  return by ? { ...trace, fired: false, silentBecause: `saidBy:${by}` } : trace;
}

function dataTraces(data: Signal | null): RuleTrace[] {
  return DATA_SIGNALS.map((code) => {
    const fired = data?.code === code;
    return {
      code,
      fired,
      off: false,
      observed: fired ? data.values : {},
      threshold: {},
      silentBecause: fired ? null : 'noProblem',
    };
  });
}
