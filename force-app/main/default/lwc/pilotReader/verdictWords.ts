// How a pilot stands, in the reader's words: the page's header and every list say the same.
import type { ClosedDeal, Ending, Health, Pilot } from 'c/pilotRecord';
import type { WordableSignal } from 'c/pilotWording';
import { dayIn } from './days';
import { sayTo, todayOf } from './say';
import type { Reader, Say, Values } from './say';
import { signalWords, stateWord } from './signalWords';

export interface VerdictWords {
  readonly icon: string;
  readonly tone: string;
  /** "Stalled since 3 Nov" */
  readonly headline: string;
  /** "None of 25 users active since Mon 19 Oct." */
  readonly evidence: string;
  /** "Ask Priya Shah (champion) what changed."; empty when nothing is to be done. */
  readonly next: string;
  /** Signals beyond the strongest. */
  readonly others: number;
  /** Things to tidy; 0 while the data are too old to be believed. */
  readonly toTidy: number;
}

// Shape and word carry the state; the tone only repeats it.
const LOOKS: Readonly<Record<Health, { readonly icon: string; readonly tone: string }>> = {
  'On track': { icon: 'utility:success', tone: 'success' },
  Watch: { icon: 'utility:preview', tone: '' },
  'At risk': { icon: 'utility:warning', tone: 'warning' },
  Stalled: { icon: 'utility:stop', tone: 'error' },
  Unknown: { icon: 'utility:help', tone: '' },
};
const CLOSED_LOOK = { icon: 'utility:lock', tone: '' };

type Verdict = Pick<VerdictWords, 'headline' | 'evidence' | 'next' | 'others'>;

/** The state of a pilot and its strongest reason, for one reader at one moment. */
export function verdictWords(pilot: Pilot, reader: Reader): VerdictWords {
  const say = sayTo(reader);
  const closed = closedVerdict(pilot, say);
  if (closed) return { ...CLOSED_LOOK, ...closed, next: '', others: 0, toTidy: 0 };
  const toTidy = isStale(pilot) ? 0 : (pilot.signals?.toTidy.length ?? 0);
  return { ...LOOKS[pilot.health], ...verdictOf(pilot, reader, say), toTidy };
}

/** Closing the pilot or its deal ends every flag at once, whatever the sync found before, or never saw. */
function closedVerdict(
  { ending, closedDeal, mayChange }: Pilot,
  say: Say,
): Pick<Verdict, 'headline' | 'evidence'> | null {
  if (ending) {
    const evidence = ending.outcome === null ? '' : say('Pilot_Decision_decided');
    return { headline: endedHeadline(ending, say), evidence };
  }
  if (!closedDeal) return null;
  return { headline: say('Pilot_Head_deal_closed'), evidence: mayChange ? toRecord(closedDeal, say) : '' };
}

function endedHeadline({ outcome, isOutcomeHidden, decidedOn }: Ending, say: Say): string {
  if (outcome === null)
    return say(isOutcomeHidden ? 'Pilot_Landscape_outcome_hidden' : 'Pilot_Landscape_no_outcome');
  return decidedOn === null ? outcome : say('Pilot_Head_decided', { outcome, day: decidedOn });
}

/** "Closed Won on 12 Dec: record the pilot as converted?" */
function toRecord({ isWon, closedOn }: ClosedDeal, say: Say): string {
  if (closedOn === null) return '';
  return say(isWon ? 'Pilot_Decision_won' : 'Pilot_Decision_lost', { date: closedOn });
}

function verdictOf(pilot: Pilot, reader: Reader, say: Say): Verdict {
  const today = todayOf(reader);
  const state = stateWord(pilot.health, say);
  const plain = (label: string, values: Values = {}): Verdict => {
    return { headline: state, evidence: upperFirst(say(label, values), reader.locale), next: '', others: 0 };
  };
  if (pilot.isVerdictHidden) return plain('Pilot_Head_hidden');
  if (pilot.healthStored === null) return plain('Pilot_Head_not_judged');
  if (isStale(pilot)) return fromSignal(staleSignal(pilot, today, reader.timeZone), 0, reader);
  if (pilot.signals === null) return plain('Pilot_Head_unreadable');
  const [strongest, ...others] = pilot.signals.signals;
  const isSnoozed = pilot.snoozedUntil !== null && pilot.snoozedUntil >= today;
  const snoozed = isSnoozed ? say('Pilot_Headline_snoozed', { state, until: pilot.snoozedUntil }) : null;
  if (!strongest) {
    const quiet = plain(...noteOf(pilot, reader));
    return { ...quiet, headline: snoozed ?? quiet.headline };
  }
  const since = pilot.health === 'Stalled' ? (pilot.stalledSince ?? strongest.since) : strongest.since;
  const verdict = fromSignal({ ...strongest, state: pilot.health, since }, others.length, reader);
  return { ...verdict, headline: snoozed ?? verdict.headline };
}

function fromSignal(signal: WordableSignal, others: number, reader: Reader): Verdict {
  const { headline, evidence, nextStep } = signalWords(signal, reader);
  return { headline, evidence, next: nextStep, others };
}

/** The record was judged once, but its data are too old to be believed now. */
function isStale({ health, healthStored, staleAfter }: Pilot): boolean {
  return health === 'Unknown' && healthStored !== null && healthStored !== 'Unknown' && staleAfter !== null;
}

function staleSignal(pilot: Pilot, today: string, timeZone: string): WordableSignal {
  const after = pilot.staleAfter === null ? NaN : Date.parse(pilot.staleAfter);
  return {
    code: 'DATA_STALE',
    variant: pilot.usageCompleteTo === null ? 'never' : null,
    state: 'Unknown',
    since: Number.isNaN(after) ? today : dayIn(new Date(after), timeZone),
    values: { dataEnd: pilot.usageCompleteTo },
  };
}

/** What to say of a pilot of which no signal speaks; a note of a newer sync is left out, not guessed at. */
function noteOf({ signals }: Pilot, { words }: Reader): [label: string, values: Values] {
  const { key, values } = signals?.note ?? { key: 'quiet', values: {} };
  const label = `Pilot_Note_${key}`;
  return words[label] === undefined ? ['Pilot_Note_quiet', {}] : [label, values];
}

function upperFirst(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
