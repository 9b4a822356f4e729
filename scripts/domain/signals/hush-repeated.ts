// One fact, one sentence: a signal that only repeats what a stronger one says is not told again.
import type { Signal } from '../evaluation.ts';
import type { SignalCode } from '../policy-fields.ts';

/** The signals that are told, and for each hushed one the code that already says it. */
export function hushRepeated(signals: readonly Signal[]): {
  readonly kept: readonly Signal[];
  readonly hushed: ReadonlyMap<SignalCode, SignalCode>;
} {
  const hushed = new Map<SignalCode, SignalCode>();
  for (const signal of signals) {
    const by = signals.find((other) => other !== signal && repeats(signal, other));
    if (by) hushed.set(signal.code, by.code);
  }
  return { kept: signals.filter((signal) => !hushed.has(signal.code)), hushed };
}

function repeats(signal: Signal, stronger: Signal): boolean {
  if (signal.group !== 'usage') return false;
  // Nobody uses it at all: that fewer do, or that one person does not, is the same news.
  if (stronger.code === 'NO_USAGE') return stronger.state !== 'Watch';
  // Five silent business days are the first half of the silence, told with what is usual.
  if (stronger.code === 'USAGE_DROP' && stronger.variant?.startsWith('silent'))
    return signal.code === 'NO_USAGE' && signal.state === 'Watch';
  // The most active user is one of those whose absence is told; a champion's is worth a line of its own.
  if (stronger.code === 'USAGE_DROP' && stronger.variant === 'gone')
    return signal.code === 'KEY_USER_AWAY' && signal.variant === 'top_user';
  // Nobody ever used it: the first half of the silence is already told.
  return stronger.code === 'NO_FIRST_VALUE' && signal.code === 'NO_USAGE' && signal.state === 'Watch';
}
