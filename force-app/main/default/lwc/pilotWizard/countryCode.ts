// The account's country is free text in many orgs; holiday calendars go by ISO 3166 codes.

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const LANGUAGES = ['en', 'es'];
// Two thousand names, and the plan asks at every key.
const byLocale = new Map<string, Record<string, string>>();

/** "Germany", "Alemania" and "DE" are all DE; null for what is no country's name. */
export function countryCode(country: string | null, locale: string): string | null {
  const name = fold(country ?? '');
  if (name === '') return null;
  const known = byLocale.get(locale) ?? codes([...LANGUAGES, locale]);
  byLocale.set(locale, known);
  return known[name] ?? null;
}

function codes(locales: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const locale of new Set(locales)) {
    const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
    for (const code of LETTERS.flatMap((one) => LETTERS.map((two) => one + two))) {
      const name = names.of(code);
      if (name === undefined || /^[XZ]|^(?:EU|EZ|QO|UN)$/.test(code)) continue;
      // Withdrawn codes share the name of their successor; of two the first in the alphabet is not always the
      // living one, so the code that stands for itself wins.
      if (Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`) found[fold(name)] ??= code;
      found[code.toLowerCase()] ??= code;
    }
  }
  return found;
}

function fold(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .trim()
    .toLowerCase();
}
