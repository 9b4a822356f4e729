// The reasons in lines: no DOM.
import { sayTo, signalWords } from 'c/pilotReader';
import type { Reader } from 'c/pilotReader';
import type { StoredSignal, StoredSignals } from 'c/pilotRecord';

export interface SignalView {
  readonly key: string;
  /** "At risk since 1 Aug" */
  readonly headline: string;
  readonly evidence: string;
  readonly next: string;
  /** Who is asked to act. */
  readonly owner: string;
}

export interface SignalsView {
  readonly reasons: readonly SignalView[];
  readonly toTidy: readonly SignalView[];
}

const OWNERS = ['rep', 'success manager', 'sales engineer', 'operations', 'admin'];

/** Words for all stored signals, strongest first. */
export function signalsView({ signals, toTidy }: StoredSignals, reader: Reader): SignalsView {
  const view = (signal: StoredSignal, index: number): SignalView => signalView(signal, index, reader);
  return { reasons: signals.map(view), toTidy: toTidy.map(view) };
}

function signalView(signal: StoredSignal, index: number, reader: Reader): SignalView {
  const { headline, evidence, nextStep } = signalWords(signal, reader);
  const owner = OWNERS.includes(signal.owner)
    ? sayTo(reader)(`Pilot_Owner_${signal.owner.replaceAll(' ', '_')}`)
    : '';
  return { key: `${signal.code}-${index}`, headline, evidence, next: nextStep, owner };
}
