// What a bench measured beside what was asked for, as tables for people.
import { loadavg } from 'node:os';

/** A figure that must not be above its limit; null when it could not be measured, which is a miss too. */
export interface Target {
  readonly what: string;
  readonly value: number | null;
  readonly limit: number;
  readonly unit: string;
  /** Why it could not be measured, and what to do. */
  readonly why?: string;
}

/** Prints a table: texts to the left, numbers to the right, and the machine's load below. */
export function printTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const isNumber = header.map((_, column) => rows.every((row) => !Number.isNaN(Number(row[column]))));
  for (const line of lines) {
    const cells = line.map((cell, column) =>
      isNumber[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
    );
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
  process.stdout.write(`load ${loadavg()[0]!.toFixed(1)}\n\n`);
}

/** Prints every target with its value, and sets exit code 1 when one was missed. */
export function printTargets(targets: readonly Target[]): void {
  const shown = (value: number | null, unit: string) =>
    value === null ? 'not measured' : `${Number.isInteger(value) ? value : value.toPrecision(3)}${unit}`;
  printTable(
    ['target', 'measured', 'at most', ''],
    targets.map((target) => [
      target.what,
      shown(target.value, target.unit),
      shown(target.limit, target.unit),
      isMissed(target) ? 'MISSED' : 'kept',
    ]),
  );
  const missed = targets.filter(isMissed);
  for (const { what, why } of missed) process.stdout.write(`missed: ${what}${why ? `: ${why}` : ''}\n`);
  if (missed.length > 0) process.exitCode = 1;
}

function isMissed({ value, limit }: Target): boolean {
  return value === null || value > limit;
}
