// What a run's record says of its end, in the org's language.
import { cutText } from './cut-text.ts';
import type { Language } from './told.ts';

/** The run could not hold its lease, or another run closed it. */
export const RUN_WORDS: Readonly<
  Record<Language, { readonly neverBegan: string; readonly tookOver: string }>
> = {
  en: {
    neverBegan: 'The run lost the org before it held the lease.',
    tookOver: 'The run stopped without an end, its lease ran out, and another run took over.',
  },
  es: {
    neverBegan: 'La sincronización perdió la organización antes de tener el turno.',
    tookOver: 'La sincronización se detuvo sin terminar, su turno caducó y otra tomó el relevo.',
  },
};

/** Problems in at most the 255 characters of Message__c. They speak English: a Spanish reader gets codes and where the rest is said. */
export function problemsText(
  problems: readonly { readonly code: string; readonly message: string }[],
  language: Language,
): string {
  if (problems.length === 0) return '';
  if (language === 'en')
    return cutText(problems.map(({ code, message }) => `${code}: ${message}`).join('\n'), 255);
  const rest = ' (el detalle, en inglés, está en la salida de la sincronización)';
  return cutText([...new Set(problems.map(({ code }) => code))].join(', '), 255 - rest.length) + rest;
}
