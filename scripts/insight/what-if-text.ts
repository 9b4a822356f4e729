import type { Health } from '../domain/evaluation.ts';
import type { Language } from '../salesforce/told.ts';
import { WORDS } from '../sync/words.ts';
import type { ChangedPilot, WhatIf } from './what-if-result.ts';

/** The thresholds that were changed, one line each pilot that would be judged differently, and the states counted. */
export function whatIfText(result: WhatIf): string {
  const changed = result.changed.map((pilot) => pilotText(pilot, 'en'));
  return [changesText(result, 'en'), ...changed, countsText(result, 'en'), ''].join('\n');
}

/** The same for a text field of limited length: the counts first, then as many pilots as there is room for. */
export function whatIfSummary(result: WhatIf, most: number, language: Language): string {
  const head = `${changesText(result, language)} ${countsText(result, language)}`;
  const lines = [head];
  let length = head.length;
  for (const [index, pilot] of result.changed.entries()) {
    const line = pilotText(pilot, language);
    const rest = SENTENCES[language].more(result.changed.length - index);
    if (length + line.length + rest.length + 2 > most) return [...lines, rest].join('\n');
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}

interface Sentences {
  readonly with: (changes: string) => string;
  readonly still: (state: string) => string;
  readonly more: (pilots: number) => string;
  readonly change: (changed: number, pilots: number) => string;
  readonly flags: (added: number, removed: number) => string;
}

const SENTENCES: Readonly<Record<Language, Sentences>> = {
  en: {
    with: (changes) => `With ${changes}:`,
    still: (state) => `still ${state}`,
    more: (pilots) => `and ${pilots} more`,
    change: (changed, pilots) => `${changed} of ${pilots} pilots change.`,
    flags: (added, removed) => `Adds ${added} ${added === 1 ? 'flag' : 'flags'}, removes ${removed}.`,
  },
  es: {
    with: (changes) => `Con ${changes}:`,
    still: (state) => `sigue ${state}`,
    more: (pilots) => `y ${pilots} más`,
    change: (changed, pilots) => `${changed === 1 ? 'Cambia' : 'Cambian'} ${changed} de ${pilots} pilotos.`,
    flags: (added, removed) => `Añade ${added} ${added === 1 ? 'señal' : 'señales'}, quita ${removed}.`,
  },
};

function changesText({ changes }: WhatIf, language: Language): string {
  const told = Object.entries(changes).flatMap(([record, fields]) =>
    Object.entries(fields ?? {}).map(([field, value]) => `${record} ${field} = ${value}`),
  );
  return SENTENCES[language].with(told.join(', '));
}

function pilotText(pilot: ChangedPilot, language: Language): string {
  const { opportunity, name, added, removed } = pilot;
  const [before, after] = [stateText(pilot.before, language), stateText(pilot.after, language)];
  const codes = [...added.map((code) => `+${code}`), ...removed.map((code) => `-${code}`)].join(' ');
  const states = before === after ? SENTENCES[language].still(after) : `${before} → ${after}`;
  return `${opportunity}, ${name}: ${states}  ${codes}`.trimEnd();
}

function countsText({ pilots, before, after, changed }: WhatIf, language: Language): string {
  const states = Object.entries(before).map(([state, count]) => {
    const health = state as Health;
    return `${stateText(health, language)} ${count} → ${after[health]}`;
  });
  const added = changed.reduce((sum, pilot) => sum + pilot.added.length, 0);
  const removed = changed.reduce((sum, pilot) => sum + pilot.removed.length, 0);
  const { change, flags } = SENTENCES[language];
  return `${change(changed.length, pilots)} ${flags(added, removed)} ${states.join(', ')}.`;
}

function stateText(health: Health, language: Language): string {
  return WORDS[language][`Pilot_Health_${health.replace(' ', '_')}`]!;
}
