// Does it help to know how a pilot spreads? The same prediction with and without it, on projects that neither has seen.
import { businessCalendar } from '../domain/business-calendar.ts';
import { evaluatePilot } from '../domain/evaluate-pilot.ts';
import { spreadOf } from '../domain/network/spread.ts';
import { seededRandom } from '../insight/simulation/random.ts';
import { averagePrecision, f1, flagScore } from './activity-scores.ts';
import { bootstrap, type Interval } from './bootstrap.ts';
import { brierScore, fifths } from './held-out.ts';
import { fitRidge, type Sample } from './logistic.ts';
import type { JudgedPilot } from './run-activity.ts';

type Outcome = JudgedPilot & { readonly died: boolean };
type Asked = NonNullable<JudgedPilot['asked']>;

const SEED = 20_261_122;

/** What of the spread is asked about, each as one number. */
const ASPECTS = ['departments', 'newcomers', 'invitations'] as const;
type Aspect = (typeof ASPECTS)[number];

interface Case {
  readonly key: string;
  readonly died: boolean;
  readonly usage: number;
  readonly spread: Readonly<Record<Aspect, number>>;
  readonly namesInviters: boolean;
}

/** Whether spread improves the prediction over usage alone, and what watching the key inviter does to the flags. */
export function spreadLines(pilots: readonly Outcome[]): string[] {
  const cases = pilots.flatMap((pilot) => caseOf(pilot));
  const named = cases.filter(({ namesInviters }) => namesInviters).length;
  const alone = predictions(cases, []);
  return [
    `Spread beside usage (${cases.length} pilots, ${named} of them name inviters), fitted without the fifth of the projects that is scored:`,
    `  usage alone: average precision ${precision(alone).toFixed(3)}, Brier score ${brierScore(alone).toFixed(4)}`,
    ...[ASPECTS, ...ASPECTS.map((aspect) => [aspect])].map((aspects) => comparedLine(cases, alone, aspects)),
    ...inviterLines(pilots),
  ];
}

function caseOf({ key, died, asked }: Outcome): Case[] {
  if (!asked?.risk || !asked.facts) return [];
  const calendar = businessCalendar({
    region: asked.pilot.holidayRegion,
    closedDays: asked.pilot.closedDays,
    incompleteDays: asked.facts.incompleteDays,
  });
  const spread = spreadOf(asked.facts, asked.pilot.startDate, calendar);
  const lately = spread?.newWeekly.slice(-4).reduce((sum, count) => sum + count, 0) ?? 0;
  const departments = spread?.departments.filter(({ active }) => active > 0).length ?? 0;
  return [
    {
      key,
      died,
      usage: asked.risk.logit,
      spread: {
        departments: Math.log(departments + 0.5),
        newcomers: Math.log(lately + 0.5),
        invitations: (spread?.invitations?.sharePercent ?? 0) / 100,
      },
      namesInviters: Boolean(spread?.invitations),
    },
  ];
}

interface Predicted {
  readonly risk: number;
  readonly died: boolean;
}

function predictions(cases: readonly Case[], aspects: readonly Aspect[]): Predicted[] {
  const folds = fifths(cases.map(({ key }) => key));
  const samples = cases.map(({ usage, spread, died }): Sample => ({
    inputs: [usage, ...aspects.map((aspect) => spread[aspect])],
    died,
  }));
  const fits = new Map(
    [...new Set(folds)].map((fold) => [fold, fitRidge(samples.filter((_, at) => folds[at] !== fold))]),
  );
  return samples.map(({ inputs, died }, at) => ({ risk: fits.get(folds[at]!)!(inputs), died }));
}

function comparedLine(
  cases: readonly Case[],
  alone: readonly Predicted[],
  aspects: readonly Aspect[],
): string {
  const pairs = predictions(cases, aspects).map((other, at) => ({ alone: alone[at]!, spread: other }));
  const difference = (measure: (list: readonly Predicted[]) => number): Interval =>
    bootstrap(
      pairs,
      (drawn) => measure(drawn.map((pair) => pair.spread)) - measure(drawn.map((pair) => pair.alone)),
      seededRandom(SEED),
    );
  const [ranks, misses] = [difference(precision), difference(brierScore)];
  return `  with ${aspects.join(', ')}: average precision ${signed(ranks, 3)}, Brier score ${signed(misses, 4)}: ${verdict(misses)}`;
}

function precision(list: readonly Predicted[]): number {
  return averagePrecision(list.map(({ risk, died }) => ({ score: risk, died }))) ?? 0;
}

function verdict({ low, high }: Interval): string {
  if (high < 0) return 'spread helps';
  return low > 0 ? 'spread harms' : 'no help is shown';
}

function signed({ value, low, high }: Interval, digits: number): string {
  const text = (number: number): string => `${number < 0 ? '' : '+'}${number.toFixed(digits)}`;
  return `${text(value)} [${text(low)} to ${text(high)}]`;
}

/** The flags with the data's inviters, against the same data without them: what KEY_USER_AWAY makes of inviters. */
function inviterLines(pilots: readonly Outcome[]): string[] {
  const judged = pilots.flatMap(({ asked, died }) =>
    asked ? [{ died, with: isFlagged(asked), without: isFlagged(withoutInviters(asked)) }] : [],
  );
  const changed = judged.filter((pilot) => pilot.with !== pilot.without).length;
  const score = (side: 'with' | 'without') => (drawn: typeof judged) =>
    f1(flagScore(drawn.map((pilot) => ({ isFlagged: pilot[side], died: pilot.died }))));
  const difference = bootstrap(
    judged,
    (drawn) => score('with')([...drawn]) - score('without')([...drawn]),
    seededRandom(SEED),
  );
  return [
    `  the key inviter watched by KEY_USER_AWAY: ${changed} of ${judged.length} flags differ, F1 of At risk or Stalled ${signed(difference, 3)}`,
  ];
}

function isFlagged(asked: Asked): boolean {
  const { health } = evaluatePilot(asked);
  return health === 'Stalled' || health === 'At risk';
}

function withoutInviters(asked: Asked): Asked {
  if (!asked.facts) return asked;
  const users = asked.facts.users.map((user) => ({ ...user, invitedBy: null }));
  return { ...asked, facts: { ...asked.facts, users } };
}
