// A signal in the reader's words.
import { wordSignal } from 'c/pilotWording';
import type { SignalWords, WordableSignal } from 'c/pilotWording';
import { sayTo, wordingOptions } from './say';
import type { Reader, Say } from './say';

/** A signal in words. One that a newer sync wrote is named by its code: left out, it would look like health. */
export function signalWords(signal: WordableSignal, reader: Reader): SignalWords {
  const { words, locale: language } = reader;
  if (words[`Pilot_Signal_${signal.code}`] !== undefined) {
    return wordSignal(signal, words, language, wordingOptions(reader));
  }
  const say = sayTo(reader);
  const state = stateWord(signal.state, say);
  const headline = say('Pilot_Headline_since', { state, since: signal.since });
  const evidence = say('Pilot_Signals_Unheard', { code: signal.code });
  return { headline, evidence, nextStep: '', line: `${headline}: ${evidence}` };
}

const STATES = ['On track', 'Watch', 'At risk', 'Stalled', 'Unknown'];

/** "At risk" in the reader's language; a state that is none of ours is Unknown. */
export function stateWord(state: string, say: Say): string {
  return say(`Pilot_Health_${STATES.includes(state) ? state.replaceAll(' ', '_') : 'Unknown'}`);
}
