import { ALL_CASES } from './all-cases.ts';
import type { ConformanceCase, Mark } from './conformance-case.ts';

const KINDS: readonly Mark['kind'][] = ['recorded', 'documented', 'emulatorOnly', 'unknown'];

const count = (cases: readonly ConformanceCase[], kind: Mark['kind']): number =>
  cases.filter(({ mark }) => mark.kind === kind).length;

/** Counts by family and mark, and by name what the product relies on without evidence. */
export function describeConformance(): string {
  const lines = Object.entries(ALL_CASES).map(([family, cases]) =>
    [family.padEnd(14), ...KINDS.map((kind) => String(count(cases, kind)).padStart(13))].join(''),
  );
  const all = Object.values(ALL_CASES).flat();
  const unproven = all.filter(({ mark, isReliedOn }) => isReliedOn && mark.kind === 'emulatorOnly');
  return [
    ''.padEnd(14) + KINDS.map((kind) => kind.padStart(13)).join(''),
    ...lines,
    ['all'.padEnd(14), ...KINDS.map((kind) => String(count(all, kind)).padStart(13))].join(''),
    '',
    `Relied on without evidence (${unproven.length}):`,
    ...unproven.map(
      ({ name, mark }) => `  ${name}${mark.kind === 'emulatorOnly' ? ` (${mark.reason})` : ''}`,
    ),
  ].join('\n');
}

if (import.meta.main) console.log(describeConformance());
