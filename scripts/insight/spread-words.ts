// A pilot's spread and stage in sentences, for `pilot explain`: the page's own words.
import {
  nextMoveLine,
  reasonLines,
  spreadLines,
  stageLine,
  type Network,
  type SpreadLine,
} from '../../force-app/main/default/lwc/pilotSpread/pilotSpread.ts';
import { wordTemplate } from '../../force-app/main/default/lwc/pilotWording/pilotWording.ts';
import type { Day } from '../domain/facts.ts';
import { WORDS } from '../sync/words.ts';

export interface SpreadWords {
  readonly stage: string;
  readonly because: readonly string[];
  /** What to do next, or why not to yet; null where the stage cannot be told. */
  readonly next: string | null;
  readonly spread: readonly string[];
}

export function spreadInWords(network: Network, language: keyof typeof WORDS, today: Day): SpreadWords {
  const say = ({ name, values }: SpreadLine): string =>
    wordTemplate(name, values, WORDS[language], language, { today });
  const next = nextMoveLine(network.stage);
  return {
    stage: say(stageLine(network.stage)),
    because: reasonLines(network.stage).map(say),
    next: next && say(next),
    spread: spreadLines(network).map(say),
  };
}
