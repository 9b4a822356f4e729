// Who may write a field: the first words of its description say it, and everything else is derived from them.

export type Writer = 'rep' | 'manager' | 'admin' | 'sync' | 'mixed' | 'flow' | 'formula' | 'rollup';

// The longest phrase of two that begin alike stands first.
const PHRASES: readonly (readonly [phrase: RegExp, writer: Writer])[] = [
  [/^Written by the sync or entered by /, 'mixed'],
  [/^Written by the sync\b/, 'sync'],
  [/^Written by the flow\b/, 'flow'],
  [/^Entered by an admin\b/, 'admin'],
  [/^Entered by a manager\b/, 'manager'],
  [/^Entered by /, 'rep'],
  [/^Formula\b/, 'formula'],
  [/^Roll-up\b/, 'rollup'],
];

/** Reads the writer off a field's description; null when it names none. */
export function writerOf(description: string | null): Writer | null {
  return PHRASES.find(([phrase]) => phrase.test(description ?? ''))?.[1] ?? null;
}
