// The reasons in lines: no DOM.
import { sayTo, signalWords, stateWord } from 'c/pilotReader';
import type { Reader, Say } from 'c/pilotReader';
import type { HealthChange, StoredSignal, StoredSignals } from 'c/pilotRecord';

export interface SignalView {
  readonly key: string;
  /** "At risk since 1 Aug" */
  readonly headline: string;
  readonly evidence: string;
  readonly next: string;
  /** Who is asked to act. */
  readonly owner: string;
  /** What would make it go away; empty for paperwork, which goes when it is done. */
  readonly clears: string;
}

export interface SignalsView {
  readonly reasons: readonly SignalView[];
  readonly toTidy: readonly SignalView[];
}

export interface ChangeView {
  readonly key: number;
  /** "3 Nov: Stalled (no usage, terms not ready)" */
  readonly line: string;
}

const OWNERS = ['rep', 'success manager', 'sales engineer', 'operations', 'admin'];

/** Words for all stored signals, strongest first. */
export function signalsView({ signals, toTidy }: StoredSignals, reader: Reader): SignalsView {
  const view = (signal: StoredSignal, index: number): SignalView => signalView(signal, index, reader);
  return { reasons: signals.map(view), toTidy: toTidy.map(view) };
}

/** How the health changed, newest first. */
export function historyView(log: readonly HealthChange[], reader: Reader): ChangeView[] {
  const say = sayTo(reader);
  return log.map(({ day, health, codes }, key) => {
    const state = stateWord(health, say);
    const reasons = codes.map((code) => codeName(code, reader, say)).join(', ');
    const label = reasons === '' ? 'Pilot_Signals_change' : 'Pilot_Signals_change_reasons';
    return { key, line: say(label, { day, state, reasons }) };
  });
}

/** "no usage"; the code itself for one that a newer sync wrote. */
export function codeName(code: string, { words }: Reader, say: Say): string {
  return words[`Pilot_Code_${code}`] === undefined ? code : say(`Pilot_Code_${code}`);
}

function signalView(signal: StoredSignal, index: number, reader: Reader): SignalView {
  const { headline, evidence, nextStep } = signalWords(signal, reader);
  const say = sayTo(reader);
  const owner = OWNERS.includes(signal.owner) ? say(`Pilot_Owner_${signal.owner.replaceAll(' ', '_')}`) : '';
  const label = `Pilot_Clear_${signal.code}`;
  const clears = reader.words[label] === undefined ? '' : say(label);
  return { key: `${signal.code}-${index}`, headline, evidence, next: nextStep, owner, clears };
}
