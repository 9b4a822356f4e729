import { ConfigError } from '../salesforce/pilot-error.ts';

/** The instant that `--now` means; a plain day means its noon UTC. Without the option, the machine's clock. */
export function parseNow(text: string | undefined, clock: () => Date = () => new Date()): Date {
  if (text === undefined) return clock();
  const instant = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T12:00:00Z` : text);
  // Date accepts "2026-02-31" as 3 March and reads a time without zone in the machine's own zone.
  const isWhole = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  if (isWhole && !Number.isNaN(instant.getTime()) && isRealDay(text.slice(0, 10))) return instant;
  throw new ConfigError('BAD_OPTION', `--now ${text} is not a day or an instant.`, {
    actions: ['Write a day: --now 2026-11-22', 'Or an instant with its zone: --now 2026-11-22T06:00:00Z'],
  });
}

function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
